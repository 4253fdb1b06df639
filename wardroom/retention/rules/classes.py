"""The classes of records of the office, and how long each is proposed to be kept.

The proposals are starting values. By D.C. Code 2-1706 nothing is destroyed without an approved
schedule, so a class has to be adopted, with the number of its schedule, before anything of it
can be put on a list. Models are named where the District's own schedule was not at hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wardroom.retention.rules import ARCHIVES, DESTROY

LISTS, OWN_PAGE, NOT_YET = "lists", "own_page", "not_yet"


@dataclass(frozen=True)
class RecordClass:
    """One class: what is in it, when its time begins, and what is proposed for it.

    ``months`` is None for what is kept for good. ``goes_by`` says whether lists of disposal
    take it, a page of its own does, or nothing here does yet. ``counted`` is what is counted
    of it.
    """

    code: str
    name: str
    holds: str
    begins: str
    months: int | None
    basis: str
    source: str
    counted: str
    fate: str = DESTROY
    goes_by: str = NOT_YET
    stays: str = ""


ISSUES, REQUESTS = "issues", "records_requests"
SCHEDULES = "D.C. Code 2-1706: nothing without an approved schedule"
ALL = (
    RecordClass(
        ISSUES,
        "Issues of residents",
        "What was reported, who reported it and how to reach them, the letters to them and from"
        " them, their files.",
        "when the issue was closed",
        36,
        "Two years are needed to compare with the year before.",
        f"Proposed. {SCHEDULES}. Model: National Archives, General Records Schedule 6.5, item 010",
        "matters.matter",
        goes_by=LISTS,
    ),
    RecordClass(
        REQUESTS,
        "Requests for records",
        "Who asked for what, the texts that were found, and what went out.",
        "when it was answered or withdrawn, after any appeal",
        72,
        "Courts may still be asked about an answer.",
        f"Proposed. {SCHEDULES}. Model: National Archives, General Records Schedule 4.2, item 020",
        "records.recordsrequest",
        goes_by=LISTS,
    ),
    RecordClass(
        "hirings",
        "Hirings",
        "Applications, answers, scores and declarations.",
        "when the posting ended",
        24,
        "Two years after the decision; each posting says its own months.",
        "29 CFR 1602.31",
        "hiring.posting",
        goes_by=OWN_PAGE,
    ),
    RecordClass(
        "households",
        "Households of incidents",
        "What each home needed after an incident.",
        "when the incident was over",
        3,
        "It is needed only as long as somebody cares for them. The days are a rule of the office.",
        "The office's own rule, in the library",
        "incidents.householdneed",
        goes_by=OWN_PAGE,
    ),
    RecordClass(
        "locations",
        "Persistent locations and what was done there",
        "Decisions, work plans, checks in the field and evaluations.",
        "when the location was closed",
        None,
        "They show what the office did, and whether it worked.",
        f"Proposed. {SCHEDULES}",
        "problems.persistentlocation",
        fate=ARCHIVES,
        stays="It is kept for good: what the office did at a place, and whether it worked, is "
        "compared for as long as the place is there.",
    ),
    RecordClass(
        "commitments",
        "Commitments, initiatives and campaigns",
        "What was promised to whom, and what became of it.",
        "when it was closed",
        None,
        "They are the record of the office's word.",
        f"Proposed. {SCHEDULES}",
        "engagement.commitment",
        fate=ARCHIVES,
        stays="It is kept for good: it is the record of the office's word.",
    ),
    RecordClass(
        "commissions",
        "Papers of commissions and notices owed to them",
        "Proposals and recommendations, the answers, and the notices.",
        "when it was answered",
        None,
        "Great weight is shown by them.",
        "D.C. Code 1-309.10; proposed",
        "engagement.commissionpaper",
        fate=ARCHIVES,
        stays="It is kept for good: great weight is shown by it.",
    ),
    RecordClass(
        "incidents",
        "Critical incidents",
        "Situation reports, calls, duties and what was learned.",
        "when the incident was closed",
        None,
        "They show how the office acted.",
        f"Proposed. {SCHEDULES}",
        "incidents.incident",
        fate=ARCHIVES,
        stays="It is kept for good; what homes needed goes on the page of its incident.",
    ),
    RecordClass(
        "meetings",
        "Meetings of public bodies",
        "Notices, agendas, roll calls, minutes and recordings.",
        "on the day of the meeting",
        60,
        "A recording is kept for five years at least.",
        "D.C. Code 2-578; D.C. Law 22-313",
        "engagement.bodymeeting",
        fate=ARCHIVES,
        stays="It goes to the archives and is not destroyed: what a public body decided stays open "
        "to all.",
    ),
    RecordClass(
        "calendar",
        "Events, shifts and walks",
        "When and where something was, who was invited and who came.",
        "on the day of the event",
        36,
        "Hours and attendance are compared from year to year.",
        f"Proposed. {SCHEDULES}",
        "calendar.event",
        stays="Hours, attendance and contacts are counted from events year by year, and issues, "
        "plans, walks and minutes hang on them. It goes only once it is said what of an event "
        "may go without changing a number that was told.",
    ),
    RecordClass(
        "community",
        "Groups, programs and referrals",
        "Members, plans, advice that was given, services that somebody was referred to.",
        "when the group, program or referral ended",
        36,
        "Members and those who were referred may come back.",
        f"Proposed. {SCHEDULES}",
        "engagement.group",
        stays="A group, a plan or a referral names people who are still here and may come back. It "
        "goes only together with them, and who they are is kept by People and organizations.",
    ),
    RecordClass(
        "news",
        "Subscriptions",
        "Who gets news of what, and how they agreed to it.",
        "when somebody ended it",
        36,
        "It shows that mail was wanted.",
        f"Proposed. {SCHEDULES}",
        "engagement.subscriber",
        stays="That an address stopped its news is kept, so that nobody writes to it again by "
        "mistake. An address that never confirmed is sent nothing.",
    ),
    RecordClass(
        "directory",
        "People and organizations",
        "Names, how to reach them, what they agreed to, the seats they held.",
        "when nothing else names them",
        36,
        "A seat is remembered when its holder has left.",
        f"Proposed. {SCHEDULES}",
        "directory.party",
        stays="Somebody goes with the last issue that names them. Whoever held a seat, or is named "
        "by anything else, is part of that record.",
    ),
    RecordClass(
        "staff",
        "Staff of the office",
        "Terms, training, residency, rotas, hours and swaps.",
        "when somebody left",
        72,
        "Claims about pay and leave may still come.",
        f"Proposed. {SCHEDULES}",
        "office.term",
        stays="What somebody's time here, training or proof of residency says goes on the page of "
        "whoever left. Rotas, hours and handovers are needed for claims about pay, and show "
        "who was answerable.",
    ),
    RecordClass(
        "money",
        "Funds and budgets",
        "Allocations, commitments, payments and submissions.",
        "when the fiscal year ended",
        72,
        "Six years after the last payment.",
        f"Proposed. {SCHEDULES}. Model: National Archives, General Records Schedule 1.1, item 010",
        "office.fundline",
        stays="Lines of a fund add up from the first one: taking an old one out would change what "
        "is left of money that is still spent.",
    ),
    RecordClass(
        "reports",
        "Reports that were signed",
        "Weekly reports, roll-ups, packets and the rows that they were frozen from.",
        "when it was signed",
        None,
        "A number that was told can be rebuilt.",
        f"Proposed. {SCHEDULES}",
        "reporting.edition",
        fate=ARCHIVES,
        stays="It is kept for good: a number that was told can be rebuilt.",
    ),
    RecordClass(
        "access",
        "Who may do what",
        "Sign-ins, roles, seals and API keys.",
        "when the sign-in was closed",
        72,
        "It shows who could do what, and when.",
        f"Proposed. {SCHEDULES}. Model: National Archives, General Records Schedule 3.2, item 030",
        "access.user",
        stays="Every line of the ledger says who acted by the number of a sign-in: without it "
        "nobody could say any more who that was. Old forms and counts of tries are forgotten "
        "by themselves.",
    ),
    RecordClass(
        "ledger",
        "The ledger",
        "Every change, with who made it and when. What of it belongs to somebody goes with the"
        " record that it is about.",
        "never",
        None,
        "It proves that nothing else was changed.",
        f"Proposed. {SCHEDULES}",
        "ledger.entry",
        fate=ARCHIVES,
        stays="It is kept for good. What of a line belongs to somebody goes with the record that"
        " it is about.",
    ),
    RecordClass(
        "disposals",
        "Schedules, holds and disposals",
        "What was kept for how long, what had to be kept longer, and what was destroyed.",
        "never",
        None,
        "It proves that what is gone went by law.",
        f"Proposed. {SCHEDULES}",
        "retention.disposal",
        fate=ARCHIVES,
        stays="It is kept for good: it proves that what is gone went by law.",
    ),
)
CLASSES: Mapping[str, RecordClass] = {one.code: one for one in ALL}
LISTED_CLASSES = tuple(one.code for one in ALL if one.goes_by == LISTS)
