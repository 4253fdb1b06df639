"""Swaps: asked, answered, decided where a rule speaks against it, and chased by the clock."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.access.models import User
from wardroom.calendar.actions import assign_shift, exchange_shifts, take_shift
from wardroom.calendar.models import Shift
from wardroom.calendar.queries.duty import duty_row
from wardroom.calendar.queries.events import city_zone
from wardroom.directory.models import Party
from wardroom.directory.queries import get_directors
from wardroom.kernel.errors import Refused
from wardroom.kernel.text import ended
from wardroom.ledger.actions import record
from wardroom.matters.actions.waiting import end_wait, wait_for
from wardroom.matters.rules import Wait
from wardroom.office import facts, policy
from wardroom.office.models import Swap
from wardroom.office.queries.swaps import (
    against_swap,
    against_taking,
    both_sides,
    first_start,
    has_moved_on,
)
from wardroom.office.rules.swaps import (
    ACCEPTED,
    DECLINED,
    DONE,
    LAPSED,
    LIVE,
    OPEN,
    WITHDRAWN,
    next_step,
)

WAITS = "swap"


@action(policy.may_ask_swap)
def ask_swap(
    shift: Shift, *, asked_id: int | None = None, in_return_id: int | None = None, stamp: Stamp
) -> Swap:
    """Ask a colleague, or anyone, to take a shift of yours; it is chased until it begins.

    ``in_return_id`` is a shift of theirs that you take for it; without one you give yours away.
    Refuses: a shift that has begun or is off the rota; one that is asked about already;
    somebody who cannot take it, such as on leave; in return one that is not theirs, or that you
    cannot have. Records: `SwapAsked`.
    """
    row = duty_row(shift)
    if shift.cleared_at is not None or row.starts_at <= stamp.at:
        raise Refused("wrong_state", "This shift has begun, or is off the rota.")
    if Swap.objects.filter(shift=shift, state__in=LIVE).exists():
        raise Refused("already_there", "You have asked about this shift already.")
    back = _in_return(shift, in_return_id, stamp)
    if back is not None and asked_id is None:
        asked_id = back.user_id
    if asked_id is not None:
        if asked_id == shift.user_id:
            raise Refused("yourself", "It is yours already. Choose a colleague.", field="asked_id")
        giving = back.pk if back is not None else None
        never = against_taking(row, asked_id, stamp.at, giving=giving).discreet.never
        if never:
            raise Refused("cannot", f"They cannot take it: {'; '.join(never)}.", field="asked_id")
    if back is not None and back.user_id != asked_id:
        raise Refused("not_theirs", "This shift is somebody else's.", field="in_return_id")
    assert shift.user_id is not None
    swap = Swap.objects.create(
        shift=shift, asker_id=shift.user_id, asked_id=asked_id, in_return=back, asked_at=stamp.at
    )
    record(facts.SwapAsked(**_words(swap)), stamp=stamp)
    _keep_waiting(swap, stamp)
    return swap


@action(policy.may_answer_swap)
def accept_swap(swap: Swap, *, stamp: Stamp) -> Swap:
    """Take a colleague's shift; where a rule speaks against it, the director decides.

    Refuses: one that is over; a shift that went to somebody else or has begun; what cannot be.
    Records: `SwapAccepted`, and `SwapDone` with `ShiftGiven` where nothing speaks against
    it, of both shifts where one is taken in return.
    """
    _check(swap, OPEN, stamp)
    assert stamp.actor.user_id is not None
    taking, own = against_swap(swap, stamp.actor.user_id, stamp.at)
    if taking.never:
        raise Refused("cannot", f"You cannot take it: {'; '.join(taking.never)}.")
    if own.never:
        raise Refused("cannot", f"They cannot take yours: {'; '.join(own.discreet.never)}.")
    swap.taker = User.objects.get(pk=stamp.actor.user_id)
    warnings = both_sides(swap, taking.discreet, own.discreet).warnings
    swap.answered_at, swap.warnings, swap.state = stamp.at, list(warnings), ACCEPTED
    swap.save()
    record(_accepted(swap), stamp=stamp)
    if not warnings:
        _hand_over(swap, stamp)
        _done(swap, "", stamp)
    _keep_waiting(swap, stamp)
    return swap


@action(policy.may_settle_swap)
def approve_swap(swap: Swap, *, stamp: Stamp) -> Swap:
    """Let a swap be in spite of what speaks against it.

    Refuses: one that waits for no decision; a shift that has begun; what cannot be any more.
    Records: `SwapDone`, `ShiftGiven`.
    """
    _check(swap, ACCEPTED, stamp)
    assert swap.taker is not None
    found = both_sides(swap, *against_swap(swap, swap.taker.pk, stamp.at))
    if found.never:
        raise Refused("cannot", ended(f"This cannot be any more: {'; '.join(found.never)}"))
    if swap.in_return is None:
        assign_shift(swap.shift, user=swap.taker, why="a swap", stamp=stamp)
    else:
        exchange_shifts(swap.shift, other=swap.in_return, why="a swap", stamp=stamp)
    _done(swap, stamp.actor.name, stamp)
    _keep_waiting(swap, stamp)
    return swap


@action(policy.may_settle_swap)
def refuse_swap(swap: Swap, *, stamp: Stamp) -> Swap:
    """Say no to a swap against which a rule speaks; the shift stays with whoever has it.

    Refuses: one that waits for no decision. Records: `SwapEnded`.
    """
    if swap.state != ACCEPTED:
        raise Refused("wrong_state", "This swap waits for no decision.")
    return _ended(swap, DECLINED, stamp)


@action(policy.may_answer_swap)
def decline_swap(swap: Swap, *, stamp: Stamp) -> Swap:
    """Say that you cannot take a colleague's shift.

    Refuses: one that is over; one that anyone was asked, which needs no answer.
    Records: `SwapEnded`.
    """
    if swap.state != OPEN:
        raise Refused("wrong_state", "This swap is over, or waits for the director.")
    if swap.asked_id is None:
        raise Refused("anyone", "Anyone was asked: leave it to a colleague.")
    return _ended(swap, DECLINED, stamp)


@action(policy.may_withdraw_swap)
def withdraw_swap(swap: Swap, *, stamp: Stamp) -> Swap:
    """Take back that you asked; the shift stays yours. Refuses: one that is over.

    Records: `SwapEnded`.
    """
    if swap.state not in LIVE:
        raise Refused("wrong_state", "This swap is over.")
    return _ended(swap, WITHDRAWN, stamp)


@action(policy.may_chase_swap)
def chase_swap(swap: Swap, *, stamp: Stamp) -> Swap:
    """Ask again where nobody answered, and end a swap whose shift has begun or moved on.

    Refuses: one for which nothing is due. Records: `SwapReminded` or `SwapEnded`.
    """
    if swap.state not in LIVE:
        raise Refused("wrong_state", "This swap is over.")
    if has_moved_on(swap):
        return _ended(swap, LAPSED, stamp)
    step = next_step(
        at=stamp.at,
        asked_at=swap.asked_at,
        starts_at=first_start(swap),
        reminded_at=swap.reminded_at,
        warned_at=swap.warned_at,
    )
    if step == "lapse":
        return _ended(swap, LAPSED, stamp)
    if not step:
        raise Refused("not_due", "Nothing is due for this swap yet.")
    if step == "warn":
        swap.warned_at = stamp.at
    else:
        swap.reminded_at = stamp.at
    swap.save()
    fact = facts.SwapReminded(**_words(swap), last=step == "warn", deciding=swap.state == ACCEPTED)
    record(fact, stamp=stamp)
    return swap


def _check(swap: Swap, state: str, stamp: Stamp) -> None:
    """It stands, and so does its shift; that is locked, so that it goes to one person only."""
    if swap.state != state:
        raise Refused("wrong_state", "This swap is over, or waits for somebody else.")
    both = [pk for pk in (swap.shift_id, swap.in_return_id) if pk is not None]
    rows = Shift.objects.select_for_update().filter(pk__in=both).order_by("pk")
    found = {one.pk: one for one in rows}
    shift, back = found[swap.shift_id], found.get(swap.in_return_id or 0)
    if shift.user_id != swap.asker_id or shift.cleared_at is not None:
        raise Refused("moved_on", "This shift is not theirs any more.")
    if duty_row(shift).starts_at <= stamp.at:
        raise Refused("begun", "The shift has begun.")
    if back is not None and (back.user_id != swap.asked_id or back.cleared_at is not None):
        raise Refused("moved_on", "The shift in return is not theirs any more.")
    if back is not None and duty_row(back).starts_at <= stamp.at:
        raise Refused("begun", "The shift in return has begun.")
    swap.shift, swap.in_return = shift, back


def _in_return(shift: Shift, in_return_id: int | None, stamp: Stamp) -> Shift | None:
    """The shift that is taken for one: a colleague's, still to come, and one that can be had."""
    if in_return_id is None:
        return None
    field = "in_return_id"
    back: Shift | None = Shift.objects.filter(pk=in_return_id, cleared_at=None).first()
    if back is None or back.user_id in (None, shift.user_id):
        raise Refused("unknown_shift", "Choose a shift of theirs from the list.", field=field)
    row = duty_row(back)
    if row.starts_at <= stamp.at:
        raise Refused("begun", "This shift has begun.", field=field)
    if Swap.objects.filter(Q(shift=back) | Q(in_return=back), state__in=LIVE).exists():
        raise Refused("asked_about", "This shift is asked about already.", field=field)
    never = against_taking(row, shift.user_id or 0, stamp.at, giving=shift.pk).never
    if never:
        raise Refused("cannot", ended(f"You cannot take it: {'; '.join(never)}"), field=field)
    return back


