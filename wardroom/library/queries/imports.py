"""Files of services that were read: what one would do, and what was done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from wardroom.access.actor import Actor
from wardroom.kernel.errors import NotAllowed, NotFound
from wardroom.library import policy
from wardroom.library.models import ServiceImport
from wardroom.library.queries.hsds import every_row, every_service, known_rows
from wardroom.library.rules.hsds.comparing import (
    REFUSED,
    STATES,
    Compared,
    compare,
    digest_of,
    writes,
)
from wardroom.library.rules.hsds.nesting import Nest
from wardroom.library.rules.hsds.reading import LeftOut
from wardroom.library.rules.hsds.tables import TABLES
from wardroom.library.rules.hsds.writing import pieces_of_package

LAST = 20
SHOWN = 300


@dataclass(frozen=True)
class ImportRow:
    """One file that was read, and how it ended."""

    id: int
    source: str
    added: int
    changed: int
    read_at: datetime
    read_by: str
    written_at: datetime | None
    undone_at: datetime | None


@dataclass(frozen=True)
class ServicePreview:
    """A file with what it would do, or with what it did.

    ``digest`` stands for exactly what would be written. ``rows`` holds what is shown of it.
    """

    row: ImportRow
    rows: tuple[Compared, ...]
    left_out: tuple[LeftOut, ...]
    not_kept: tuple[str, ...]
    counts: dict[str, int]
    to_write: int
    digest: str
    kept: tuple[str, ...]
    allowed: frozenset[str]


def service_imports(actor: Actor) -> tuple[ImportRow, ...]:
    """The last files that were read, newest first."""
    if not policy.may_see_services(actor):
        raise NotAllowed
    return tuple(_row(made) for made in ServiceImport.objects.order_by("-pk")[:LAST])


def get_service_import(import_id: int, actor: Actor) -> ServiceImport:
    """A file to act on; `NotFound` where there is none for this person."""
    made = ServiceImport.objects.filter(pk=import_id).first()
    if made is None or not policy.may_see_services(actor):
        raise NotFound(f"no file of services {import_id}")
    return made


def service_preview(import_id: int, actor: Actor) -> ServicePreview:
    """What a file would do, against what the office has now."""
    made = get_service_import(import_id, actor)
    given = made.content["rows"]
    rows = () if made.written_at else compare(given, known_rows(given))
    left_out = tuple(LeftOut(**row) for row in made.left_out)
    counts = Counter(row.state for row in rows)
    counts[REFUSED] += len(left_out)
    order = list(STATES)
    shown = sorted(rows, key=lambda row: order.index(row.state))
    may = policy.may_write_service_file(actor, made)
    moves = {"write"} if made.written_at is None else {"undo"} if made.undone_at is None else set()
    return ServicePreview(
        row=_row(made),
        rows=tuple(shown[:SHOWN]),
        left_out=left_out,
        not_kept=tuple(made.content["not_kept"]),
        counts={state: counts[state] for state in STATES},
        to_write=sum(1 for row in rows if writes(row)),
        digest=digest_of(rows),
        kept=tuple(f"{row['name'] or row['id']}" for row in made.kept),
        allowed=frozenset(moves if may else ()),
    )


def everything_packed(actor: Actor) -> Iterator[bytes]:
    """Every service as a CSV data package, in pieces that are read as they are taken."""
    if not policy.may_see_services(actor):
        raise NotAllowed
    return pieces_of_package({name: every_row(name) for name in TABLES})


def everything_nested(actor: Actor) -> Iterator[dict[str, object]]:
    """Every service with everything that belongs to it inside, read as they are taken."""
    if not policy.may_see_services(actor):
        raise NotAllowed
    nests = map(Nest.of, every_service())
    return (nest.whole(row) for nest in nests for row in nest.by_id["service"].values())


def _row(made: ServiceImport) -> ImportRow:
    return ImportRow(
        id=made.pk,
        source=made.source,
        added=made.added,
        changed=made.changed,
        read_at=made.read_at,
        read_by=made.read_by,
        written_at=made.written_at,
        undone_at=made.undone_at,
    )
