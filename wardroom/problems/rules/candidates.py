"""What a decision about a candidate needs, and where a place stands after it."""

from __future__ import annotations

from datetime import date, timedelta

from wardroom.kernel.errors import Refused

WATCH, REFUSE, DESIGNATE = "watch", "refuse", "designate"
VERDICTS = (WATCH, REFUSE, DESIGNATE)
STAGES = ("designated", "planned", "working", "checked", "closed")
UNDECIDED, ALL = "undecided", "all"
ORDINARY, BUSIEST, STUCK = "ordinary", "busiest", "stuck"
LISTS = (ORDINARY, BUSIEST, STUCK)
LONGEST_REASON = 500
LONGEST_WATCH = timedelta(days=366)


def check_decision(
    verdict: str, reason: str, *, look_again_on: date | None, next_on: date | None, today: date
) -> str:
    """A decision that is whole; gives the reason without blanks around it.

    Refuses: an unknown verdict; no reason, or one too long; a watch without a day to look
    again; a designation without a next date.
    """
    if verdict not in VERDICTS:
        raise Refused("verdict_unknown", "Choose what you decide.", field="verdict")
    reason = reason.strip()
    if not reason:
        raise Refused("reason_missing", "Say why, in a sentence.", field="reason")
    if len(reason) > LONGEST_REASON:
        raise Refused(
            "reason_too_long",
            f"Keep the reason within {LONGEST_REASON} characters.",
            field="reason",
        )
    if verdict == WATCH:
        _check_look_again(look_again_on, today)
    if verdict == DESIGNATE and next_on is None:
        raise Refused(
            "next_date_missing",
            "Name the next date: the day by which the work plan is written.",
            field="next_on",
        )
    return reason


def state_of(
    verdict: str | None, *, look_again_on: date | None, location_is_open: bool, on: date
) -> str:
    """Where a candidate stands on a day, from the latest decision about its place.

    A watch ends on the day it named, and a designation with its location: then the place
    waits for a decision again. A refusal stands.
    """
    if location_is_open:
        return DESIGNATE
    if verdict == WATCH and look_again_on is not None and look_again_on > on:
        return WATCH
    return REFUSE if verdict == REFUSE else UNDECIDED


def stages_reached(
    *, planned: bool, answered: bool, checked: bool, closed: bool = False
) -> tuple[str, ...]:
    """How far a persistent location has come; the last of them is where it stands.

    ``answered``: an agency agreed to do its part. ``checked``: somebody went and looked after
    a plan was adopted. A look before that is part of deciding, not of the work.
    """
    passed = (True, planned, answered, checked, closed)
    return tuple(stage for stage, is_so in zip(STAGES, passed, strict=True) if is_so)


def _check_look_again(day: date | None, today: date) -> None:
    if day is None:
        raise Refused(
            "look_again_missing",
            "Name the day on which you will look again.",
            field="look_again_on",
        )
    if not today < day <= today + LONGEST_WATCH:
        raise Refused(
            "look_again_off",
            "Look again on a day after today and within a year.",
            field="look_again_on",
        )
