"""Six weeks of work in the schematic district, so that every page has something to show.

The people of the demonstration decide, ask, answer, decline, counter, stay silent and look,
each by the house's own actions, at times in the past.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from wardroom.access.actor import SYSTEM, Stamp, Window
from wardroom.demonstration.loader import Plan, actor_of, stamp_of
from wardroom.directory.models import Party
from wardroom.fieldwork.actions import record_check
from wardroom.kernel.errors import Refused
from wardroom.matters.actions import accept_ask, counter_ask, decline_ask, report_done
from wardroom.matters.models import Ask, Matter
from wardroom.plans.actions import adopt_plan
from wardroom.plans.models import WorkPlan
from wardroom.plans.rules import StepDraft
from wardroom.problems.actions import decide_candidate, run_detection
from wardroom.problems.models import Detection
from wardroom.problems.queries import candidate_page, get_candidate
from wardroom.reporting.actions import draft_weekly_report
from wardroom.reporting.queries import this_week

WEEKS_BACK = timedelta(days=42)
STEPS = {
    "DPW": ("Clear what was dumped and pass by every week", "Solid waste rules"),
    "DDOT": ("Repair the streetlights and the broken surface", "Right-of-way rules"),
    "DOB": ("Inspect the building and bring its owner to act", "Property maintenance code"),
    "DOH": ("Bait the burrows and come back until nothing moves", "Rodent control rules"),
    "MPD": ("Pass by in the evenings and say what you see", "Community policing"),
    "DPR": ("Clean and light the edge of the park", "Park rules"),
    "DCWATER": ("Clean the catch basins and look at the pipe", "Sewer rules"),
}
ALWAYS = ("DPW", "DDOT", "DOB", "DOH")


@dataclass(frozen=True)
class Answer:
    """What an agency of the demonstration does with what it is asked."""

    does: str
    after_days: int
    days: int = 0
    words: str = ""


FIRST_PLACE = {
    "DPW": Answer("accept", 2, 45, "Our alley crew has it on its route."),
    "DDOT": Answer("counter", 5, 75, "The lamp heads come in next month."),
    "DOB": Answer("decline", 4, 0, "The owner pays his taxes and answers our letters."),
}
SECOND_PLACE = {
    "DPW": Answer("done", 3, 14, "Cleared on Thursday, two truckloads."),
    "DDOT": Answer("accept", 6, 20, "Work order opened."),
}


def show_work(plan: Plan, *, say: Callable[[str], None]) -> None:
    """Rank, decide, ask, answer, look, and draft this week's reports."""
    back = plan.now - WEEKS_BACK
    if not Detection.objects.filter(ran_at=back).exists():
        run_detection(None, as_of=back, stamp=_house(back))
    if not WorkPlan.objects.exists():
        _designate(plan, "5", 0, FIRST_PLACE)
        _designate(plan, "5", 0, SECOND_PLACE)
        for ward in ("1", "7", "8"):
            _designate(plan, ward, 0, SECOND_PLACE)
        _decide(plan, "5", 0, "watch", "Two blocks away from a new building site.")
        _decide(plan, "5", 0, "refuse", "The requests are about one loud party.")
    say("work: places designated in wards 1, 5, 7 and 8, with plans, asks and answers")
    if not Detection.objects.filter(ran_at=plan.now).exists():
        run_detection(None, stamp=_house(plan.now))
    say("candidates ranked")
    draft_reports(plan)
    say("this week's report of each ward drafted")


def draft_reports(plan: Plan) -> None:
    """Draft the running week's report of every ward."""
    week = this_week(plan.now).name
    for ward in ("1", "2", "3", "4", "5", "6", "7", "8"):
        try:
            draft_weekly_report(None, ward_code=ward, week=week, stamp=_house(plan.now))
        except Refused:
            continue


def _house(at: datetime) -> Stamp:
    return Stamp(actor=SYSTEM, at=at, window=Window.SHELL)


def _decide(plan: Plan, ward: str, place: int, verdict: str, reason: str) -> Matter | None:
    at = plan.now - WEEKS_BACK + timedelta(days=1)
    email = f"liaison{ward}@wardroom.example"
    actor = actor_of(email, at)
    rows = candidate_page(actor, on=at.date(), ward=ward, decided="undecided").rows
    if place >= len(rows):
        return None
    soon = at.date() + timedelta(days=60)
    decision = decide_candidate(
        get_candidate(rows[place].id, actor),
        verdict=verdict,
        reason=reason,
        look_again_on=soon if verdict == "watch" else None,
        next_on=soon if verdict == "designate" else None,
        stamp=stamp_of(email, at),
    )
    return Matter.objects.filter(persistent_location__decision=decision).first()


def _designate(plan: Plan, ward: str, place: int, answers: dict[str, Answer]) -> None:
    reason = "It keeps coming back, and no agency can end it alone."
    matter = _decide(plan, ward, place, "designate", reason)
    if matter is None:
        return
    begins = plan.now - WEEKS_BACK + timedelta(days=2)
    email = f"liaison{ward}@wardroom.example"
    agencies = [a for a in ALWAYS if a in answers or a == "DOH"]
    due = begins.date() + timedelta(days=30)
    adopt_plan(
        matter,
        objective="Half as many episodes in six months, without moving the trouble next door",
        measure="Episodes a month",
        baseline=4.0,
        target=2.0,
        target_on=plan.end + timedelta(days=150),
        review_on=plan.end + timedelta(days=21),
        cause="Nobody looks after the place between the visits of the agencies",
        steps=[_step(agency, due) for agency in agencies],
        stamp=stamp_of(email, begins),
    )
    for agency, answer in answers.items():
        _answer(matter, agency, answer, begins)
    seen = plan.now - timedelta(days=2)
    finding, rating = ("partly", 2) if "DOB" in answers else ("not_fixed", 3)
    record_check(
        matter,
        finding=finding,
        rating=rating,
        note="Walked past at nine in the morning; fresh bags by the wall.",
        seen_at=seen,
        stamp=stamp_of(email, seen + timedelta(hours=2)),
    )


def _step(agency: str, due: date) -> StepDraft:
    wording, authority = STEPS[agency]
    return StepDraft(agency_code=agency, wording=wording, authority=authority, due_on=due)


def _answer(matter: Matter, agency: str, answer: Answer, asked_at: datetime) -> None:
    party = Party.objects.get(code=agency)
    ask = Ask.objects.get(matter=matter, party=party)
    at = asked_at + timedelta(days=answer.after_days)
    stamp = stamp_of(f"partner.{agency.lower()}@wardroom.example", at)
    promised = at.date() + timedelta(days=answer.days)
    if answer.does == "decline":
        decline_ask(ask, code="owner_is_private", text=answer.words, stamp=stamp)
    elif answer.does == "counter":
        counter_ask(ask, counter_on=promised, text=answer.words, stamp=stamp)
    else:
        accept_ask(ask, promised_on=promised, text=answer.words, stamp=stamp)
    if answer.does == "done":
        done = replace(stamp, at=at + timedelta(days=answer.days - 1))
        report_done(ask, disposition="temporary", text=answer.words, stamp=done)
