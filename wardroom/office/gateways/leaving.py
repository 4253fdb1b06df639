"""Shifts of those who leave: handed on with their other work, or made gaps."""

from __future__ import annotations

from django.utils.timezone import localdate

from wardroom.access.actor import SYSTEM, Stamp
from wardroom.calendar.actions import assign_shift
from wardroom.calendar.queries.duty import duty_of_person, get_shift
from wardroom.directory.models import Party
from wardroom.kernel.errors import Refused
from wardroom.matters.gateways import Gatherer
from wardroom.office.queries.leaving import (
    counted_shifts,
    get_shifts_of_leavers,
    live_shifts,
    may_be_on_duty,
)
from wardroom.office.queries.swaps import against_taking


def free_shifts_of_leavers(*, stamp: Stamp) -> int:
    """Make gaps of the shifts to come of those who can be on duty no more; gives how many."""
    freed = 0
    for shift in get_shifts_of_leavers(at=stamp.at):
        house = Stamp(actor=SYSTEM, at=stamp.at, window=stamp.window)
        assign_shift(shift, user=None, why="works here no more", stamp=house)
        freed += 1
    return freed


def hand_on_shifts(leaver: Party, successor: Party, *, stamp: Stamp) -> None:
    """Give the shifts to come to a successor; those that the successor cannot have become gaps.

    Refuses: a successor who can be on duty no more.
    """
    user = successor.user
    if user is None or not may_be_on_duty(user, on=localdate(stamp.at)):
        raise Refused("not_here", f"{successor.name} cannot be on duty.", field="successor")
    house = Stamp(actor=SYSTEM, at=stamp.at, window=stamp.window)
    for row in duty_of_person(leaver.user_id or 0, from_on=localdate(stamp.at)):
        if row.ends_at <= stamp.at:
            continue
        free = not against_taking(row, user.pk, stamp.at).never
        why = f"taken over from {leaver.name}" if free else f"{leaver.name} leaves"
        shift = get_shift(row.id, SYSTEM)
        assign_shift(shift, user=user if free else None, why=why, stamp=house)


SHIFT_GATHERER = Gatherer(
    "shift",
    "set of shifts to come",
    "sets of shifts to come",
    "shift",
    live_shifts,
    counted_shifts,
    lambda thing, leaver, successor, stamp: hand_on_shifts(leaver, successor, stamp=stamp),
)
