"""How lines are chained and their head is told, and how often a failed reaction is tried again."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from wardroom.kernel.personal import TAKEN_OUT

NO_LINE_YET = "0" * 64
# Of a line these stand in the chain by their commitments alone: fields by their name, and the
# sentence. No field of a fact can be called so.
COMMITTED, SENTENCE = "#sha256", "#sentence"
SALT_BYTES = 16

MOST_ATTEMPTS = 8
FIRST_WAIT_SECONDS = 30
LONGEST_WAIT_SECONDS = 6 * 60 * 60


@dataclass(frozen=True)
class Typed:
    """Somebody or something that a person named in a text, as typed: @kim, #rats, /alley.

    ``sign`` is the mark before it, ``noun`` what it should be; ``key`` is empty for as long
    as nobody knows which one is meant.
    """

    sign: str
    text: str
    noun: str
    key: str = ""


@dataclass(frozen=True)
class Chained:
    """All of a line that its digest covers. ``body`` is JSON as text, ``about`` noun and key.

    What ``salts`` names is covered by a commitment to it, so that it can be taken out one day;
    a line from before there were any has none. Of a line from which it was taken out,
    ``commitments`` are what was kept.
    """

    uid: UUID
    at: datetime
    actor_id: int | None
    actor_name: str
    window: str
    kind: str
    audience: str
    ward_code: str
    agency_code: str
    matter_key: str
    sentence: str
    body: str
    about: tuple[tuple[str, str], ...]
    salts: Mapping[str, str] | None = None
    commitments: Mapping[str, str] = field(default_factory=dict)


def digest_after(previous: str, line: Chained) -> str:
    """The digest of a line that follows the line with this digest: SHA-256, 64 hex figures."""
    return hashlib.sha256(text_after(previous, line).encode("ascii")).hexdigest()


def text_after(previous: str, line: Chained) -> str:
    """What the digest of a line is taken of: the digest before it, and all of the line.

    The form is the same whichever database kept the line: instants in UTC to the
    microsecond, numbers by their value, fields of the body in order of their name. What can
    be taken out stands in the body by its commitment, under ``#sha256``. It must never
    change, or every chain ever written would seem broken.
    """
    sentence, body = line.sentence, read_body(line.body)
    committed = line.commitments or commitments_to(sentence, body, line.salts or {})
    sentence, body = covered(sentence, body, committed)
    words = [
        previous,
        line.uid.hex,
        line.at.astimezone(UTC).isoformat(timespec="microseconds"),
        line.actor_id,
        line.actor_name,
        line.window,
        line.kind,
        line.audience,
        line.ward_code,
        line.agency_code,
        line.matter_key,
        sentence,
        body,
        sorted(line.about),
    ]
    return canonical(words)


def new_salts(names: Iterable[str]) -> dict[str, str]:
    """A salt of 128 random bits for each of these, none twice."""
    return {name: secrets.token_hex(SALT_BYTES) for name in names}


def commitments_of(line: Chained) -> dict[str, str]:
    """What stands in the chain for each value of a line that has a salt."""
    return commitments_to(line.sentence, read_body(line.body), line.salts or {})


def commitments_to(
    sentence: str, body: Mapping[str, Any], salts: Mapping[str, str]
) -> dict[str, str]:
    """A commitment to each value that has a salt."""
    values = {**body, SENTENCE: sentence} if salts else {}
    return {name: commitment(salt, values.get(name)) for name, salt in salts.items()}


def covered(
    sentence: str, body: Mapping[str, Any], committed: Mapping[str, str]
) -> tuple[str, Mapping[str, Any]]:
    """A sentence and a body as the chain has them, with commitments where these are."""
    if not committed:
        return sentence, body
    plain = {name: value for name, value in body.items() if name not in committed}
    return "" if SENTENCE in committed else sentence, {**plain, COMMITTED: committed}


def commitment(salt: str, value: Any) -> str:
    """Says nothing of a value, and fits no other: SHA-256 of its salt and of itself as JSON."""
    salted = bytes.fromhex(salt) + canonical(value).encode("ascii")
    return hashlib.sha256(salted).hexdigest()


def digest_of_rest(line: Chained) -> str:
    """How a line reads once what was personal in it is gone: SHA-256 of all that is left."""
    rest = replace(line, salts=None, commitments={})
    return hashlib.sha256(text_after("", rest).encode("ascii")).hexdigest()


def kind_in_words(kind: str) -> str:
    """A kind of fact as people read it: NextStepSet is Next step set."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", kind).capitalize()


