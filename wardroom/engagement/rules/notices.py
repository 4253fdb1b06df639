"""What an agency owes ANCs notice of, how long before, and how its notice stands.

The figures stand in the library, with their citations; which of them a deed falls under is
here. D.C. Code 1-309.10(b) to (d). An earliest day takes the later where a holiday is disputed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from wardroom.kernel.business_time import Aim, Calendar, Clock, Due, due_date
from wardroom.kernel.errors import Refused
from wardroom.matters.rules import check_text

NOTICE_OWED = "notice_owed"
NOTICE, TRAFFIC = "dc-anc-notice", "dc-traffic-control"
HIGH_RISK, LICENSE = "dc-traffic-control-high-risk", "dc-abc-licence"


@dataclass(frozen=True)
class Deed:
    """Something an agency plans that ANCs are told of before; a list has no clock of days."""

    label: str
    rule_code: str = NOTICE


DEEDS: Mapping[str, Deed] = {
    "service": Deed("A change in how a District service is delivered"),
    "grant": Deed("A grant to a citizen organization, or the rules for grants"),
    "zoning": Deed("A zoning change or variance"),
    "improvement": Deed("A public improvement"),
    "permit": Deed("A license or permit that affects the area"),
    "facility": Deed("Opening a District facility"),
    "property": Deed("Acquiring real property, or another use of District property"),
    "plan": Deed("The comprehensive plan, the budget, or city goals"),
    "traffic": Deed("A change of traffic control", TRAFFIC),
    "traffic_high_risk": Deed("The same at a published high-risk place", HIGH_RISK),
    "alcohol": Deed("An alcohol license within 600 feet", LICENSE),
    "permit_list": Deed("The list of permits, at least twice a month", ""),
}
MEDIA: Mapping[str, str] = {
    "email": "E-mail",
    "mail": "First-class mail, asked for in writing",
    "portal": "Portal post only, which is not enough",
    "other": "Another way",
}
NOT_ENOUGH = frozenset({"portal"})
SEEN, SAID, STRUCK = "seen", "said", "struck"
CAUSE = "cause"
AWAITED, OVERDUE, NONE = "awaited", "overdue", "none"
IN_TIME, SHORT, LATE, EXCEPTED = "in_time", "short", "late", "excepted"
STANDINGS: Mapping[str, str] = {
    AWAITED: "No notice yet, still in time",
    OVERDUE: "No notice yet, too late for the day planned",
    NONE: "The day passed without a notice",
    SAID: "The agency says so, not checked yet",
    IN_TIME: "Notice in time",
    SHORT: "Notice too short",
    LATE: "Notice after the day",
    EXCEPTED: "Published good cause",
}
ENDS_FREELY = frozenset({"dropped", "opened_in_error"})
WATCH_STEP, DECIDE_STEP = "See whether the notice came", "See what the agency decided"
CLAIM_STEP = "Look at what the agency says"
FARTHEST_BACK = 400


def earliest_decision(
    notice_on: date, *, clock: Clock, days: int, calendar: Calendar
) -> tuple[Due, ...]:
    """The clocks from a notice to the first day of a decision; the last one gives the day.

    That is close of business of the working day after the notice period.
    """
    start = calendar.instant(datetime.combine(notice_on, time(12)))
    if clock is Clock.BUSINESS:
        after = due_date(start, days=days, clock=Clock.AFTER, calendar=calendar, aim=Aim.EARLIEST)
        return (after,)
    period = due_date(start, days=days, clock=clock, calendar=calendar, aim=Aim.EARLIEST)
    after = due_date(
        period.due_at, days=1, clock=Clock.BUSINESS, calendar=calendar, aim=Aim.EARLIEST
    )
    return (period, after)


def latest_notice(decide_on: date, *, clock: Clock, days: int, calendar: Calendar) -> date:
    """The last day on which a notice lets the agency decide on the day it plans."""
    for back in range(1, FARTHEST_BACK):
        day = decide_on - timedelta(days=back)
        after = earliest_decision(day, clock=clock, days=days, calendar=calendar)[-1]
        if after.due_on <= decide_on:
            return day
    raise Refused("too_far", "No notice is that long.", field="decide_on")


def standing_of_notice(
    *,
    decide_on: date,
    send_by_on: date,
    notice_on: date | None,
    earliest_on: date | None,
    excepted: bool,
    claimed: bool = False,
    today: date,
) -> str:
    """How a notice stands: whether it came, and whether the agency waits long enough.

    What is ``claimed`` by the agency alone is neither a notice nor good cause yet.
    """
    if excepted:
        return EXCEPTED
    if notice_on is None or earliest_on is None:
        if claimed:
            return SAID
        if today > decide_on:
            return NONE
        return OVERDUE if today > send_by_on else AWAITED
    if notice_on > decide_on:
        return LATE
    return SHORT if earliest_on > decide_on else IN_TIME


def check_deed(code: str) -> Deed:
    """What the agency plans. Refuses: what is not in the list."""
    if code not in DEEDS:
        raise Refused("unknown_deed", "Choose what the agency plans.", field="deed")
    return DEEDS[code]


def check_seen(sent_on: date, *, medium: str, sent_to: str, today: date) -> str:
    """A notice as it was seen: when, how, and to whom it went.

    Refuses: a day to come; a way that is not known, or is no notice; nobody it went to.
    """
    if sent_on > today:
        raise Refused("sent_in_the_future", "This day is still to come.", field="sent_on")
    if medium not in MEDIA:
        raise Refused("unknown_medium", "Choose how it was sent.", field="medium")
    if medium in NOT_ENOUGH:
        raise Refused(
            "no_notice",
            "A post in the portal is no notice. Ask the agency for an e-mail.",
            field="medium",
        )
    return check_text(
        sent_to,
        code="sent_to_missing",
        sentence="Say to whom it went: the commission, its commissioners, the councilmember.",
        field="sent_to",
        most=300,
    )


def check_cause(why: str) -> str:
    """The good cause for less notice, and where it is published. Refuses: none."""
    return check_text(
        why,
        code="cause_missing",
        sentence="Say what the good cause is, and where the agency published it.",
        field="why",
        most=500,
    )


def check_notice_end(outcome: str, standing: str, *, claimed: bool = False) -> None:
    """A notice ends as it stands, or because the plan was dropped.

    Refuses: another end; an end before somebody looked at what the agency says.
    """
    if outcome in ENDS_FREELY:
        return
    if claimed:
        raise Refused("not_looked_at", "Look first at what the agency says of its notice.")
    if outcome == standing:
        return
    raise Refused(
        "not_as_it_stands", f"It stands as: {STANDINGS[standing]}. End it so.", field="outcome"
    )


def check_strike(why: str) -> str:
    """Why a notice or a good cause does not count. Refuses: no reason."""
    return check_text(
        why, code="reason_missing", sentence="Say why it does not count.", field="why", most=300
    )


def check_answer(reason: str) -> str:
    """Why notice of our own initiative is required, or is not. Refuses: no reason."""
    return check_text(
        reason,
        code="reason_missing",
        sentence="Say why: what changes for residents, or why nothing does.",
        field="reason",
        most=500,
    )
