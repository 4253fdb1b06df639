"""Building the office: units, positions that exist, and positions that are proposed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.directory.actions import OFFICE, close_seat, open_post
from wardroom.directory.models import Seat
from wardroom.directory.rules import LIAISON_SEAT
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.rules import check_reason, check_text
from wardroom.office import facts, policy
from wardroom.office.models import Position, Term, Unit
from wardroom.office.rules import structure as rules


@dataclass(frozen=True)
class PositionDraft:
    """What a position is, as it was filled in."""

    title: str
    fte: Decimal
    unit: Unit | None = None
    ward_code: str = ""
    grade: str = ""


@action(policy.may_build_office)
def add_unit(_: None, *, name: str, parent: Unit | None = None, stamp: Stamp) -> Unit:
    """Give the office one more unit, under another or at the top.

    Refuses: no name; a name that another unit has; too many levels. Records: `UnitAdded`.
    """
    name = _name(name)
    _check_free(name)
    rules.check_under(0, parent.pk if parent else None, _parents())
    unit: Unit = Unit.objects.create(name=name, parent=parent, since_on=localdate(stamp.at))
    fact = facts.UnitAdded(unit_id=unit.pk, unit=name, under=parent.name if parent else "")
    record(fact, stamp=stamp)
    return unit


@action(policy.may_build_office)
def change_unit(unit: Unit, *, name: str, parent: Unit | None = None, stamp: Stamp) -> Unit:
    """Call a unit otherwise, or put it under another one.

    Refuses: no name; a name that another unit has; a unit under its own part; one that was
    closed; nothing changed. Records: `UnitChanged`.
    """
    name, former = _name(name), unit.name
    if unit.until_on is not None:
        raise Refused("already_closed", "This unit is no more.")
    above = parent.pk if parent else None
    if name == former and above == unit.parent_id:
        raise Refused("already_so", "It is called so, and stands there, already.", field="name")
    if name.lower() != former.lower():
        _check_free(name)
    rules.check_under(unit.pk, above, _parents())
    unit.name, unit.parent = name, parent
    unit.save(update_fields=["name", "parent"])
    fact = facts.UnitChanged(
        unit_id=unit.pk, unit=name, former_name=former, under=parent.name if parent else ""
    )
    record(fact, stamp=stamp)
    return unit


@action(policy.may_build_office)
def close_unit(unit: Unit, *, stamp: Stamp) -> Unit:
    """Close a unit that the office does not have any more; its past stays.

    Refuses: one that was closed; one with positions, people or units in it.
    Records: `UnitClosed`.
    """
    today = localdate(stamp.at)
    if unit.until_on is not None:
        raise Refused("already_closed", "This unit is no more.")
    inside = Position.objects.filter(unit=unit, status__in=[rules.EXISTING, rules.PROPOSED])
    people = Term.objects.filter(unit=unit, over_at=None)
    if inside.exists() or people.exists() or unit.parts.filter(until_on=None).exists():
        raise Refused("still_used", "Move its positions, people and units to another one first.")
    unit.until_on = today
    unit.save(update_fields=["until_on"])
    record(facts.UnitClosed(unit_id=unit.pk, unit=unit.name, until_on=today), stamp=stamp)
    return unit


@action(policy.may_build_office)
def add_position(
    _: None, *, draft: PositionDraft, since_on: date, seat: Seat | None = None, stamp: Stamp
) -> Position:
    """Write down a position that exists: it becomes a seat of the office, which people hold.

    Refuses: no title; a part of a job that is none; a seat that is a position already.
    Records: `SeatAdded` where the seat is new, and `PositionAdded`.
    """
    rules.check_fte(draft.fte)
    seat = seat or _liaisons(draft)
    if seat is None:
        seat = open_post(
            None, title=draft.title, ward_code=draft.ward_code, since_on=since_on, stamp=stamp
        )
    if Position.objects.filter(seat=seat).exists():
        raise Refused("already_there", "This seat is a position already.", field="title")
    return _made(draft, rules.EXISTING, seat, since_on, "", stamp)


@action(policy.may_build_office)
def propose_position(_: None, *, draft: PositionDraft, reason: str, stamp: Stamp) -> Position:
    """Propose a position that does not exist yet: nobody can hold it, and it counts for none.

    Refuses: no title; a part of a job that is none; no reason. Records: `PositionAdded`.
    """
    rules.check_fte(draft.fte)
    _title(draft.title)
    why = check_reason(reason)
    return _made(draft, rules.PROPOSED, None, localdate(stamp.at), why, stamp)


@action(policy.may_build_office)
def establish_position(position: Position, *, since_on: date, stamp: Stamp) -> Position:
    """Say that a proposed position exists from a day on; it becomes a seat, which is vacant.

    Refuses: a position that is not a proposal. Records: `SeatAdded`, `PositionEstablished`.
    """
    if position.status != rules.PROPOSED:
        raise Refused("not_proposed", "This position is not a proposal.")
    seat = open_post(
        None, title=position.title, ward_code=position.ward_code, since_on=since_on, stamp=stamp
    )
    position.seat, position.status, position.since_on = seat, rules.EXISTING, since_on
    position.save(update_fields=["seat", "status", "since_on"])
    record(facts.PositionEstablished(**_about(position), since_on=since_on), stamp=stamp)
    return position


@action(policy.may_build_office)
def change_position(
    position: Position,
    *,
    unit: Unit | None,
    grade: str,
    fte: Decimal,
    reason: str,
    stamp: Stamp,
) -> Position:
    """Change the unit, the grade or the hours of a position, and say why.

    Refuses: a position that is no more; a part of a job that is none; no reason; nothing
    changed. Records: `PositionChanged`.
    """
    _check_live(position)
    rules.check_fte(fte)
    why = check_reason(reason)
    before = _parts(position)
    position.unit, position.grade, position.fte = unit, _grade(grade), fte
    if _parts(position) == before:
        raise Refused("already_so", "Nothing is different.", field="grade")
    position.save(update_fields=["unit", "grade", "fte"])
    fact = facts.PositionChanged(
        **_about(position),
        unit=unit.name if unit else "",
        grade=position.grade,
        fte=_fte(position),
        before=before,
        reason=why,
    )
    record(fact, stamp=stamp)
    return position


@action(policy.may_build_office)
def end_position(position: Position, *, reason: str, stamp: Stamp) -> Position:
    """Close a position that is vacant, or drop one that was proposed; its past stays.

    Refuses: a position that is no more, or that somebody holds; no reason.
    Records: `SeatClosed` for a position that existed, and `PositionEnded`.
    """
    _check_live(position)
    why, today = check_reason(reason), localdate(stamp.at)
    proposed = position.status == rules.PROPOSED
    if position.seat is not None and position.seat.until_on is None:
        close_seat(position.seat, reason=why, stamp=stamp)
    position.status = rules.DROPPED if proposed else rules.CLOSED
    position.until_on = today
    position.save(update_fields=["status", "until_on"])
    fact = facts.PositionEnded(**_about(position), proposed=proposed, until_on=today, reason=why)
    record(fact, stamp=stamp)
    return position


def _made(
    draft: PositionDraft, status: str, seat: Seat | None, since_on: date, why: str, stamp: Stamp
) -> Position:
    position: Position = Position.objects.create(
        seat=seat,
        unit=draft.unit,
        title=seat.title if seat else _title(draft.title),
        ward_code=seat.ward_code if seat else draft.ward_code,
        grade=_grade(draft.grade),
        fte=draft.fte,
        status=status,
        reason=why,
        since_on=since_on,
    )
    fact = facts.PositionAdded(
        **_about(position),
        status=status,
        unit=draft.unit.name if draft.unit else "",
        grade=position.grade,
        fte=_fte(position),
        reason=why,
    )
    record(fact, stamp=stamp)
    return position


def _liaisons(draft: PositionDraft) -> Seat | None:
    """The seat of a ward's liaison, which is there as soon as somebody was hired for the ward."""
    if draft.title.strip() != LIAISON_SEAT:
        return None
    seats = Seat.objects.filter(organisation__name=OFFICE, title=LIAISON_SEAT)
    found: Seat | None = seats.filter(ward_code=draft.ward_code, until_on=None).first()
    return found


def _check_live(position: Position) -> None:
    if position.status not in (rules.EXISTING, rules.PROPOSED):
        raise Refused("position_over", "This position is no more.")


def _check_free(name: str) -> None:
    if Unit.objects.filter(name__iexact=name, until_on=None).exists():
        raise Refused("name_taken", f"There is a unit {name} already.", field="name")


def _parents() -> dict[int, int | None]:
    return dict(Unit.objects.filter(Q(until_on=None)).values_list("pk", "parent"))


def _name(name: str) -> str:
    sentence = "Say what the unit is called."
    return check_text(name, code="name_missing", sentence=sentence, field="name", most=80)


def _title(title: str) -> str:
    sentence = "Say what the position is called."
    return check_text(title, code="title_missing", sentence=sentence, field="title", most=120)


def _grade(words: str) -> str:
    return " ".join(words.split())[:20]


def _fte(position: Position) -> str:
    return f"{position.fte.normalize():f}"


def _parts(position: Position) -> str:
    unit = position.unit.name if position.unit else "no unit"
    return f"{unit}, {position.grade or 'no grade'}, {_fte(position)} FTE"


def _about(position: Position) -> dict[str, Any]:
    return {"position_id": position.pk, "title": position.title, "ward": position.ward_code}
