"""What commissions of Ward 5 voted and sent, how far the answers are, and what was promised."""

from __future__ import annotations

from datetime import date, timedelta

from wardroom.access.actor import Stamp
from wardroom.city.queries import get_ward
from wardroom.demonstration.loader import Plan, stamp_of
from wardroom.directory.models import Party
from wardroom.directory.queries import get_agency
from wardroom.engagement.actions import (
    answer_concern,
    confirm_commitment,
    hear_commitment,
    keep_commitment,
    note_letter,
    publish_commitment,
    take_in_paper,
)
from wardroom.engagement.models import CommissionPaper, Commitment, Concern
from wardroom.matters.models import Matter

FIVE = "5"
DIRECTOR = "director@wardroom.example"
LIAISON = f"liaison{FIVE}@wardroom.example"


def show_papers(plan: Plan) -> int:
    """A proposal that waits for its status report and a recommendation half answered."""
    if not CommissionPaper.objects.exists():
        proposal = _paper(
            plan,
            "anc_proposal",
            "Close the alley behind the market to trucks at night",
            ["Trucks idle under bedrooms from ten in the evening", "The alley light is out"],
            days=30,
        )
        note_letter(
            proposal,
            letter="acknowledgment",
            sent_on=_day(plan, 24),
            text="We have the proposal and look into both points with DDOT.",
            to_commission=True,
            stamp=_at(plan, LIAISON, days=24),
        )
        advice = _paper(
            plan,
            "anc_recommendation",
            "Keep the Saturday bulk pick-up on the avenue",
            ["Bulk is left for days without it", "Older residents cannot carry it to the site"],
            days=9,
        )
        concern = Concern.objects.get(paper__matter=advice, position=1)
        answer_concern(
            concern,
            finding="accepted",
            text="DPW keeps the pick-up until spring, and counts what is left on Mondays.",
            stamp=_at(plan, LIAISON, days=4),
        )
    return CommissionPaper.objects.count()


def show_promises(plan: Plan) -> int:
    """A promise that waits to be confirmed, one nobody spoke of since, and one that was kept."""
    if not Commitment.objects.exists():
        _heard(plan, "We will come back in three weeks and count the cans with you", days=2)
        silent = _heard(plan, "We will put two more cans on the corner before winter", days=25)
        _confirmed(plan, silent, days=23)
        publish_commitment(
            silent,
            public_text="Two more cans will stand on the corner before winter.",
            stamp=_at(plan, DIRECTOR, days=22),
        )
        kept = _heard(plan, "We will have the lot mowed before the block party", days=60)
        _confirmed(plan, kept, days=58)
        publish_commitment(
            kept,
            public_text="The lot will be mowed before the block party.",
            stamp=_at(plan, DIRECTOR, days=58),
        )
        keep_commitment(
            kept,
            evidence="The lot was mowed when we passed it, two days before the party.",
            told="The commission, at its meeting",
            stamp=_at(plan, LIAISON, days=48),
        )
    return Commitment.objects.count()


def _paper(plan: Plan, kind: str, title: str, concerns: list[str], *, days: int) -> Matter:
    paper = take_in_paper(
        None,
        kind=kind,
        anc_code="5B",
        title=title,
        concerns=concerns,
        received_on=_day(plan, days),
        voted_on=_day(plan, days + 5),
        yes=7,
        no=1,
        owner=_party(LIAISON),
        next_on=plan.end + timedelta(days=6),
        ward=get_ward(FIVE, plan.end),
        stamp=_at(plan, LIAISON, days=days),
    )
    return paper.matter


def _heard(plan: Plan, wording: str, *, days: int) -> Matter:
    heard = hear_commitment(
        get_agency("DPW"),
        wording=wording,
        maker="agency",
        maker_name="The deputy director of DPW",
        made_to="ANC 5B",
        said_on=_day(plan, days),
        where="the commission's meeting",
        due_on=plan.end + timedelta(days=20),
        owner=_party(LIAISON),
        next_on=plan.end + timedelta(days=5),
        ward=get_ward(FIVE, plan.end),
        stamp=_at(plan, LIAISON, days=days),
    )
    return heard.matter


def _confirmed(plan: Plan, matter: Matter, *, days: int) -> None:
    row = matter.commitment
    confirm_commitment(
        matter,
        wording=row.wording,
        due_on=row.due_on,
        next_on=plan.end + timedelta(days=5),
        stamp=_at(plan, DIRECTOR, days=days),
    )


def _day(plan: Plan, back: int) -> date:
    return plan.end - timedelta(days=back)


def _at(plan: Plan, email: str, *, days: int) -> Stamp:
    return stamp_of(email, plan.now - timedelta(days=days))


def _party(email: str) -> Party:
    return Party.objects.get(user__email=email)
