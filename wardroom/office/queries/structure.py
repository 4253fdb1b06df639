"""How the office is built: its units with the positions in them, and who holds each of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from wardroom.access.actor import Actor
from wardroom.directory.models import Seat, Tenure
from wardroom.directory.queries import colleagues
from wardroom.directory.queries.seats import filled_on, holding
from wardroom.directory.rules import OFFICE
from wardroom.kernel.errors import NotFound
from wardroom.kernel.facts import Ref
from wardroom.ledger.queries import TimelinePage, timeline
from wardroom.office import policy
from wardroom.office.models import Position, Term, Unit
from wardroom.office.rules import structure as rules
from wardroom.office.rules import terms as term_rules

SHOWN = (rules.EXISTING, rules.PROPOSED)
MOST_POSITIONS = 500


@dataclass(frozen=True)
class HeldBy:
    """Who holds a position, on which terms, and until when where that is known."""

    party_id: int | None
    name: str
    sort: str
    sort_words: str
    since_on: date
    until_on: date | None


@dataclass(frozen=True)
class PositionRow:
    """A position in the picture of the office and in lists."""

    id: int
    title: str
    ward_code: str
    unit_id: int | None
    unit: str
    grade: str
    fte: Decimal
    status: str
    holders: tuple[HeldBy, ...]

    @property
    def vacant(self) -> bool:
        """Whether it exists and nobody holds it."""
        return self.status == rules.EXISTING and not self.holders

    @property
    def filled(self) -> bool:
        """Whether an employee holds it; a detailee or a volunteer fills no job."""
        existing = self.status == rules.EXISTING
        return existing and any(held.sort in rules.FILLS for held in self.holders)


@dataclass(frozen=True)
class UnitNode:
    """A unit with its positions, who else works in it for a time, and the units under it."""

    id: int
    name: str
    positions: tuple[PositionRow, ...]
    others: tuple[str, ...]
    parts: tuple[UnitNode, ...]


@dataclass(frozen=True)
class SeatWithout:
    """A seat of the office that is no position yet."""

    seat_id: int
    title: str
    ward_code: str


@dataclass(frozen=True)
class Structure:
    """The office as it is built on a day."""

    units: tuple[UnitNode, ...]
    loose: tuple[PositionRow, ...]
    without: tuple[SeatWithout, ...]
    nowhere: tuple[str, ...]
    existing_fte: Decimal
    filled_fte: Decimal
    lent_fte: Decimal
    vacant_fte: Decimal
    vacant: int
    proposed_fte: Decimal
    allowed: frozenset[str]


@dataclass(frozen=True)
class PositionFile:
    """One position, everybody who ever held it, and what happened to it."""

    row: PositionRow
    seat_id: int | None
    reason: str
    since_on: date
    until_on: date | None
    past: tuple[HeldBy, ...]
    noted: str
    timeline: TimelinePage
    allowed: frozenset[str]


def structure(actor: Actor, *, on: date) -> Structure:
    """The office as it is built on a day; nothing for whoever is not of the office."""
    rows = position_rows(actor, on=on)
    units = _units(actor)
    inside = _by_unit(rows)
    others = _others(actor, on)
    tree = _nodes(None, units, inside, others)
    existing = [row for row in rows if row.status == rules.EXISTING]
    builds = builds_office(actor)
    return Structure(
        units=tree,
        loose=tuple(inside.get(None, ())),
        without=_without(actor),
        nowhere=_nowhere(actor, on),
        existing_fte=_fte(existing),
        filled_fte=_fte(row for row in existing if row.filled),
        lent_fte=_fte(row for row in existing if row.holders and not row.filled),
        vacant_fte=_fte(row for row in existing if row.vacant),
        vacant=sum(row.vacant for row in existing),
        proposed_fte=_fte(row for row in rows if row.status == rules.PROPOSED),
        allowed=frozenset({"add_unit", "add_position", "propose_position"} if builds else ()),
    )


def builds_office(actor: Actor) -> bool:
    """Whether somebody makes units and positions."""
    return policy.may_build_office(actor, None)


def position_rows(actor: Actor, *, on: date) -> tuple[PositionRow, ...]:
    """The positions that exist or are proposed, with who holds them on a day."""
    if not policy.may_see_structure(actor):
        return ()
    rows = Position.objects.filter(status__in=SHOWN).select_related("unit")
    found = list(rows.order_by("title", "ward_code", "pk")[:MOST_POSITIONS])
    seats = [row.seat_id for row in found if row.seat_id is not None]
    held = _held(seats, on)
    return tuple(_row(row, held.get(row.seat_id or 0, ())) for row in found)


def position_file(position_id: int, actor: Actor, *, on: date) -> PositionFile:
    """One position; `NotFound` for whoever is not of the office."""
    position = get_position(position_id, actor)
    seats = [position.seat_id] if position.seat_id is not None else []
    rows = Tenure.objects.filter(seat__in=seats).select_related("party")
    past = list(rows.order_by("-since_on", "-pk"))
    held = _by_seat([tenure for tenure in reversed(past) if tenure.holds(on)], on)
    moves: set[str] = set()
    if policy.may_build_office(actor, position) and position.status in SHOWN:
        moves = {"change_position", "end_position"}
        moves |= {"fill_seat"} if position.seat_id else {"establish_position"}
        moves |= {"vacate_seat"} if held else set()
    newest = max(past, key=lambda tenure: tenure.pk, default=None)
    noted = newest if newest is not None and "fill_seat" in moves else None
    noted = noted if noted is not None and filled_on(noted, on) is not None else None
    moves |= {"take_back_holder"} if noted is not None else set()
    return PositionFile(
        row=_row(position, held.get(position.seat_id or 0, ())),
        seat_id=position.seat_id,
        reason=position.reason,
        since_on=position.since_on,
        until_on=position.until_on,
        past=tuple(_holder(tenure, {}) for tenure in past),
        noted=noted.holder_name if noted is not None else "",
        timeline=timeline(
            actor,
            refs=[Ref("position", str(position.pk)), *(Ref("seat", str(pk)) for pk in seats)],
        ),
        allowed=frozenset(moves),
    )


def get_position(position_id: int, actor: Actor) -> Position:
    """One position, to act on it; `NotFound` for whoever is not of the office."""
    rows = Position.objects.select_related("unit", "seat__organisation")
    found: Position | None = rows.filter(pk=position_id).first()
    if found is None or not policy.may_see_structure(actor):
        raise NotFound(f"no position {position_id}")
    return found


def get_unit(unit_id: int, actor: Actor) -> Unit:
    """One unit that is still there, to act on it; `NotFound` for whoever is not of the office."""
    found: Unit | None = Unit.objects.filter(pk=unit_id, until_on=None).first()
    if found is None or not policy.may_see_structure(actor):
        raise NotFound(f"no unit {unit_id}")
    return found


def get_seat_without(seat_id: int, actor: Actor) -> Seat:
    """A seat of the office that is no position yet, to make it one."""
    found = _seats_without().filter(pk=seat_id).first()
    if found is None or not policy.may_see_structure(actor):
        raise NotFound(f"no seat {seat_id} without a position")
    return found


def unit_choices(actor: Actor, *, on: date) -> tuple[tuple[int, str], ...]:
    """The units to choose from, each with those that it stands under."""
    units = _units(actor)
    return tuple((pk, _path(pk, units)) for pk in sorted(units, key=lambda pk: _path(pk, units)))


def _units(actor: Actor) -> dict[int, Unit]:
    if not policy.may_see_structure(actor):
        return {}
    return {unit.pk: unit for unit in Unit.objects.filter(until_on=None).order_by("name", "pk")}


def _path(pk: int, units: Mapping[int, Unit]) -> str:
    names: list[str] = []
    at: int | None = pk
    while at is not None and at in units and len(names) <= rules.DEEPEST:
        names.append(units[at].name)
        at = units[at].parent_id
    return " › ".join(reversed(names))


def _by_unit(rows: Iterable[PositionRow]) -> dict[int | None, list[PositionRow]]:
    found: dict[int | None, list[PositionRow]] = {}
    for row in rows:
        found.setdefault(row.unit_id, []).append(row)
    return found


def _nodes(
    above: int | None,
    units: Mapping[int, Unit],
    inside: Mapping[int | None, list[PositionRow]],
    others: Mapping[int, list[str]],
) -> tuple[UnitNode, ...]:
    return tuple(
        UnitNode(
            id=pk,
            name=unit.name,
            positions=tuple(inside.get(pk, ())),
            others=tuple(others.get(pk, ())),
            parts=_nodes(pk, units, inside, others),
        )
        for pk, unit in units.items()
        if unit.parent_id == above
    )


def _others(actor: Actor, on: date) -> dict[int, list[str]]:
    """Who is in a unit on other terms and holds no position of it."""
    found: dict[int, list[str]] = {}
    if not policy.may_see_structure(actor):
        return found
    rows = Term.objects.filter(over_at=None, unit__isnull=False)
    rows = rows.filter(since_on__lte=on, until_on__gte=on).select_related("party")
    held = Tenure.objects.filter(holding(on), seat__position__isnull=False, party__isnull=False)
    for term in rows.exclude(party__in=held.values("party")).order_by("party__name", "pk"):
        words = f"{term.party.name}, {term_rules.KINDS[term.kind].lower()}"
        found.setdefault(term.unit_id or 0, []).append(words)
    return found


def _seats_without() -> QuerySet[Seat]:
    rows = Seat.objects.filter(organisation__name=OFFICE, until_on=None, position=None)
    return rows.order_by("title", "ward_code", "pk")


def _without(actor: Actor) -> tuple[SeatWithout, ...]:
    if not policy.may_build_office(actor, None):
        return ()
    rows = _seats_without()[:MOST_POSITIONS]
    return tuple(SeatWithout(seat.pk, seat.title, seat.ward_code) for seat in rows)


def _nowhere(actor: Actor, on: date) -> tuple[str, ...]:
    """Who works here, and neither holds a position nor is here on other terms."""
    if not policy.may_build_office(actor, None):
        return ()
    held = Tenure.objects.filter(holding(on), seat__position__isnull=False, party__isnull=False)
    terms = Term.objects.filter(over_at=None, since_on__lte=on, until_on__gte=on)
    placed = {*held.values_list("party", flat=True), *terms.values_list("party", flat=True)}
    return tuple(one.label for one in colleagues(actor, on=on) if one.party_id not in placed)


def _held(seats: Iterable[int], on: date) -> dict[int, list[HeldBy]]:
    rows = Tenure.objects.filter(holding(on), seat__in=list(seats)).select_related("party")
    return _by_seat(list(rows.order_by("since_on", "pk")), on)


def _by_seat(found: Sequence[Tenure], on: date) -> dict[int, list[HeldBy]]:
    """Who holds each seat, each with the terms on which they are here."""
    people = [tenure.party_id for tenure in found if tenure.party_id is not None]
    terms = Term.objects.filter(Q(over_at=None), party__in=people, until_on__gte=on)
    by_party = {term.party_id: term for term in terms}
    held: dict[int, list[HeldBy]] = {}
    for tenure in found:
        held.setdefault(tenure.seat_id, []).append(_holder(tenure, by_party))
    return held


def _holder(tenure: Tenure, terms: Mapping[int, Term]) -> HeldBy:
    term = terms.get(tenure.party_id or 0)
    sort = term.kind if term is not None else rules.APPOINTED
    return HeldBy(
        party_id=tenure.party_id,
        name=tenure.holder_name,
        sort=sort,
        sort_words=rules.SORTS[sort],
        since_on=tenure.since_on,
        until_on=term.until_on if term is not None else tenure.until_on,
    )


def _row(position: Position, holders: Iterable[HeldBy]) -> PositionRow:
    return PositionRow(
        id=position.pk,
        title=position.title,
        ward_code=position.ward_code,
        unit_id=position.unit_id,
        unit=position.unit.name if position.unit else "",
        grade=position.grade,
        fte=position.fte,
        status=position.status,
        holders=tuple(holders),
    )


def _fte(rows: Iterable[PositionRow]) -> Decimal:
    return sum((row.fte for row in rows), Decimal(0))
