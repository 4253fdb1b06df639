"""Six weeks of work in the schematic district, so that every page has something to show.

The people of the demonstration decide, ask, answer, decline, counter, stay silent and look,
each by the house's own actions, at times in the past. Most candidates stay undecided.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from wardroom.access.actor import SYSTEM, Stamp, Window
from wardroom.casework.models import Issue
from wardroom.demonstration.alerts import show_alerts
from wardroom.demonstration.authorities import show_authorities
from wardroom.demonstration.bodies import show_bodies
from wardroom.demonstration.checking import show_spot_checks
from wardroom.demonstration.citizens import show_citizens, show_groups_at_work
from wardroom.demonstration.commissions import show_commissions, show_notices, show_programs
from wardroom.demonstration.complaints import show_complaints
from wardroom.demonstration.contacts import show_contacts
from wardroom.demonstration.duty import show_rota
from wardroom.demonstration.elsewhere import show_endpoints
from wardroom.demonstration.evaluating import show_evaluation
from wardroom.demonstration.groups import show_groups
from wardroom.demonstration.hiring import show_hiring
from wardroom.demonstration.incidents import show_incidents
from wardroom.demonstration.judged import show_trials, show_verdicts
from wardroom.demonstration.keys import show_keys
from wardroom.demonstration.leaving import show_handover
from wardroom.demonstration.listings import show_referrals, show_services
from wardroom.demonstration.loader import Plan, actor_of, stamp_of
from wardroom.demonstration.mail import show_mail
from wardroom.demonstration.measuring import show_measures
from wardroom.demonstration.meeting import show_meetings
from wardroom.demonstration.money import pay_positions, show_money
from wardroom.demonstration.news import show_news
from wardroom.demonstration.nights import show_nights
from wardroom.demonstration.outreach import show_outreach
from wardroom.demonstration.planning import show_plans
from wardroom.demonstration.policies import show_policies
from wardroom.demonstration.promises import show_papers, show_promises
from wardroom.demonstration.publishing import show_public_texts
from wardroom.demonstration.records import show_records
from wardroom.demonstration.reports import show_reports
from wardroom.demonstration.residents import show_residents
from wardroom.demonstration.retention import show_retention
from wardroom.demonstration.returning import show_returns
from wardroom.demonstration.sharing import show_evenings
from wardroom.demonstration.staff import show_staff
from wardroom.demonstration.targets import show_targets
from wardroom.demonstration.triage import show_triage
from wardroom.demonstration.visits import show_visits
from wardroom.demonstration.walking import show_walks
from wardroom.demonstration.weighting import show_weights
from wardroom.fieldwork.actions import record_check
from wardroom.matters.actions import (
    accept_ask,
    counter_ask,
    decline_ask,
    report_done,
    set_next_step,
)
from wardroom.matters.models import Ask, Matter
from wardroom.notices.models import Received
from wardroom.plans.actions import adopt_plan
from wardroom.plans.rules import StepDraft
from wardroom.problems.actions import decide_candidate
from wardroom.problems.gateways import detect
from wardroom.problems.models import Candidate, Decision, Detection
from wardroom.problems.queries import CandidateRow, Chosen, candidate_page, get_candidate

WEEKS_BACK = timedelta(days=42)
FIVE = "5"
STEPS = {
    "DPW": ("Clear what lies there and pass by every week", "Solid waste rules"),
    "DDOT": ("Mend what belongs to the street here", "Right-of-way rules"),
    "DOB": ("Inspect the building and bring its owner to act", "Property maintenance code"),
    "DOH": ("Bait the burrows and come back until nothing moves", "Rodent control rules"),
    "MPD": ("Pass by in the evenings and say what you see", "Community policing"),
    "DPR": ("Clean the edge of the park and look after it", "Park rules"),
    "DCWATER": ("Clean the catch basins and look at the pipe", "Sewer rules"),
}


@dataclass(frozen=True)
class Answer:
    """What an agency of the demonstration does with what it is asked; nothing is silence."""

    does: str
    after_days: int = 0
    days: int = 0
    words: str = ""


@dataclass(frozen=True)
class Story:
    """How the work at one place went: the answers in the order of the asks, and the look."""

    ward: str
    answers: tuple[Answer, ...]
    finding: str
    rating: int
    note: str


STORIES = (
    Story(
        FIVE,
        (
            Answer("accept", 2, 45, "Our crew has it on its route from next week."),
            Answer("counter", 5, 75, "The parts come in next month; we can be there after that."),
            Answer("decline", 4, 0, "This needs more than a repair; it is filed for the budget."),
            Answer("silence"),
        ),
        "partly",
        2,
        "Walked past at nine in the morning; better than last month, not yet good.",
    ),
    Story(
        FIVE,
        (
            Answer("done", 3, 14, "Done on Thursday, two of us."),
            Answer("accept", 6, 20, "A crew is booked."),
            Answer("silence"),
        ),
        "not_fixed",
        3,
        "The agency says done; it looks as it did before.",
    ),
    *(
        Story(
            ward,
            (Answer("accept", 3, 50, "On our list."), Answer("done", 4, 20, "Done."), Answer("")),
            "clean",
            1,
            "Clean on both sides; the neighbours had noticed, too.",
        )
        for ward in ("1", "7", "8")
    ),
)
WATCHED = "A new building site next door explains most of it; it should be over by spring."
REFUSED = "The house changed hands last month, and the new owner has cleared it."


def show_work(plan: Plan, *, say: Callable[[str], None]) -> None:
    """Rank, decide, ask, answer, look, and draft this week's reports."""
    say(f"evaluations: {show_trials(plan)} from before")
    back = plan.now - WEEKS_BACK
    if not Detection.objects.filter(ran_at=back).exists():
        detect(as_of=back, stamp=_house(back))
    started = sum(_begin(plan, story) for story in _stories_to_tell(plan))
    decided = Decision.objects.filter(verdict__in=("watch", "refuse")).count()
    if not decided:
        _decide(plan, FIVE, 1, "watch", WATCHED)
        _decide(plan, FIVE, 1, "refuse", REFUSED)
    say(f"work: {started} places designated, with plans, asks, answers and a look at each")
    if not Detection.objects.filter(ran_at=plan.now).exists():
        detect(stamp=_house(plan.now))
    say(f"candidates: {Candidate.objects.filter(detection__ran_at=plan.now).count()} ranked")
    say(f"locations left, relapsed and nominated: {show_returns(plan)}")
    say(f"texts for the public: {show_public_texts(plan)} places with their plan")
    say(f"weights of the office's own order: set {show_weights(plan)} time")
    say(f"spot checks: {show_spot_checks(plan)} rounds drawn")
    say(f"initiatives and improvements: {show_plans(plan)} at work")
    say(f"services that people are sent to: {show_services(plan)}")
    say(f"referrals to services: {show_referrals(plan)}")
    say(f"policies: {show_policies(plan)} things said about two of them")
    say(f"hiring: {show_hiring(plan)} applications to one posting")
    say(f"commissions: {show_papers(plan)} papers; {show_promises(plan)} promises made in public")
    say(f"citizen groups: {show_citizens(plan)} called together")
    say(f"help for groups: {show_groups_at_work(plan)} under way")
    say(f"public bodies: {show_bodies(plan)} meetings")
    say(f"events with the Mayor: {show_visits(plan)} requests")
    say(f"news: {show_news(plan)} subscribers, and a letter to many that waits")
    say(f"evaluations: {show_evaluation(plan)} registered, {show_verdicts(plan)} looked at")
    say(f"other authorities: {show_authorities(plan)} to call about what is not the city's")
    if not Issue.objects.exists():
        say(f"complaints: taken in for {show_complaints(plan)} wards")
        say(f"triage: one next step on {show_triage(plan)} issues")
        say(f"reports from residents: {show_residents(plan)} voices at a dozen places")
    say(f"walks: {show_walks(plan)} drawn in Ward 5, one of them over")
    say(f"contacts: {show_contacts(plan)} written down")
    say(f"core teams: {show_meetings(plan)} meetings of Ward 5 are over")
    say(f"calendar: {show_evenings(plan)} evenings where somebody speaks for the Mayor")
    say(f"records: {show_records(plan)} requests for them")
    say(f"retention: {show_retention(plan)} legal hold")
    if things := show_handover(plan):
        say(f"handover: {things} things of the liaison of Ward 8")
    if not Received.objects.exists():
        say(f"mail: {show_mail(plan)} messages came in")
    say(f"another Open311 server: {show_endpoints(plan)} requests sent to it")
    say(f"directory: {show_groups(plan)} commissions, groups and agencies")
    say(f"outreach: {show_outreach(plan)} plans")
    say(f"ANC meetings: {show_commissions(plan)} of ANC 5B, one with its packet")
    say(f"notices to ANCs: {show_notices(plan)} owed by agencies")
    say(f"programs: {show_programs(plan)} that commitments are checked against")
    say(f"alerts: {show_alerts(plan)} of other authorities, one of them an incident")
    say(f"rota: {show_rota(plan)} shifts to come, one of them a gap")
    say(f"incidents: {show_incidents(plan)} over, {show_nights(plan)} open")
    say(f"measures of the office: {show_targets(plan)} with a target")
    say(f"money: {show_money(plan)} funds, those that exist and those proposed")
    say(f"API keys: {show_keys(plan)} live")
    say(f"the office's own people: {show_staff(plan)} positions, terms and clocks")
    pay_positions(plan)
    say(f"measures: kept at {show_measures(plan)} month ends and today")
    say(f"reports: {show_reports(plan)}, those of two weeks signed and this week's drafted")


