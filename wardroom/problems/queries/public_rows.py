"""Persistent locations as rows for everybody: only those with a text that was approved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.timezone import localdate

from wardroom.city.models import District
from wardroom.city.queries.boundaries import sets_on
from wardroom.fieldwork.models import ConditionCheck
from wardroom.fieldwork.rules import FINDINGS
from wardroom.kernel.addresses import block_of
from wardroom.matters.rules import KINDS
from wardroom.plans.models import PlanStep, WorkPlan
from wardroom.problems.queries.made_public import UNSAID, Public, public_locations_now
from wardroom.problems.rules.publishing import public_point

LocationRow = tuple[object, ...]


def public_location_rows(*, on: date) -> Iterable[LocationRow]:
    """Every location that the public may know of, in the columns of the file of locations."""
    public = public_locations_now()
    plans = _plans(public)
    seen = _seen(public)
    areas = _areas(public, on)
    kind = KINDS["persistent_location"]
    for matter_id, text in sorted(public.texts.items()):
        location = text.location
        matter, place = location.matter, location.place
        latitude, longitude = public_point("address", place.latitude, place.longitude)
        yield (
            matter_id,
            "; ".join(topic["name"] for topic in location.topics),
            text.text,
            text.approved_at,
            localdate(matter.opened_at),
            localdate(matter.closed_at) if matter.closed_at else None,
            kind.outcomes.get(matter.outcome, ""),
            *plans.get(matter_id, (None, "")),
            *seen.get(matter_id, (None, "")),
            block_of(place.label),
            matter.ward_code,
            *areas.get(place.pk, ("", "")),
            latitude,
            longitude,
        )


def _plans(public: Public) -> Mapping[int, tuple[date, str]]:
    """When the first plan of each was adopted, and the agencies in it."""
    rows = WorkPlan.objects.filter(matter__in=public.texts, version=1, adopted_at__isnull=False)
    plans = {plan.pk: plan for plan in rows.order_by("pk")}
    named: dict[int, list[str]] = {}
    steps = PlanStep.objects.filter(plan__in=plans).select_related("ask__party")
    for step in steps.order_by("position"):
        named.setdefault(step.plan_id, []).append(step.ask.party.name)
    return {
        plan.matter_id: (localdate(plan.adopted_at), "; ".join(dict.fromkeys(named[pk])))
        for pk, plan in plans.items()
        if pk in named
    }


def _seen(public: Public) -> Mapping[int, tuple[date, str]]:
    """When each was last looked at, and what was found."""
    rows = ConditionCheck.objects.filter(matter__in=public.texts).exclude(finding=UNSAID)
    return {
        row.matter_id: (localdate(row.seen_at), FINDINGS[row.finding])
        for row in rows.order_by("seen_at", "pk")
    }


def _areas(public: Public, on: date) -> Mapping[int, tuple[str, str]]:
    """The ANC and the SMD of each place on a day."""
    wanted = {pk for held in public.districts.values() for pk in held}
    rows = District.objects.filter(pk__in=wanted, boundary_set__in=sets_on(on))
    columns = rows.values_list("pk", "boundary_set__kind", "code")
    codes = {pk: (kind, code) for pk, kind, code in columns}
    found = {}
    for place, held in public.districts.items():
        by_kind = dict(codes[pk] for pk in held if pk in codes)
        found[place] = (by_kind.get("anc", ""), by_kind.get("smd", ""))
    return found
