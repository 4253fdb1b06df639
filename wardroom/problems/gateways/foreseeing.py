"""What an evaluation would take before it is registered: counted by a worker, in seconds."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from wardroom.access.actor import Actor, Stamp
from wardroom.analysis.comparison_pool import count_at
from wardroom.analysis.plan_judging import JudgedPlan
from wardroom.analysis.verdict_words import needed_in_words
from wardroom.kernel.errors import Refused
from wardroom.problems import models
from wardroom.problems.actions import Counted, register_evaluation
from wardroom.problems.actions.evaluating import registration_of
from wardroom.problems.gateways.drafting import Wanted, drafted, reached_until
from wardroom.problems.gateways.observing import ObservedMirror, observed_mirror
from wardroom.problems.rules.evaluations import EvaluationDraft

YEAR = 12


def count_ahead(draft: EvaluationDraft, *, now: datetime) -> Counted:
    """What came before at each place, and how many places or months a clear answer would take.

    It is judged as if it had begun a year ago. Says where there are no requests to count.
    """
    try:
        until = reached_until(now)
        mirror = observed_mirror(until=until, gate_at=until)
    except Refused as no:
        return Counted(None, refused=no.sentence)
    counted = _with_counts(draft, mirror)
    months = min(draft.months, YEAR)
    first, sha256 = mirror.city.end_month - months, registration_of(counted).sha256
    if first - mirror.city.begin_month < YEAR:
        return Counted(counted, sha256)
    plan = JudgedPlan(mirror.city, mirror.followed(draft.places), first=first, months=months)
    said = plan.said(list(range(len(draft.places))), seed=0).verdict
    needed = tuple(needed_in_words(need) for need in said.needed)
    return Counted(counted, sha256, said.compared, needed)


def foresee_evaluation(wanted: Wanted, actor: Actor, *, now: datetime) -> Counted:
    """What would be registered and what it would take, at once and without a worker.

    Refuses: what could not be registered.
    """
    return count_ahead(drafted(wanted, actor, now), now=now)


def register_wanted(wanted: Wanted, *, stamp: Stamp) -> models.Evaluation:
    """Count what came before at each place, and register the evaluation.

    Refuses: what cannot be registered; whoever may not.
    """
    draft, until = drafted(wanted, stamp.actor, stamp.at), reached_until(stamp.at)
    mirror = observed_mirror(until=until, gate_at=until)
    return register_evaluation(_with_counts(draft, mirror), stamp=stamp)


def _with_counts(draft: EvaluationDraft, mirror: ObservedMirror) -> EvaluationDraft:
    places = mirror.followed(draft.places)
    counts = count_at(places, mirror.city.episodes, start=mirror.city.end_month, after_months=1)
    numbers = zip(draft.places, counts.before.tolist(), strict=True)
    return replace(draft, places=tuple(replace(place, before=n) for place, n in numbers))