def sentence_left(kind: str) -> str:
    """The sentence of a line from which words were taken out.

    It is made of the kind alone, so that whoever checks the ledger years later, with facts that
    tell their sentences in other words, can tell that nobody put words of his own there.
    """
    return f"{kind_in_words(kind)}: {TAKEN_OUT}"


canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode


def read_body(body: str) -> Any:
    """The body of a line from its JSON, numbers by their value."""
    return json.loads(body, parse_float=_number)


def kept_body(body: str) -> Any:
    """The body of a line from its JSON, each number as it stands there."""
    return json.loads(body)


def _number(text: str) -> Any:
    """A number by its value: PostgreSQL gives 1e2 back as 100, and 1.50 as 1.50."""
    value = float(text)
    return int(Decimal(text)) if value.is_integer() else value


@dataclass(frozen=True)
class Head:
    """All of the ledger in one root: how many lines it had on a day, whose ledger it is.

    ``origin`` is the name of the ledger and of the key that signs, such as
    ``wardroom.city.example/ledger``.
    """

    origin: str
    size: int
    root: bytes
    day: date

    @property
    def text(self) -> str:
        """What is signed: a checkpoint as transparency logs write it, with the day."""
        root = base64.b64encode(self.root).decode("ascii")
        return f"{self.origin}\n{self.size}\n{root}\nday {self.day.isoformat()}\n"


@dataclass(frozen=True)
class SignedHead:
    """A head as it was handed out, with the name and the number of the key and the signature."""

    head: Head
    key_hash: bytes
    signature: bytes

    @property
    def note(self) -> str:
        """The head as a signed note: the text, an empty line, who signed."""
        signed = base64.b64encode(self.key_hash + self.signature).decode("ascii")
        return f"{self.head.text}\n— {self.head.origin} {signed}\n"


NOTE = re.compile(
    r"(?P<origin>[^\s+]+)\n(?P<size>[1-9]\d*)\n(?P<root>[A-Za-z0-9+/]{43}=)\n"
    r"day (?P<day>\d{4}-\d\d-\d\d)\n\n— (?P=origin) (?P<signed>[A-Za-z0-9+/]{91}=)\n"
)


def heads_in(text: str) -> list[SignedHead]:
    """The signed heads in a text, in their order; what stands between them is passed over."""
    found = []
    for note in NOTE.finditer(text.replace("\r\n", "\n")):
        signed = base64.b64decode(note["signed"])
        head = Head(
            origin=note["origin"],
            size=int(note["size"]),
            root=base64.b64decode(note["root"]),
            day=date.fromisoformat(note["day"]),
        )
        found.append(SignedHead(head, signed[:4], signed[4:]))
    return found


def key_hash(origin: str, public: bytes) -> bytes:
    """The number of a key, by which a signed note names it."""
    return hashlib.sha256(f"{origin}\n".encode() + b"\1" + public).digest()[:4]


def key_line(origin: str, public: bytes) -> str:
    """The public key in one line, as checkers of signed notes take it."""
    coded = base64.b64encode(b"\1" + public).decode("ascii")
    return f"{origin}+{key_hash(origin, public).hex()}+{coded}"


def wait_after(attempts: int) -> int:
    """Seconds to wait after this many failed attempts: 30 s, 2 min, 8 min, ... at most 6 h."""
    if attempts < 1:
        raise ValueError("nothing has failed yet")
    grown: int = FIRST_WAIT_SECONDS * 4 ** (attempts - 1)
    return min(grown, LONGEST_WAIT_SECONDS)