def _hand_over(swap: Swap, stamp: Stamp) -> None:
    """Give the shift to whoever takes it, and theirs to whoever asked."""
    if swap.in_return is None:
        take_shift(swap.shift, agreed=True, why="a swap", stamp=stamp)
    else:
        exchange_shifts(swap.shift, other=swap.in_return, why="a swap", stamp=stamp)


def _done(swap: Swap, approved_by: str, stamp: Stamp) -> None:
    assert swap.taker is not None
    swap.state = DONE
    swap.save(update_fields=["state"])
    fact = facts.SwapDone(
        **_words(swap),
        taker_id=swap.taker.pk,
        taker_name=swap.taker.name,
        approved_by=approved_by,
    )
    record(fact, stamp=stamp)


def _ended(swap: Swap, how: str, stamp: Stamp) -> Swap:
    swap.state = how
    if how == DECLINED:
        swap.answered_at = stamp.at
    swap.save()
    record(facts.SwapEnded(**_words(swap), how=how, by=stamp.actor.name), stamp=stamp)
    _keep_waiting(swap, stamp)
    return swap


def _accepted(swap: Swap) -> facts.SwapAccepted:
    assert swap.taker is not None
    return facts.SwapAccepted(
        **_words(swap),
        taker_id=swap.taker.pk,
        taker_name=swap.taker.name,
        warnings=tuple(swap.warnings),
    )