def _stories_to_tell(plan: Plan) -> tuple[Story, ...]:
    """The stories that an earlier load, which was cut off, did not begin."""
    at = plan.now - WEEKS_BACK + timedelta(days=1)
    told = Matter.objects.filter(persistent_location__decision__decided_at=at)
    begun = list(told.order_by("pk").values_list("ward_code", flat=True))
    left = []
    for story in STORIES:
        if story.ward in begun:
            begun.remove(story.ward)
        else:
            left.append(story)
    return tuple(left)


def _begin(plan: Plan, story: Story) -> bool:
    """Designate a place that several agencies share, plan the work, and let it run."""
    at = plan.now - WEEKS_BACK + timedelta(days=1)
    rows = _undecided(story.ward, at)[:5]
    if not rows:
        return False
    shared = [sum(a in STEPS for a in row.agencies[:4]) for row in rows]
    place = shared.index(max(shared))
    row = rows[place]
    matter = _decide(
        plan, story.ward, place, "designate", "It keeps coming back, and no agency ends it alone."
    )
    agencies = [a for a in row.agencies if a in STEPS][: len(story.answers)]
    if matter is None or not agencies:
        return False
    _adopt(plan, story, matter, row, agencies)
    for agency, answer in zip(agencies, story.answers, strict=False):
        _answer(matter, agency, answer, plan.now - WEEKS_BACK + timedelta(days=2))
    _look(plan, story, matter)
    return True


