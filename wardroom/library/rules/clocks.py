"""The clocks the office starts with, each with its citation and the days it holds.

The figures are starting values that the office checks against the law before it leans on
them; a change of law is a new row, from its day on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wardroom.kernel.business_time import Aim, Clock


@dataclass(frozen=True)
class RuleSeed:
    """A clock with its citation and the days it holds; `own` is the office's own default.

    `aim` says which day to take where a disputed holiday moves it. A clock that `extends`
    another holds only under its `condition`, and counts from the same start.
    """

    code: str
    name: str
    citation: str
    clock: Clock
    days: int | None
    valid_from: date
    valid_until: date | None = None
    aim: Aim = Aim.PLAIN
    extends: str = ""
    condition: str = ""
    own: bool = False


MERIT_PERSONNEL = date(1979, 3, 3)
HOME_RULE = date(1979, 10, 3)
ANC_REFORM = date(2000, 6, 27)
FOIA = date(2001, 4, 27)
OPEN_MEETINGS = date(2011, 3, 31)
ANC_OMNIBUS = date(2017, 4, 7)
RECORDINGS_KEPT = date(2019, 4, 11)
VISION_ZERO = date(2020, 12, 23)
OFFICE_START = date(2010, 1, 1)
FIVE_YEARS = 5 * 365 + 2
OFFICE = "The office's own rule"
BUSINESS, CALENDAR = Clock.BUSINESS, Clock.CALENDAR
DEADLINE, EARLIEST = Aim.DEADLINE, Aim.EARLIEST

PROMISES_OF_311 = (
    RuleSeed(
        "dc-311-2015",
        "311 promise of 2015",
        "Working rule of the District's 311 system, found from its due dates of 2015",
        Clock.PROMISE,
        None,
        date(2014, 1, 1),
    ),
)
ADVISORY_COMMISSIONS = (
    RuleSeed(
        "dc-anc-notice",
        "Notice to an ANC",
        "D.C. Code 1-309.10(b)",
        BUSINESS,
        30,
        ANC_REFORM,
        aim=EARLIEST,
    ),
    RuleSeed(
        "dc-anc-decision",
        "Earliest decision after notice to an ANC",
        "D.C. Code 1-309.10(d)(2)",
        Clock.AFTER,
        30,
        ANC_REFORM,
        aim=EARLIEST,
    ),
    RuleSeed(
        "dc-anc-testimony",
        "ANC's document after oral testimony",
        "D.C. Code 1-309.10(d)(4)",
        CALENDAR,
        7,
        ANC_REFORM,
    ),
    RuleSeed(
        "dc-anc-proposal-answer",
        "Answer to an ANC's proposal",
        "D.C. Code 1-309.10(h)(1)",
        CALENDAR,
        10,
        HOME_RULE,
    ),
    RuleSeed(
        "dc-anc-proposal-status",
        "Status report on an ANC's proposal",
        "D.C. Code 1-309.10(h)(1)",
        CALENDAR,
        60,
        HOME_RULE,
    ),
    RuleSeed(
        "dc-anc-hearing-report",
        "ANC's report to the Council after a hearing",
        "D.C. Code 1-309.10(h)(2)",
        CALENDAR,
        45,
        ANC_REFORM,
    ),
    RuleSeed(
        "dc-abc-licence",
        "Notice to an ANC of an alcohol license",
        "D.C. Code 1-309.10(c)(2)",
        CALENDAR,
        45,
        ANC_REFORM,
    ),
    RuleSeed(
        "dc-anc-meeting-notice",
        "Notice of an ANC's meeting",
        "D.C. Code 1-309.11, D.C. Law 21-269",
        Clock.DAYS_BEFORE,
        7,
        ANC_OMNIBUS,
    ),
    RuleSeed(
        "dc-anc-liaison",
        "Name of an agency's new ANC liaison",
        "D.C. Law 21-269, section 2(g)",
        BUSINESS,
        5,
        ANC_OMNIBUS,
        aim=DEADLINE,
    ),
    RuleSeed(
        "dc-traffic-control",
        "Notice to an ANC of a change of traffic control",
        "D.C. Code 2-502(6)(B)(iv), D.C. Law 23-158",
        BUSINESS,
        30,
        VISION_ZERO,
        aim=EARLIEST,
    ),
    RuleSeed(
        "dc-traffic-control-high-risk",
        "The same notice at a published high-risk place",
        "D.C. Code 2-502(6)(B)(iv), D.C. Law 23-158",
        BUSINESS,
        10,
        VISION_ZERO,
        aim=EARLIEST,
    ),
)
PUBLIC_RECORDS = (
    RuleSeed(
        "dc-foia",
        "Public-records answer",
        "D.C. Code 2-532(c)",
        BUSINESS,
        15,
        FOIA,
        aim=DEADLINE,
    ),
    RuleSeed(
        "dc-foia-extended",
        "Public-records answer, extended",
        "D.C. Code 2-532(d)",
        BUSINESS,
        25,
        FOIA,
        aim=DEADLINE,
        extends="dc-foia",
        condition="Written notice of unusual circumstances",
    ),
    RuleSeed(
        "dc-foia-appeal",
        "Decision on a public-records appeal",
        "D.C. Code 2-537(a)",
        BUSINESS,
        10,
        FOIA,
        aim=DEADLINE,
    ),
)
MEETINGS = (
    RuleSeed(
        "dc-open-meeting-notice",
        "Notice of an open meeting",
        "D.C. Code 2-576(1)",
        Clock.BEFORE,
        2,
        OPEN_MEETINGS,
        aim=DEADLINE,
    ),
    RuleSeed(
        "dc-open-meeting-minutes",
        "Minutes of an open meeting",
        "D.C. Code 2-578",
        BUSINESS,
        3,
        OPEN_MEETINGS,
        aim=DEADLINE,
    ),
    RuleSeed(
        "dc-open-meeting-record",
        "Full record of an open meeting",
        "D.C. Code 2-578",
        BUSINESS,
        7,
        OPEN_MEETINGS,
        aim=DEADLINE,
    ),
    RuleSeed(
        "dc-open-meeting-recording",
        "Recording of an open meeting, kept at least five years",
        "D.C. Code 2-578, D.C. Law 22-313",
        CALENDAR,
        FIVE_YEARS,
        RECORDINGS_KEPT,
    ),
)
PEOPLE = (
    RuleSeed(
        "dc-domicile",
        "Domicile of somebody newly appointed",
        "D.C. Code 1-515.03, 1-609.06",
        CALENDAR,
        180,
        MERIT_PERSONNEL,
    ),
)
OWN = (
    RuleSeed(
        "own-detail-longest",
        "Longest detail, and longest extension of one",
        OFFICE,
        CALENDAR,
        180,
        OFFICE_START,
        own=True,
    ),
    RuleSeed(
        "own-domicile-recheck",
        "Proof of residency is looked at again",
        OFFICE,
        CALENDAR,
        365,
        OFFICE_START,
        own=True,
    ),
    RuleSeed(
        "own-households-kept",
        "What households needed in an incident is removed",
        OFFICE,
        CALENDAR,
        90,
        OFFICE_START,
        own=True,
    ),
    RuleSeed(
        "own-acknowledge",
        "Acknowledge a resident",
        OFFICE,
        BUSINESS,
        1,
        OFFICE_START,
        own=True,
    ),
    RuleSeed(
        "own-ladder-reminder",
        "Silent agency: reminder",
        OFFICE,
        BUSINESS,
        2,
        OFFICE_START,
        own=True,
    ),
    RuleSeed(
        "own-ladder-call",
        "Silent agency: the liaison calls",
        OFFICE,
        BUSINESS,
        4,
        OFFICE_START,
        own=True,
    ),
    RuleSeed(
        "own-ladder-director",
        "Silent agency: the director is told",
        OFFICE,
        BUSINESS,
        6,
        OFFICE_START,
        own=True,
    ),
    RuleSeed(
        "own-ladder-agency-head",
        "Silent agency: its head is written to",
        OFFICE,
        BUSINESS,
        8,
        OFFICE_START,
        own=True,
    ),
)
RULES = (*PROMISES_OF_311, *ADVISORY_COMMISSIONS, *PUBLIC_RECORDS, *MEETINGS, *PEOPLE, *OWN)
