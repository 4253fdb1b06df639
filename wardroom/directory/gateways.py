"""What the storeys above tell this one: what somebody who leaves would leave behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from wardroom.access.actor import Actor
from wardroom.directory.models import Party
from wardroom.kernel.errors import Refused

StillAtWork = Callable[[Party, Actor, date], str]
_ASKED: list[StillAtWork] = []


def ask_before_leaving(still: StillAtWork) -> None:
    """Ask this, too, before somebody's role ends or their sign-in is closed.

    It is called with the person, with who they would be afterwards, and with today. It gives
    in words what that person could not look after any more, such as '2 open matters', and
    nothing where nothing is left.
    """
    if still not in _ASKED:
        _ASKED.append(still)


def check_nothing_left(party: Party, afterwards: Actor, *, on: date) -> None:
    """Nobody goes who has live work. Refuses: `has_live_work`, saying what it is."""
    left = [words for still in _ASKED if (words := still(party, afterwards, on))]
    if left:
        raise Refused(
            "has_live_work",
            f"{party.name} still has live work: {', '.join(left)}. Start a handover, so that "
            "somebody takes it over; then this can be done.",
            field="until_on",
        )
