"""A location on watch, one that relapsed, and two nominations, for the pages to show."""

from __future__ import annotations

from datetime import datetime, timedelta

from wardroom.access.actor import SYSTEM, Stamp, Window
from wardroom.city.models import Place
from wardroom.demonstration.loader import Plan, stamp_of
from wardroom.fieldwork.actions import record_check
from wardroom.problems.actions import (
    approve_public_text,
    decide_candidate,
    decide_nomination,
    exit_location,
    nominate_place,
    relapse_location,
    write_analysis,
    write_public_text,
)
from wardroom.problems.models import Candidate, Detection, Nomination, PersistentLocation
from wardroom.problems.queries import latest_detection

DESIGNATED, FIVE = timedelta(days=41), "5"
DIRECTOR = "director@wardroom.example"
PUBLIC = "Trash is left here again and again. The city clears it weekly and asks for a gate."
PUBLIC_NOW = "A gate was put up. The city looks at this place again every month until spring."
WATCHED_IN, RELAPSED_IN = "6", "4"
WHY = "Two agencies went there last year, and neither knew of the other."
ENOUGH = "The owner put up a gate, and the lot has been clean since; the old episodes still count."
ANSWERS = {
    "what": "Bags and furniture on the strip behind the houses, at the same spot each time.",
    "when": "At the end of the month, at night.",
    "harmed": "The neighbors on both sides; children cross here on the way to school.",
    "control": "Nobody looks after the strip; the lot beside it has an owner out of town.",
    "tried": "Clean-ups on request. Each held for two or three weeks.",
    "cause": "It is dark, cannot be seen from a window, and a truck can stop there.",
}


def show_returns(plan: Plan) -> int:
    """Leave two locations, see one of them relapse, and nominate two places; how many it made."""
    made = 0
    for ward in (WATCHED_IN, RELAPSED_IN):
        location = _designated(plan, ward)
        if location is not None:
            _work_on(plan, location, ward)
            made += 1
            if ward == RELAPSED_IN:
                _relapse(plan, location, ward)
    if not Nomination.objects.exists():
        made += _nominate(plan)
    return made


def _designated(plan: Plan, ward: str) -> PersistentLocation | None:
    at = plan.now - DESIGNATED
    if PersistentLocation.objects.filter(decision__decided_at=at, matter__ward_code=ward).exists():
        return None
    found = Detection.objects.filter(ran_at__lt=at).order_by("-ran_at", "-pk").first()
    rows = Candidate.objects.filter(detection=found, ward_code=ward, flagged=True)
    free = rows.filter(place__persistent_locations=None, place__decisions=None)
    # One that is quiet now: what was there before keeps it on the list.
    candidate = min(free.order_by("rank"), key=lambda row: sum(row.months[-3:]), default=None)
    if candidate is None:
        return None
    decision = decide_candidate(
        candidate,
        verdict="designate",
        reason=WHY,
        next_on=plan.end - timedelta(days=20),
        stamp=_liaison(ward, at),
    )
    return PersistentLocation.objects.get(decision=decision)


def _work_on(plan: Plan, location: PersistentLocation, ward: str) -> None:
    at = plan.now - DESIGNATED + timedelta(days=1)
    write_analysis(location, answers=ANSWERS, stamp=_liaison(ward, at))
    text = write_public_text(location, text=PUBLIC, stamp=_liaison(ward, at))
    approve_public_text(text, stamp=stamp_of(DIRECTOR, at + timedelta(hours=3)))
    if ward == WATCHED_IN:
        later = at + timedelta(days=30)
        write_public_text(location, text=PUBLIC_NOW, stamp=_liaison(ward, later))
    for days, finding, rating in ((35, "partly", 2), (26, "clean", 1), (18, "clean", 1)):
        _look(plan, location, ward, days, finding, rating)
    last = 12 if ward == RELAPSED_IN else 7
    _look(plan, location, ward, last + 1, "clean", 1)
    left = plan.now - timedelta(days=last)
    exit_location(location, outcome="maintained", reason=ENOUGH, stamp=_liaison(ward, left))


def _relapse(plan: Plan, location: PersistentLocation, ward: str) -> None:
    _look(plan, location, ward, 1, "not_fixed", 3)
    seen = plan.now - timedelta(days=1)
    house = Stamp(actor=SYSTEM, at=seen + timedelta(hours=3), window=Window.WORKER)
    reason = "Somebody looked and found it as it was before"
    relapse_location(
        PersistentLocation.objects.get(pk=location.pk), reason=reason, found_by="check", stamp=house
    )


def _look(
    plan: Plan, location: PersistentLocation, ward: str, days: int, finding: str, rating: int
) -> None:
    seen = plan.now - timedelta(days=days)
    record_check(
        location.matter,
        finding=finding,
        rating=rating,
        note="Walked along both sides.",
        seen_at=seen,
        stamp=_liaison(ward, seen + timedelta(hours=2)),
    )


def _nominate(plan: Plan) -> int:
    """One place that an ANC voted for waits for a decision; another was refused."""
    rows = Candidate.objects.filter(detection=latest_detection(), ward_code=FIVE)
    free = rows.filter(place__persistent_locations=None, place__decisions=None).order_by("-rank")
    places = list(Place.objects.filter(pk__in=free.values("place")[:2]).order_by("pk"))
    if len(places) < 2:
        return 0
    at = plan.now - timedelta(days=5)
    nominate_place(
        places[0],
        source="anc_vote",
        nominated_by="ANC 5B",
        topic_code="dumping",
        reason="Residents brought pictures to three meetings; crews come and it fills again.",
        voted_on=at.date() - timedelta(days=2),
        stamp=_liaison(FIVE, at),
    )
    second = nominate_place(
        places[1],
        source="agency",
        nominated_by="DPW",
        topic_code="dumping",
        reason="The crew of this route asks for a camera.",
        stamp=_liaison(FIVE, at + timedelta(minutes=20)),
    )
    decide_nomination(
        second,
        verdict="refuse",
        reason="One agency can end this alone: a sign and a weekly pass are enough.",
        stamp=_liaison(FIVE, at + timedelta(hours=3)),
    )
    return 2


def _liaison(ward: str, at: datetime) -> Stamp:
    return stamp_of(f"liaison{ward}@wardroom.example", at)
