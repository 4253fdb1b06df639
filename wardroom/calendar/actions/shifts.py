"""Shifts: put in force as a rota wants them, given to somebody else, taken, and cleared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from wardroom.access.actor import Stamp
from wardroom.access.gate import action, hold
from wardroom.access.models import User
from wardroom.calendar import facts, policy
from wardroom.calendar.models import Shift
from wardroom.calendar.queries.duty import holder_of, turn_of
from wardroom.calendar.queries.events import city_zone
from wardroom.calendar.rules.shifts import (
    Move,
    Turn,
    check_turn,
    duty_words,
    is_soon,
    lines_for,
    moves_between,
    people_in,
    turn_words,
)
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.kernel.text import long_day
from wardroom.ledger.actions import record_together
from wardroom.matters.rules import check_text
from wardroom.notices.queries import next_hours


@dataclass(frozen=True)
class ShiftPlan:
    """What a rota wants: its name, its days, the roles and wards it is for, and who has what.

    ``held`` maps each turn to a user's number, or to None where nobody has it.
    """

    rota: str
    name: str
    from_on: date
    until_on: date
    lanes: frozenset[tuple[str, str]]
    held: Mapping[Turn, int | None] = field(default_factory=dict)


@action(policy.may_plan_shifts)
def place_shifts(_: None, *, plan: ShiftPlan, stamp: Stamp) -> tuple[Move, ...]:
    """Let the shifts of some days stand as a rota wants them, and tell those whom it touches.

    A shift that has begun stays as it is; one that the rota does not name any more is cleared.
    Refuses: a turn that is on no clock; somebody who works here no more.
    Records: `ShiftsPlaced`, and `DutyChanged` for each person whose shifts changed.
    """
    zone = city_zone()
    wanted = {
        check_turn(turn, zone): user
        for turn, user in plan.held.items()
        if turn.begins_at(zone) > stamp.at
    }
    rows = {turn_of(row): row for row in _to_come(plan, stamp.at)}
    moves = moves_between({turn: row.user_id for turn, row in rows.items()}, wanted)
    people = _people(wanted)
    _put(moves, rows, plan.rota, stamp)
    _ask_languages(rows, wanted)
    gaps = sum(user is None for user in wanted.values())
    told = facts.ShiftsPlaced(
        rota=plan.rota,
        rota_name=plan.name,
        from_on=plan.from_on,
        until_on=plan.until_on,
        shifts=len(wanted),
        moved=len(moves),
        gaps=gaps,
    )
    record_together([told, *_news(moves, people, plan.rota, plan.name, stamp)], stamp=stamp)
    return moves


@action(policy.may_plan_shifts)
def assign_shift(shift: Shift, *, user: User | None, why: str, stamp: Stamp) -> Shift:
    """Give a shift that is still to end to somebody, or to nobody, and say why.

    Refuses: one that is over or cleared; somebody who has it already; no reason.
    Records: `ShiftGiven`, and `DutyChanged` for each of the two.
    """
    why = check_text(why, code="why_missing", sentence="Say why.", field="why", most=300)
    return _give(shift, user, why, stamp)


@action(policy.may_take_shift)
def take_shift(shift: Shift, *, agreed: bool = False, why: str = "", stamp: Stamp) -> Shift:
    """Take a shift that nobody has, or one that its holder agreed to give away.

    Refuses: one that is over or cleared; one that somebody has who did not agree; one's own.
    Records: `ShiftGiven`, and `DutyChanged` for each of the two.
    """
    if holder_of(shift) is not None and not agreed:
        raise Refused("taken", "Somebody has this shift. Ask for a swap.")
    assert stamp.actor.user_id is not None
    taker = User.objects.get(pk=stamp.actor.user_id)
    return _give(shift, taker, why.strip(), stamp)


@action(policy.may_take_shift)
def exchange_shifts(shift: Shift, *, other: Shift, why: str = "", stamp: Stamp) -> Shift:
    """Let two people who agreed have each other's shift, both at once.

    One of the two does it, or whoever plans the shifts, and nobody else.
    Refuses: one that is over or cleared; two of the same person; one that nobody has.
    Records: `ShiftGiven` of both, and `DutyChanged` for each of the two.
    """
    hold(other)
    other.refresh_from_db()
    holders = {shift.user_id, other.user_id}
    if stamp.actor.user_id not in holders and not policy.may_plan_shifts(stamp.actor, shift):
        raise NotAllowed
    turns = [_still_to_end(one, stamp.at) for one in (shift, other)]
    first, second = shift.user, other.user
    if first is None or second is None or first == second:
        raise Refused("not_two", "Two people exchange two shifts.")
    _check_here({first: turns[1].last_on, second: turns[0].last_on})
    told, moves = [], []
    for one, turn, before, after in zip(
        (shift, other), turns, (first, second), (second, first), strict=True
    ):
        one.user, one.changed_at = after, stamp.at
        one.version += 1
        one.save(update_fields=["user", "changed_at", "version"])
        moves.append(Move(turn, before.pk, after.pk))
        told.append(
            facts.ShiftGiven(
                **_words(one),
                before_id=before.pk,
                before_name=before.name,
                after_id=after.pk,
                after_name=after.name,
                why=why,
            )
        )
    news = _news(tuple(moves), _named([first, second]), shift.rota, why, stamp)
    record_together([*told, *news], stamp=stamp)
    return shift


@action(policy.may_plan_shifts)
def clear_shift(shift: Shift, *, why: str, stamp: Stamp) -> Shift:
    """Take a shift off that is not wanted; it stays on record.

    Refuses: one that is over or cleared; no reason. Records: `ShiftCleared`, `DutyChanged`.
    """
    why = check_text(why, code="why_missing", sentence="Say why.", field="why", most=300)
    turn = _still_to_end(shift, stamp.at)
    move = Move(turn, shift.user_id, None, now=False)
    people = _named([shift.user])
    shift.cleared_at = shift.changed_at = stamp.at
    shift.version += 1
    shift.save(update_fields=["cleared_at", "changed_at", "version"])
    news = _news((move,), people, shift.rota, why, stamp)
    record_together([facts.ShiftCleared(**_words(shift), why=why), *news], stamp=stamp)
    return shift


def _give(shift: Shift, user: User | None, why: str, stamp: Stamp) -> Shift:
    turn = _still_to_end(shift, stamp.at)
    before = shift.user
    if (before.pk if before else None) == (user.pk if user else None):
        raise Refused("already_so", "It is so already.", field="user")
    if user is not None:
        _check_here({user: turn.last_on})
    shift.user, shift.changed_at = user, stamp.at
    shift.version += 1
    shift.save(update_fields=["user", "changed_at", "version"])
    move = Move(turn, before.pk if before else None, user.pk if user else None)
    told = facts.ShiftGiven(
        **_words(shift),
        before_id=move.before,
        before_name=before.name if before else "",
        after_id=move.after,
        after_name=user.name if user else "",
        why=why,
    )
    news = _news((move,), _named([before, user]), shift.rota, why, stamp)
    record_together([told, *news], stamp=stamp)
    return shift


def _still_to_end(shift: Shift, at: datetime) -> Turn:
    turn = turn_of(shift)
    if shift.cleared_at is not None or turn.ends_at(city_zone()) <= at:
        raise Refused("wrong_state", "This shift is over, or off the rota.")
    return turn


def _to_come(plan: ShiftPlan, at: datetime) -> Iterable[Shift]:
    """The standing shifts of the plan's days and lanes that have not begun, locked."""
    rows = Shift.objects.select_for_update().filter(
        on_date__gte=plan.from_on, on_date__lte=plan.until_on, cleared_at__isnull=True
    )
    zone = city_zone()
    return [
        row
        for row in rows.order_by("pk")
        if (row.role, row.ward_code) in plan.lanes and turn_of(row).begins_at(zone) > at
    ]


