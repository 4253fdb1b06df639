"""What the judge says of an evaluation.

Reading and counting take seconds and come first; the change that follows only stores.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from math import isfinite
from typing import Any

import numpy as np
from django.utils.timezone import localdate, make_aware

from wardroom.access.actor import Stamp
from wardroom.analysis.judging import CANNOT_TELL, METHOD, Verdict
from wardroom.analysis.monitoring import Watch
from wardroom.analysis.plan_judging import JudgedPlan, Said
from wardroom.analysis.second_measures import difference_of_shares
from wardroom.analysis.verdict_words import needed_in_words, sentence_for
from wardroom.fieldwork.models import ConditionCheck
from wardroom.problems import models
from wardroom.problems.actions import Told, keep_verdict
from wardroom.problems.actions.evaluating import draft_of
from wardroom.problems.gateways.drafting import reached_until
from wardroom.problems.gateways.observing import observed_mirror
from wardroom.problems.rules.evaluations import (
    first_whole_month,
    month_begins_on,
    reading_due,
)

YEAR = 12
DIGITS = 3


def give_verdict(
    evaluation_id: int, *, as_of: datetime | None = None, stamp: Stamp
) -> models.Verdict | None:
    """Judge an evaluation by all requests known, and keep that; None where nothing is due."""
    evaluation = models.Evaluation.objects.get(pk=evaluation_id)
    until = min(as_of or stamp.at, reached_until(stamp.at))
    said = evaluation.verdicts.order_by("interim", "-months")
    read = said.values_list("months", "interim").first()
    first = first_whole_month(evaluation.starts_on)
    local = localdate(until)
    due = reading_due(
        months=evaluation.months,
        over=local.year * YEAR + local.month - 1 - first,
        read=read[0] if read else 0,
        verdict_on=evaluation.verdict_on,
        on=localdate(stamp.at),
    )
    if due is None or evaluation.withdrawn_at is not None or (read and not read[1]):
        return None
    months, interim = due
    return keep_verdict(
        evaluation, told=_told(evaluation, months, until, interim=interim), stamp=stamp
    )


def _told(evaluation: models.Evaluation, months: int, until: datetime, *, interim: bool) -> Told:
    draft = draft_of(evaluation)
    first = first_whole_month(evaluation.starts_on)
    begins = make_aware(datetime.combine(month_begins_on(first), time()))
    mirror = observed_mirror(until=until, gate_at=begins)
    plan = JudgedPlan(
        mirror.city,
        mirror.followed(draft.places),
        first=first,
        months=months,
        planned=mirror.metres(_others(evaluation)),
    )
    said, watched = _judged(evaluation, plan)
    rate = plan.rate_of_pretended(said.verdict.treated, seed=evaluation.seed)
    figures = {
        **_figures(said),
        "watch": _watched(watched) if watched is not None else None,
        "places": _each(evaluation, plan),
        "checks": _checked(evaluation),
    }
    return Told(
        data_until=localdate(until),
        months=months,
        interim=interim,
        word=CANNOT_TELL if interim else said.verdict.word,
        sentence=_so_far(evaluation, months, said.verdict, watched)
        if interim
        else sentence_for(said.verdict),
        a_a_rate=rate,
        method=METHOD,
        figures=figures,
    )


def _judged(evaluation: models.Evaluation, plan: JudgedPlan) -> tuple[Said, Watch | None]:
    """All that came first together, against those that a lot made wait or against the pool."""
    seed = evaluation.seed
    if evaluation.lot is None:
        every = list(range(len(plan.at)))
        return plan.said(every, seed=seed), plan.watched(every, seed=seed)
    lot = evaluation.lot
    place_of = {key: n for n, key in enumerate(lot["places"])}
    keys = evaluation.places.order_by("location_id").values_list("location_id", flat=True)
    order = [place_of[str(key)] for key in keys]
    waves, groups = (np.array(lot[name], dtype=np.int64)[order] for name in ("waves", "groups"))
    return (
        plan.said_by_lot(waves, groups, seed=seed),
        plan.watched_by_lot(waves, seed=seed),
    )


def _others(evaluation: models.Evaluation) -> Iterable[tuple[float, float]]:
    """Where the office's other locations are: they have plans of their own."""
    mine = evaluation.places.values("location_id")
    others = models.PersistentLocation.objects.exclude(pk__in=mine).exclude(place__latitude=None)
    points = others.order_by("pk").values_list("place__longitude", "place__latitude")
    return [(lon, lat) for lon, lat in points if lon is not None and lat is not None]


