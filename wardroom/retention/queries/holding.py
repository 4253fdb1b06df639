"""The legal holds: those that stand, and what each of them keeps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from wardroom.access.actor import Actor
from wardroom.kernel.errors import NotFound
from wardroom.kernel.paging import page_at
from wardroom.retention import policy
from wardroom.retention.models import LegalHold
from wardroom.retention.queries.units import SHELVES, Unit
from wardroom.retention.rules.holds import Scope, Traits, covers

PAGE_ROWS, MOST_LOOKED, MOST_SHOWN = 25, 2_000, 20


@dataclass(frozen=True)
class HoldRow:
    """One hold in the list."""

    id: int
    reason: str
    asked_by: str
    since_on: date
    scope: Scope
    placed_by: str
    placed_at: datetime
    lifted_by: str
    lifted_at: datetime | None
    lifted_for: str


@dataclass(frozen=True)
class HoldPage:
    """A page of holds."""

    rows: tuple[HoldRow, ...]
    total: int
    page: int
    pages: int
    may_place: bool


@dataclass(frozen=True)
class HoldFile:
    """One hold, with what of that is over it keeps now."""

    row: HoldRow
    units: tuple[Unit, ...]
    looked_at_all: bool
    allowed: frozenset[str]


def legal_holds(actor: Actor, *, lifted: bool = False, page: int = 1) -> HoldPage:
    """The holds that stand, or those that were lifted, the newest first."""
    if not policy.may_read_retention(actor):
        return HoldPage((), 0, 1, 1, may_place=False)
    rows = LegalHold.objects.filter(lifted_at__isnull=not lifted).order_by("-pk")
    total = rows.count()
    page, pages, on_page = page_at(total, page, PAGE_ROWS)
    shown = tuple(_row(row) for row in rows[on_page])
    return HoldPage(shown, total, page, pages, may_place=policy.may_hold_records(actor, None))


def get_hold(hold_id: int, actor: Actor) -> LegalHold:
    """One hold, to act on it; `NotFound` for whoever does not keep records."""
    row: LegalHold | None = LegalHold.objects.filter(pk=hold_id).first()
    if row is None or not policy.may_read_retention(actor):
        raise NotFound(f"no legal hold {hold_id}")
    return row


def hold_file(hold_id: int, actor: Actor, *, today: date) -> HoldFile:
    """One hold whole: what it says, and the records that are over and that it keeps."""
    row = get_hold(hold_id, actor)
    scope = scope_of(row)
    units: list[Unit] = []
    looked_at_all = True
    for code, shelf in SHELVES.items():
        if scope.class_code not in ("", code, *shelf.within):
            continue
        rows = list(islice(shelf.ended(today).iterator(chunk_size=200), MOST_LOOKED + 1))
        looked_at_all = looked_at_all and len(rows) <= MOST_LOOKED
        kept = {t.unit for t in shelf.traits(rows[:MOST_LOOKED]) if covers(scope, t)}
        units += [unit for unit in map(shelf.unit, rows) if f"{unit.noun}:{unit.key}" in kept]
    may = row.lifted_at is None and policy.may_hold_records(actor, row)
    return HoldFile(
        row=_row(row),
        units=tuple(units),
        looked_at_all=looked_at_all,
        allowed=frozenset({"lift_hold"} if may else ()),
    )


def holding(record: Traits, holds: Iterable[LegalHold]) -> LegalHold | None:
    """The first of these holds that keeps a record."""
    return next((row for row in holds if covers(scope_of(row), record)), None)


def standing_holds() -> tuple[LegalHold, ...]:
    """Every hold that stands now, the oldest first."""
    return tuple(LegalHold.objects.filter(lifted_at=None).order_by("pk"))


def scope_of(row: LegalHold) -> Scope:
    """What a hold covers."""
    return Scope(
        class_code=row.class_code,
        unit=row.unit,
        person=row.person,
        place=row.place,
        words=row.words,
        from_on=row.from_on,
        until_on=row.until_on,
    )


def _row(row: LegalHold) -> HoldRow:
    return HoldRow(
        id=row.pk,
        reason=row.reason,
        asked_by=row.asked_by,
        since_on=row.since_on,
        scope=scope_of(row),
        placed_by=row.placed_by,
        placed_at=row.placed_at,
        lifted_by=row.lifted_by,
        lifted_at=row.lifted_at,
        lifted_for=row.lifted_for,
    )
