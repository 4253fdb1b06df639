"""The list of what a backup holds: it stands in the backup as its last part."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from wardroom.kernel.errors import Refused
from wardroom.kernel.outside import read_json

FORMAT = 1
MANIFEST = "manifest.json"
_MEMBER = re.compile(
    r"database\.sqlite3\.gz|database\.dump|secret-key|ledger-key|demonstration"
    r"|files/[0-9a-f]{2}/[0-9a-f]{64}|word/[\w][\w .-]{0,80}\.docx"
)


def is_member(name: str) -> bool:
    """Whether a part of this name may stand in a backup; none leads out of its folder."""
    return bool(_MEMBER.fullmatch(name))


@dataclass(frozen=True)
class Member:
    """One part of a backup: how many bytes, and their SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup holds and how it was when it was taken.

    ``migrations`` are those that the database had. ``tables`` counts the rows of each table,
    ``lines`` and ``head`` are the length and the end of the chain of the ledger. ``missing``
    names stored files that could not be read, or were not what was kept. ``key`` is the print
    of the secret key that locked the second factors, and tells nothing of it.
    """

    version: str
    taken_at: datetime
    kind: str
    server: str
    migrations: tuple[str, ...]
    tables: Mapping[str, int]
    lines: int
    head: str
    missing: tuple[str, ...]
    members: Mapping[str, Member]
    key: str = ""

    @property
    def files(self) -> int:
        """How many stored files are in it."""
        return sum(name.startswith("files/") for name in self.members)

    @property
    def database(self) -> str:
        """The part that holds the database."""
        return "database.dump" if self.kind == "postgresql" else "database.sqlite3.gz"

    def newer_than(self, known: frozenset[str]) -> tuple[str, ...]:
        """The migrations that this program does not know: a newer one made the backup."""
        return tuple(name for name in self.migrations if name not in known)

    def to_json(self) -> bytes:
        """As it stands in the file."""
        plain = {"format": FORMAT, **asdict(self), "taken_at": self.taken_at.isoformat()}
        return json.dumps(plain, indent=1, sort_keys=True).encode()

    @staticmethod
    def from_json(content: bytes) -> Manifest:
        """What stands in a file. Refuses: `bad_backup` where it is none, or of another form."""
        try:
            plain = read_json(content)
            if plain["format"] != FORMAT:
                raise Refused(
                    "newer_backup",
                    f"The backup has form {plain['format']}; this Wardroom reads form {FORMAT}. "
                    "Restore it with the version that made it, or a newer one.",
                )
            return Manifest(
                version=str(plain["version"]),
                taken_at=datetime.fromisoformat(plain["taken_at"]),
                kind=str(plain["kind"]),
                server=str(plain["server"]),
                migrations=tuple(map(str, plain["migrations"])),
                tables={str(name): int(rows) for name, rows in plain["tables"].items()},
                lines=int(plain["lines"]),
                head=str(plain["head"]),
                missing=tuple(map(str, plain["missing"])),
                members={
                    str(name): Member(int(m["size"]), str(m["sha256"]))
                    for name, m in plain["members"].items()
                },
                key=str(plain.get("key", "")),
            )
        except (KeyError, TypeError, ValueError, AttributeError):
            raise Refused("bad_backup", "The list of what is in the backup is damaged.") from None