def _put(moves: Iterable[Move], rows: dict[Turn, Shift], rota: str, stamp: Stamp) -> None:
    made, changed = [], []
    for move in moves:
        if not move.was:
            made.append(_made(move, rota, stamp))
            continue
        row = rows[move.turn]
        row.version += 1
        row.changed_at, row.rota = stamp.at, rota
        if move.now:
            row.user_id = move.after
        else:
            row.cleared_at = stamp.at
        changed.append(row)
    Shift.objects.bulk_update(
        changed, ["user", "version", "changed_at", "rota", "cleared_at"], batch_size=200
    )
    Shift.objects.bulk_create(made, batch_size=200)


def _ask_languages(rows: Mapping[Turn, Shift], wanted: Iterable[Turn]) -> None:
    """Let standing shifts ask for the language that the rota asks for now."""
    changed = []
    for turn in wanted:
        row = rows.get(turn)
        if row is not None and row.language != turn.language:
            row.language = turn.language
            changed.append(row)
    Shift.objects.bulk_update(changed, ["language"], batch_size=200)


def _made(move: Move, rota: str, stamp: Stamp) -> Shift:
    return Shift(
        **vars(move.turn),
        user_id=move.after,
        rota=rota,
        placed_at=stamp.at,
        placed_by=stamp.actor.name,
        changed_at=stamp.at,
    )


