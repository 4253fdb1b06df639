"""How long what households needed is kept, once an incident is over."""

from __future__ import annotations

from datetime import date, timedelta

from wardroom.kernel.errors import Refused

KEPT_HOMES = "kept_homes"
KEEP_RULE, KEEP_DAYS = "own-households-kept", 90


def kept_until(ended_on: date | None, days: int) -> date | None:
    """The day from which it may be removed; none while the incident is not over."""
    return ended_on + timedelta(days=days) if ended_on is not None else None


def check_kept(*, gone: bool) -> None:
    """Refuses: to write down more of an incident whose homes were removed."""
    if gone:
        raise Refused("removed", "What households needed was removed. Nothing more is kept here.")


def check_stays_as_it_is(*, held: bool) -> None:
    """Refuses: to change or take out what was noted of a home while it must be kept."""
    if held:
        raise Refused(
            "held",
            "What was noted of homes must be kept as it is for now. New homes can be added.",
            field="label",
        )


def check_may_go(*, homes: int, gone: bool, held: bool, due_on: date | None, today: date) -> None:
    """Refuses: to remove nothing, or twice; what is held; what is kept for some days more."""
    if gone or not homes:
        raise Refused("nothing_left", "Nothing is kept of homes here.")
    if held:
        raise Refused("held", "It must be kept for now.")
    if due_on is None or due_on > today:
        raise Refused("too_early", "Its time is not over yet.")
