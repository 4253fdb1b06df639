"""A campaign with a ward's part in it, whose plan slips and is revised, and what led to that.

Three agencies follow each other: board up, then clean, then light. The first promise moves, so
everything moves; the office revises the plan, and an improvement agreed at the table led to it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from wardroom.access.actor import Stamp
from wardroom.city.queries import get_ward
from wardroom.demonstration.loader import Plan, stamp_of
from wardroom.directory.models import Party
from wardroom.directory.queries import get_agency
from wardroom.fieldwork.models import CheckRound
from wardroom.matters.actions import accept_ask, move_promise, report_done
from wardroom.matters.models import Ask, Matter
from wardroom.plans.actions import (
    adopt_plan,
    agree_improvement,
    note_evidence,
    open_initiative,
    trace_improvement,
    verify_step,
)
from wardroom.plans.models import PlanStep, WorkPlan
from wardroom.plans.rules import StepDraft

FIVE = "5"
DIRECTOR = "director@wardroom.example"
LIAISON = f"liaison{FIVE}@wardroom.example"
TITLE = "No open house before winter"
PART = "Open houses along the rail line"
ABOUT = (
    "Open houses draw dumping, and dark alleys behind them keep it going. Each agency did its "
    "part alone and too late for the next one."
)


def show_plans(plan: Plan) -> int:
    """A campaign, its part in Ward 5, and two improvements; how many of them there are."""
    if not Matter.objects.filter(kind="campaign").exists():
        part = _open(plan)
        first = _adopt(plan, part)
        _slip(plan, part)
        _improve(plan, _revise(plan, part, first))
    return Matter.objects.filter(kind__in=("campaign", "initiative", "improvement")).count()


def _open(plan: Plan) -> Matter:
    stamp = _at(plan, DIRECTOR, days=40)
    campaign = open_initiative(
        None,
        kind="campaign",
        title=TITLE,
        about=ABOUT,
        lead=_party(DIRECTOR),
        next_on=plan.end + timedelta(days=20),
        next_step="Hear from each ward how far it is",
        stamp=stamp,
    )
    return open_initiative(
        campaign,
        kind="initiative",
        title=PART,
        about="Four open houses with an alley behind them that is dumped on every week.",
        lead=_party(LIAISON),
        next_on=plan.end + timedelta(days=5),
        next_step="Write the plan with the three agencies",
        ward=get_ward(FIVE, plan.end),
        stamp=replace(stamp, at=stamp.at + timedelta(hours=1)),
    )


def _adopt(plan: Plan, part: Matter) -> WorkPlan:
    return adopt_plan(
        part,
        objective="The four houses are shut, and the alley behind them stays clean and lit",
        measure="Episodes of dumping a month along the rail line",
        baseline=9.0,
        target=3.0,
        target_on=plan.end + timedelta(days=120),
        review_on=_day(plan, 2),
        cause="The alley is dark and the houses stand open, so nobody sees who dumps there",
        steps=[
            StepDraft("DOB", "Board up the four houses", "Property maintenance code",
                      _day(plan, 14), days=3, owner_name="Vacant buildings desk"),
            StepDraft("DPW", "Clear the alley from end to end", "Solid waste rules",
                      _day(plan, 8), after=(1,), days=2, owner_name="Alley crew, north"),
            StepDraft("DDOT", "Mend the three lights in the alley", "Right-of-way rules",
                      _day(plan, -6), after=(1, 2), days=4, cost="About $2,400, street lights"),
        ],
        stamp=_at(plan, LIAISON, days=34),
    )  # fmt: skip


def _slip(plan: Plan, part: Matter) -> None:
    """Each agency promises; the first promise moves, is kept late, and somebody else looks."""
    for code, promised in (
        ("DOB", _day(plan, 12)),
        ("DPW", _day(plan, 6)),
        ("DDOT", _day(plan, -8)),
    ):
        ask = Ask.objects.get(matter=part, agency_code=code)
        accept_ask(ask, promised_on=promised, stamp=_at(plan, _partner(code), days=30))
    boards = Ask.objects.get(matter=part, agency_code="DOB")
    moved = _at(plan, _partner("DOB"), days=13)
    why = "The owner's lawyer asked for another hearing"
    move_promise(boards, promised_on=_day(plan, 3), reason=why, stamp=moved)
    done = _at(plan, _partner("DOB"), days=4)
    report_done(boards, disposition="fixed", text="All four are shut.", stamp=done)
    step = PlanStep.objects.get(ask=boards)
    seen = _at(plan, DIRECTOR, days=3)
    note = "Walked past all four: boards up, doors shut."
    verify_step(step, finding="fixed", seen_at=seen.at, note=note, stamp=seen)
    cleaning = Ask.objects.get(matter=part, agency_code="DPW")
    late = _at(plan, _partner("DPW"), days=10)
    words = "We come once the houses are shut"
    move_promise(cleaning, promised_on=_day(plan, -3), reason=words, stamp=late)


def _revise(plan: Plan, part: Matter, first: WorkPlan) -> WorkPlan:
    return adopt_plan(
        part,
        objective=first.objective,
        measure=first.measure,
        baseline=first.baseline,
        target=first.target,
        target_on=first.target_on,
        review_on=plan.end + timedelta(days=14),
        cause=first.cause,
        reason="The boards came nine days late, and the alley fills again while it waits for light",
        steps=[
            StepDraft("DPW", "Pass by every Friday until the lights work", "Solid waste rules",
                      plan.end + timedelta(days=30), after=(2,), owner_name="Alley crew, north"),
        ],
        stamp=_at(plan, LIAISON, days=2),
    )  # fmt: skip


def _improve(plan: Plan, revised: WorkPlan) -> None:
    rounds = CheckRound.objects.filter(stops__ward_code=FIVE).order_by("pk").first()
    stamp = _at(plan, LIAISON, days=3)
    agreed = agree_improvement(
        get_agency("DPW"),
        wording="Tell the ward's liaison on the day a clearing crew is put off",
        authority="The crew schedule, which the agency sets itself",
        agreed_on=_day(plan, 4),
        found_by="Of the stops that were checked, those called done late were the ones not fixed",
        found_noun="round" if rounds else "",
        found_key=str(rounds.pk) if rounds else "",
        owner=_party(LIAISON),
        next_on=plan.end + timedelta(days=18),
        ward=get_ward(FIVE, plan.end),
        stamp=stamp,
    )
    trace_improvement(agreed.matter, plan=revised, stamp=_at(plan, LIAISON, days=1))
    gate = agree_improvement(
        None,
        entity_name="The school at the end of the alley",
        wording="Lock the gate to the alley at ten in the evening",
        authority="The gate stands on the school's own ground",
        agreed_on=_day(plan, 20),
        found_by="The walk in October found fresh bags every morning and none at closing time",
        owner=_party(LIAISON),
        next_on=plan.end + timedelta(days=9),
        ward=get_ward(FIVE, plan.end),
        stamp=_at(plan, LIAISON, days=19),
    )
    seen = "Locked on three evenings in a row."
    stamp = _at(plan, LIAISON, days=5)
    note_evidence(gate.matter, evidence=seen, seen_on=_day(plan, 5), stamp=stamp)


def _day(plan: Plan, back: int) -> date:
    return plan.end - timedelta(days=back)


def _at(plan: Plan, email: str, *, days: int) -> Stamp:
    return stamp_of(email, plan.now - timedelta(days=days))


def _partner(code: str) -> str:
    return f"partner.{code.lower()}@wardroom.example"


def _party(email: str) -> Party:
    return Party.objects.get(user__email=email)