def _people(wanted: Mapping[Turn, int | None]) -> dict[int, str]:
    """The names of those who are given shifts; they work here until this commit ends."""
    last: dict[int, date] = {}
    for turn, user_id in wanted.items():
        if user_id is not None:
            last[user_id] = max(last.get(user_id, turn.last_on), turn.last_on)
    users = list(User.objects.filter(pk__in=last).order_by("pk"))
    if {user.pk for user in users} != set(last):
        raise Refused("not_here", "Somebody in this rota is not known here.")
    _check_here({user: last[user.pk] for user in users})
    return _named(users)


def _check_here(users: Mapping[User, date]) -> None:
    """Their sign-ins are open, to the end of the last shift that each is given."""
    for user, last in users.items():
        hold(user)
        now = User.objects.get(pk=user.pk)
        if not now.is_active:
            raise Refused("not_here", f"{user.name} works here no more.", field="user")
        if now.ends_on is not None and now.ends_on < last:
            sentence = f"{user.name} works here until {long_day(now.ends_on)} only."
            raise Refused("not_here", sentence, field="user")


def _named(users: Iterable[User | None]) -> dict[int, str]:
    return {user.pk: user.name for user in users if user is not None}


def _news(
    moves: tuple[Move, ...], people: dict[int, str], rota: str, because: str, stamp: Stamp
) -> list[facts.DutyChanged]:
    """What each person whom these moves touch has to know; not what they did themselves."""
    zone, mail_at = city_zone(), next_hours(stamp.at) or stamp.at
    touched = people_in(moves)
    names = {**_named(User.objects.filter(pk__in=set(touched) - set(people))), **people}
    found = []
    for user_id in touched:
        own = tuple(m for m in moves if user_id in (m.before, m.after))
        soon = any(is_soon(m.turn.begins_at(zone), mail_at) for m in own)
        found.append(
            facts.DutyChanged(
                user_id=user_id,
                name=names[user_id],
                rota=rota,
                because=because,
                lines=lines_for(user_id, own),
                soon=soon,
            )
        )
    return found


def _words(shift: Shift) -> dict[str, Any]:
    turn = turn_of(shift)
    return {
        "shift_id": shift.pk,
        "role": shift.role,
        "ward_code": shift.ward_code,
        "on_date": shift.on_date,
        "when": turn_words(turn),
        "what": duty_words(turn),
        "rota": shift.rota,
    }
