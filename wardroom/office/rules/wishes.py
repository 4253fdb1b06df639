"""What people tell of the days on which they can or cannot be on duty. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from wardroom.kernel.errors import Refused

LEAVE, CANNOT, RATHER_NOT, RATHER = "leave", "cannot", "rather_not", "rather"
WISHES: Mapping[str, str] = {
    LEAVE: "On leave",
    CANNOT: "Cannot",
    RATHER_NOT: "Would rather not",
    RATHER: "Would rather",
}
HARD = frozenset({LEAVE, CANNOT})
LONGEST, FARTHEST = timedelta(days=366), timedelta(days=730)
SAYS: Mapping[str, str] = {
    LEAVE: "{name} is on leave {days}",
    CANNOT: "{name} cannot {days}",
    RATHER_NOT: "{name} would rather not {days}",
    RATHER: "{name} would rather {days}",
}


def check_wish(
    kind: str, from_on: date, until_on: date, *, today: date, other: bool = False
) -> None:
    """A wish is of a kind that we know and about days to come; for an ``other`` a hard one."""
    if kind not in WISHES:
        raise Refused("unknown_kind", "Choose what it is from the list.", field="kind")
    if other and kind not in HARD:
        raise Refused("theirs", "What somebody would rather is theirs to say.", field="kind")
    if until_on < from_on:
        raise Refused("ends_too_early", "The last day is before the first.", field="until_on")
    if until_on < today:
        raise Refused("in_the_past", "These days are over.", field="until_on")
    if until_on - from_on > LONGEST or from_on > today + FARTHEST:
        raise Refused("too_far", "Check the year of these days.", field="until_on")
