"""What the storeys above tell this one: what somebody would leave behind, and may not become."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from wardroom.access.actor import Actor, Role
from wardroom.directory.models import Party
from wardroom.kernel.errors import Refused

StillAtWork = Callable[[Party, Actor, date], str]
MayHold = Callable[[Party, Role, date, date | None], None]
_ASKED: list[StillAtWork] = []
_JUDGES: list[MayHold] = []


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


def ask_before_granting(may_hold: MayHold) -> None:
    """Ask this, too, before somebody is given a role.

    It is called with the person, the role, and the first and the last day of it, and refuses
    what that person may not be.
    """
    if may_hold not in _JUDGES:
        _JUDGES.append(may_hold)


def check_role(party: Party, role: Role, valid_from: date, valid_until: date | None) -> None:
    """Whether a person may hold a role. Refuses: what a storey above refuses."""
    for may_hold in _JUDGES:
        may_hold(party, role, valid_from, valid_until)
