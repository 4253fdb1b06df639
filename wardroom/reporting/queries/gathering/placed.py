"""Candidates, persistent locations, checks and rounds of spot checks, as they stood."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Min, Q
from django.utils.timezone import localdate

from wardroom.fieldwork.models import CheckRound, ConditionCheck
from wardroom.matters.queries import MatterThen, open_matters_at
from wardroom.matters.rules.kinds import KINDS
from wardroom.plans.models import WorkPlan
from wardroom.problems.models import Candidate, Decision, Detection, PersistentLocation, Spell
from wardroom.problems.queries import decided_candidates, undecided_candidates
from wardroom.problems.rules import months_named
from wardroom.reporting.rules import Week

OUTCOMES = KINDS["persistent_location"].outcomes


def places_told(
    ward_code: str,
    week: Week,
    as_of: datetime,
    ranking: Detection | None,
) -> dict[str, Any]:
    """What waits for a decision, what was decided, each location, and what was looked at."""
    waiting = undecided_candidates(on=localdate(as_of), detection=ranking, at=as_of)
    here = waiting.filter(ward_code=ward_code).order_by("rank") if ranking else ()
    rows = PersistentLocation.objects.filter(matter__ward_code=ward_code).select_related("matter")
    every = list(rows.order_by("pk"))
    still = open_matters_at(as_of, ward=ward_code, among=[row.matter_id for row in every])
    checks = _checks([row.matter_id for row in every], as_of)
    mine = [row for row in every if row.matter_id in still]
    return {
        "undecided": [one.pk for one in here],
        "decided": _decided(ward_code, week, as_of),
        "settled": _settled(ward_code, week, as_of),
        "moves": _moves(ward_code, week, as_of),
        "locations": _locations(mine, still, checks, as_of, ranking),
        "checks": [
            [check.pk, check.matter_id, check.finding]
            for matter_id in checks
            for check in checks[matter_id]
            if check.seen_at >= week.start_at
        ],
        "rounds": _rounds(ward_code, week, as_of),
    }


def _checks(matters: list[int], as_of: datetime) -> dict[int, list[ConditionCheck]]:
    rows = ConditionCheck.objects.filter(matter__among=matters, seen_at__lt=as_of)
    found: dict[int, list[ConditionCheck]] = {}
    for check in rows.order_by("-seen_at", "-pk"):
        found.setdefault(check.matter_id, []).append(check)
    return found


def _decided(ward_code: str, week: Week, as_of: datetime) -> list[list[Any]]:
    rows = decided_candidates(since=week.start_at, at=as_of).filter(ward_code=ward_code)
    decided = {row.pk: row.place_id for row in rows.order_by("pk")}
    made = Decision.objects.filter(candidate__in=list(decided), decided_at__lt=as_of)
    last = {one.place_id: one.verdict for one in made.order_by("decided_at", "pk")}
    return [[pk, last[place_id]] for pk, place_id in decided.items()]


def _settled(ward_code: str, week: Week, as_of: datetime) -> list[dict[str, Any]]:
    """What was decided about places that a ranking or a person put forward, the last of each."""
    made = Decision.objects.filter(decided_at__gte=week.start_at, decided_at__lt=as_of)
    here = made.filter(Q(candidate__ward_code=ward_code) | Q(nomination__ward_code=ward_code))
    last = {
        place_id: {"id": pk, "verdict": verdict}
        for pk, place_id, verdict in here.order_by("decided_at", "pk").values_list(
            "pk", "place_id", "verdict"
        )
    }
    return sorted(last.values(), key=lambda row: row["id"])


def _moves(ward_code: str, week: Week, as_of: datetime) -> list[dict[str, Any]]:
    """The locations that were designated or left in the week, as they came and went."""
    rows = Spell.objects.filter(
        location__matter__ward_code=ward_code, location__matter__restricted=False
    )
    entered = Q(entered_at__gte=week.start_at, entered_at__lt=as_of)
    left = Q(left_at__gte=week.start_at, left_at__lt=as_of)
    spells = rows.filter(entered | left).select_related("location__matter")
    return [
        {
            "spell_id": spell.pk,
            "matter_id": spell.location.matter_id,
            "title": spell.location.matter.title,
            "entry": spell.entry,
            "entered_on": localdate(spell.entered_at).isoformat(),
            "came": week.start_at <= spell.entered_at,
            "left_on": localdate(spell.left_at).isoformat() if _is_left(spell, as_of) else "",
            "outcome": OUTCOMES[spell.outcome] if _is_left(spell, as_of) else "",
        }
        for spell in spells.order_by("entered_at", "pk")
    ]


def _is_left(spell: Spell, as_of: datetime) -> bool:
    return spell.left_at is not None and spell.left_at < as_of


def _locations(
    rows: Iterable[PersistentLocation],
    still: Mapping[int, MatterThen],
    checks: Mapping[int, list[ConditionCheck]],
    as_of: datetime,
    ranking: Detection | None,
) -> list[dict[str, Any]]:
    """Where each location that was open stood, the soonest next date first."""
    mine = sorted(rows, key=lambda row: (still[row.matter_id].next_on or date.max, row.pk))
    planned = first_plans([row.matter_id for row in mine], as_of)
    months = _months([row.place_id for row in mine], ranking)
    told = []
    for row in mine:
        then, begun = still[row.matter_id], planned.get(row.matter_id)
        check = next(iter(checks.get(row.matter_id, ())), None)
        told.append(
            {
                "matter_id": row.matter_id,
                "title": row.matter.title,
                "next_on": then.next_on.isoformat() if then.next_on else "",
                "next_step": then.next_step,
                "planned": begun is not None,
                "checked": bool(check and begun and check.seen_at >= begun),
                "rating": check.rating if check else None,
                "seen_on": localdate(check.seen_at).isoformat() if check else "",
                "months": months.get(row.place_id, []),
            }
        )
    return told


def first_plans(matters: list[int], as_of: datetime) -> dict[int, datetime]:
    """When the first plan of each of these matters was adopted."""
    plans = WorkPlan.objects.filter(matter__among=matters, adopted_at__lt=as_of)
    return dict(plans.order_by().values_list("matter").annotate(first=Min("adopted_at")))


def last_checks(matters: list[int], as_of: datetime) -> dict[int, datetime]:
    """When somebody last looked at each of these matters."""
    rows = ConditionCheck.objects.filter(matter__among=matters, seen_at__lt=as_of)
    return dict(rows.order_by().values_list("matter").annotate(last=Max("seen_at")))


def episodes_of(places: list[int], ranking: Detection | None) -> dict[int, int]:
    """The episodes of 12 months at places that the ranking weighed."""
    rows = Candidate.objects.filter(detection=ranking, place__among=places)
    return dict(rows.order_by().values_list("place", "episodes")) if ranking else {}


def _months(places: list[int], ranking: Detection | None) -> dict[int, list[list[Any]]]:
    """The episodes of each month at the places that the ranking weighed."""
    if ranking is None:
        return {}
    rows = Candidate.objects.filter(detection=ranking, place__among=places)
    return {
        place_id: [list(one) for one in months_named(numbers["last_month"], months)]
        for place_id, numbers, months in rows.order_by("pk").values_list(
            "place_id", "numbers", "months"
        )
    }


def _rounds(ward_code: str, week: Week, as_of: datetime) -> list[dict[str, Any]]:
    """The rounds of spot checks that ended in the week, with what was found in the ward."""
    rows = CheckRound.objects.filter(ended_at__gte=week.start_at, ended_at__lt=as_of)
    stands = Q(stops__ward_code=ward_code, stops__checks__stands=True)

    def found(*findings: str) -> Count:
        return Count("stops", filter=stands & Q(stops__checks__finding__in=findings))

    counted = rows.annotate(
        fixed=found("fixed"),
        not_fixed=found("partly", "not_fixed"),
        unclear=found("cannot_determine"),
    )
    names = ("id", "title", "agency", "fixed", "not_fixed", "unclear")
    seen = counted.filter(Q(fixed__gt=0) | Q(not_fixed__gt=0) | Q(unclear__gt=0))
    return [dict(one) for one in seen.order_by("pk").values(*names)]