def _figures(said: Said) -> dict[str, Any]:
    told = said.verdict
    return {
        **_interval(told),
        "p_value": round(told.p_value, 4),
        "before": said.before,
        "after": told.after,
        "expected": round(told.expected, 1),
        "treated": told.treated,
        "compared": told.compared,
        "passed_gate": said.passed_gate,
        "draws": told.draws,
        "exact": told.exact,
        "needed": [needed_in_words(need) for need in told.needed],
        "ring": _interval(said.ring) if said.ring.draws else None,
    }


def _interval(told: Verdict) -> dict[str, float | None]:
    return {
        "effect": round(told.effect, DIGITS),
        "low": round(told.low, DIGITS),
        "high": round(told.high, DIGITS) if isfinite(told.high) else None,
    }


def _watched(seen: Watch) -> dict[str, Any]:
    rows: Mapping[str, Any] = vars(seen)
    plain = {name: [round(float(v), 1) for v in values] for name, values in rows.items()}
    return {**plain, "alarm_in": seen.alarm_in}


def _each(evaluation: models.Evaluation, plan: JudgedPlan) -> list[dict[str, Any]]:
    """Each place alone, which never carries a verdict."""
    keys = evaluation.places.order_by("location_id").values_list("location_id", flat=True)
    rows = []
    for n, key in enumerate(keys):
        told = plan.said([n], seed=evaluation.seed)
        rows.append(
            {
                "location": key,
                "before": told.before,
                "after": told.verdict.after,
                "expected": round(told.verdict.expected, 1),
            }
        )
    return rows


def _checked(evaluation: models.Evaluation) -> dict[str, Any] | None:
    """How many were found clean when last looked at, before the start and since.

    Treated places and those that wait; None where nobody looked since.
    """
    begin = make_aware(datetime.combine(evaluation.starts_on, time()))
    rows = evaluation.places.values_list("location__matter_id", "wave")
    waits = {matter_id: bool(wave) for matter_id, wave in rows}
    seen = ConditionCheck.objects.filter(matter__in=waits).exclude(finding="cannot_determine")
    before, since = (
        dict(part.order_by("seen_at", "pk").values_list("matter_id", "finding"))
        for part in (seen.filter(seen_at__lt=begin), seen.filter(seen_at__gte=begin))
    )
    if not since:
        return None
    clean, checked = _clean(since, waits, waiting=False)
    clean_there, checked_there = _clean(since, waits, waiting=True)
    clean_before, checked_before = _clean(before, waits, waiting=False)
    clean_there_before, checked_there_before = _clean(before, waits, waiting=True)
    gap = difference_of_shares(clean, checked, clean_there, checked_there)
    return {
        "clean": clean,
        "checked": checked,
        "clean_there": clean_there,
        "checked_there": checked_there,
        "clean_before": clean_before,
        "checked_before": checked_before,
        "clean_there_before": clean_there_before,
        "checked_there_before": checked_there_before,
        "difference": [round(v, DIGITS) for v in (gap.value, gap.low, gap.high)],
    }


def _clean(
    latest: Mapping[int, str], waits: Mapping[int, bool], *, waiting: bool
) -> tuple[int, int]:
    """How many were clean of how many that were looked at, on one side."""
    found = [finding for matter_id, finding in latest.items() if waits[matter_id] is waiting]
    return found.count("clean"), len(found)


def _so_far(
    evaluation: models.Evaluation, months: int, told: Verdict, watched: Watch | None
) -> str:
    many = "1 month" if months == 1 else f"{months} months"
    said = (
        f"We cannot tell yet: after {many} of {evaluation.months}, {told.after} episodes came "
        f"where about {told.expected:.0f} were to be expected."
    )
    if watched is not None and watched.alarm_in is not None:
        said += " So far it is over 20 times as likely that it helps as that nothing changed."
    return said