def _undecided(ward: str, at: datetime) -> tuple[CandidateRow, ...]:
    actor = actor_of(f"liaison{ward}@wardroom.example", at)
    return candidate_page(actor, on=at.date(), chosen=Chosen(ward=ward)).rows


def _decide(plan: Plan, ward: str, place: int, verdict: str, reason: str) -> Matter | None:
    at = plan.now - WEEKS_BACK + timedelta(days=1)
    email = f"liaison{ward}@wardroom.example"
    rows = _undecided(ward, at)
    if not rows:
        return None
    soon = at.date() + timedelta(days=60)
    decision = decide_candidate(
        get_candidate(rows[min(place, len(rows) - 1)].id, actor_of(email, at)),
        verdict=verdict,
        reason=reason,
        look_again_on=soon if verdict == "watch" else None,
        next_on=soon if verdict == "designate" else None,
        stamp=stamp_of(email, at),
    )
    return Matter.objects.filter(persistent_location__spells__decision=decision).first()


def _adopt(
    plan: Plan, story: Story, matter: Matter, row: CandidateRow, agencies: list[str]
) -> None:
    begins = plan.now - WEEKS_BACK + timedelta(days=2)
    due = begins.date() + timedelta(days=30)
    monthly = round(row.episodes / 12, 1)
    adopt_plan(
        matter,
        objective="Half as many episodes in six months, without moving the trouble next door",
        measure="Episodes a month",
        baseline=monthly,
        target=round(monthly / 2, 1),
        target_on=plan.end + timedelta(days=150),
        review_on=plan.end + timedelta(days=21),
        cause="Nobody looks after the place between the visits of the agencies",
        steps=[_step(agency, due) for agency in agencies],
        stamp=stamp_of(f"liaison{story.ward}@wardroom.example", begins),
    )


def _step(agency: str, due_on: date) -> StepDraft:
    wording, authority = STEPS[agency]
    return StepDraft(agency_code=agency, wording=wording, authority=authority, due_on=due_on)


def _answer(matter: Matter, agency: str, answer: Answer, asked_at: datetime) -> None:
    ask = Ask.objects.get(matter=matter, party__code=agency)
    at = asked_at + timedelta(days=answer.after_days)
    stamp = stamp_of(f"partner.{agency.lower()}@wardroom.example", at)
    promised = at.date() + timedelta(days=answer.days)
    match answer.does:
        case "decline":
            decline_ask(ask, code="needs_capital_project", text=answer.words, stamp=stamp)
        case "counter":
            counter_ask(ask, counter_on=promised, text=answer.words, stamp=stamp)
        case "accept" | "done":
            accept_ask(ask, promised_on=promised, text=answer.words, stamp=stamp)
    if answer.does == "done":
        done = replace(stamp, at=at + timedelta(days=answer.days - 1))
        report_done(ask, disposition="temporary", text=answer.words, stamp=done)


def _look(plan: Plan, story: Story, matter: Matter) -> None:
    email = f"liaison{story.ward}@wardroom.example"
    seen = plan.now - timedelta(days=2)
    record_check(
        matter,
        finding=story.finding,
        rating=story.rating,
        note=story.note,
        seen_at=seen,
        stamp=stamp_of(email, seen + timedelta(hours=2)),
    )
    set_next_step(
        matter,
        next_on=plan.end + timedelta(days=6),
        next_step="Walk the place with the agencies that are late",
        stamp=stamp_of(email, seen + timedelta(hours=3)),
    )


def _house(at: datetime) -> Stamp:
    return Stamp(actor=SYSTEM, at=at, window=Window.SHELL)