def _keep_waiting(swap: Swap, stamp: Stamp) -> None:
    """In whose list a swap stands: of whoever was asked, then of the director."""
    row = duty_row(swap.shift)
    day = row.starts_at.astimezone(city_zone()).date()
    who = {OPEN: _party_of(swap.asked_id), ACCEPTED: _director(stamp)}.get(swap.state)
    if who is None:
        end_wait(WAITS, str(swap.pk))
        return
    wait_for(
        WAITS,
        str(swap.pk),
        Wait("swap" if swap.state == OPEN else "swap_decision", day),
        party=who,
        title=f"{swap.asker.name}: {row.what}, {row.when}",
        ward_code=swap.shift.ward_code,
        stamp=stamp,
    )


def _party_of(user_id: int | None) -> Party | None:
    found: Party | None = Party.objects.filter(user=user_id).first() if user_id else None
    return found


def _director(stamp: Stamp) -> Party | None:
    return next(iter(get_directors(on=stamp.at.astimezone(city_zone()).date())), None)


def _words(swap: Swap) -> dict[str, Any]:
    row = duty_row(swap.shift)
    return {
        "swap_id": swap.pk,
        "shift_id": swap.shift_id,
        "asker_id": swap.asker_id,
        "asker_name": swap.asker.name,
        "asked_id": swap.asked_id,
        "asked_name": swap.asked.name if swap.asked is not None else "",
        "what": row.what,
        "when": row.when,
        "in_return_id": swap.in_return_id,
        "in_return": _shift_words(swap.in_return),
    }


def _shift_words(shift: Shift | None) -> str:
    if shift is None:
        return ""
    row = duty_row(shift)
    return f"{row.what}, {row.when}"
