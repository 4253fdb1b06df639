"""What the demonstration's office tried before: one evaluation judged, and one half way.

They were decided, registered and judged then, by what was known then. Nothing helped or
harmed at these places in the generated requests, and the judge does not know that. The places
of Ward 5 are left to its liaison, who has much to show.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from wardroom.access.actor import SYSTEM, Stamp, Window
from wardroom.demonstration.loader import Plan, stamp_of
from wardroom.demonstration.rhythm import ZONE
from wardroom.matters.actions import close_matter
from wardroom.problems.actions import decide_candidate, keep_false_alarms
from wardroom.problems.gateways import detect
from wardroom.problems.gateways.drafting import Wanted
from wardroom.problems.gateways.evaluating import give_verdict
from wardroom.problems.gateways.foreseeing import register_wanted
from wardroom.problems.gateways.trying import try_judge
from wardroom.problems.models import (
    Candidate,
    Detection,
    Evaluation,
    FalseAlarmCheck,
    PersistentLocation,
)

DIRECTOR = "director@wardroom.example"
WHY = "One of the worst places of the city; it is in the test."
FEWEST, MONTHS = 3, 12
FIVE = "5"


@dataclass(frozen=True)
class Trial:
    """What was tried, so many months ago, at how many of the worst places at most."""

    title: str
    months_ago: int
    places: int


TRIALS = (
    Trial("A sweep every Friday, and cameras at the corners", 14, 20),
    Trial("Bins with lids, and a word with every owner", 5, 10),
)


def show_trials(plan: Plan) -> int:
    """Register what was tried before, in the order of time; how many there are."""
    return sum(_registered(plan, trial) for trial in TRIALS)


def show_verdicts(plan: Plan) -> int:
    """Judge what is due by now, close what was judged, and try the judge; how many readings."""
    read = 0
    for trial in TRIALS:
        for evaluation in Evaluation.objects.filter(title=trial.title, withdrawn_at=None):
            at = min(_noon(evaluation.verdict_on), plan.now)
            read += give_verdict(evaluation.pk, stamp=_house(at)) is not None
            if evaluation.verdicts.filter(interim=False).exists():
                _close(evaluation, at + timedelta(hours=2))
    if not FalseAlarmCheck.objects.exists():
        keep_false_alarms(None, tried=try_judge(plan.now), stamp=_house(plan.now))
    return read


def _registered(plan: Plan, trial: Trial) -> bool:
    if Evaluation.objects.filter(title=trial.title).exists():
        return True
    month = plan.end.year * 12 + plan.end.month - 1 - trial.months_ago
    at = _noon(_first_of(month) + timedelta(days=14))
    found = Detection.objects.filter(ran_at=at).first() or detect(as_of=at, stamp=_house(at))
    sure = Candidate.objects.filter(detection=found, flagged=True).exclude(ward_code=FIVE)
    number = min(trial.places, len(sure) // 3)
    if number < FEWEST:
        return False
    next_on = plan.end + timedelta(days=30)
    free = sure.filter(place__persistent_locations=None).order_by("rank")
    for candidate in free[: max(number - len(_of(at)), 0)]:
        decide_candidate(
            candidate,
            verdict="designate",
            reason=WHY,
            next_on=next_on,
            stamp=stamp_of(DIRECTOR, at),
        )
    wanted = Wanted(
        title=trial.title,
        locations=tuple(_of(at)),
        starts_on=_first_of(month + 1),
        verdict_on=_first_of(month + 1 + MONTHS),
    )
    register_wanted(wanted, stamp=stamp_of(DIRECTOR, at + timedelta(hours=1)))
    return True


def _of(at: datetime) -> list[int]:
    rows = PersistentLocation.objects.filter(decision__decided_at=at).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def _close(evaluation: Evaluation, at: datetime) -> None:
    """What was tried is over; where trouble goes on, the place is a candidate again."""
    for place in evaluation.places.filter(location__matter__state="open").order_by("pk"):
        stamp = stamp_of(DIRECTOR, at)
        close_matter(
            place.location.matter, outcome="stopped", text="The test is over.", stamp=stamp
        )


def _first_of(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=ZONE)


def _house(at: datetime) -> Stamp:
    return Stamp(actor=SYSTEM, at=at, window=Window.SHELL)
