"""What the public may know of persistent locations: the text, the plan, what was seen.

Only a location whose text was written by one person and approved by another has any news;
of its plan and of a look the public learns the bare facts, never the office's own words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.timezone import localtime

from wardroom.city.models import Membership
from wardroom.fieldwork.models import ConditionCheck
from wardroom.kernel.addresses import block_of
from wardroom.matters.rules.news import CHECK, PLAN, TEXT, PublicNews
from wardroom.plans.models import PlanStep, WorkPlan
from wardroom.problems.models import PublicText
from wardroom.problems.rules.publishing import public_point

UNSAID = "cannot_determine"


@dataclass(frozen=True)
class Public:
    """The text that stands of each public location, by its matter, and where each lies."""

    texts: Mapping[int, PublicText]
    districts: Mapping[int, frozenset[int]]

    def news(self, matter_id: int, kind: str, key: str, at: datetime, **more: Any) -> PublicNews:
        """One thing about a location, with where it is and what it is about."""
        location = self.texts[matter_id].location
        place = location.place
        latitude, longitude = public_point(place.kind, place.latitude, place.longitude)
        return PublicNews(
            kind=kind,
            key=key,
            at=at,
            local=localtime(at),
            label=block_of(place.label),
            ward_code=location.matter.ward_code,
            districts=self.districts.get(place.pk, frozenset()),
            latitude=latitude,
            longitude=longitude,
            topics=frozenset(topic["code"] for topic in location.topics),
            **more,
        )


def location_news(since: datetime, until: datetime) -> tuple[PublicNews, ...]:
    """What became public of locations between two instants."""
    public = public_locations_now()
    texts = (news for news in _texts(public) if since <= news.at < until)
    return (*texts, *_plans(public, since, until), *_checks(public, since, until))


def public_locations() -> tuple[PublicNews, ...]:
    """Every location that has a text for the public now, with that text."""
    return tuple(_texts(public_locations_now()))


def public_locations_now() -> Public:
    """The locations that the public may know of now, each with the text that stands."""
    texts = standing_texts()
    places = {row.location.place_id for row in texts.values()}
    held: dict[int, set[int]] = {}
    rows = Membership.objects.filter(place__in=places).order_by("pk")
    for place, district in rows.values_list("place_id", "district_id"):
        held.setdefault(place, set()).add(district)
    return Public(texts, {place: frozenset(found) for place, found in held.items()})


def standing_texts(where: Q | None = None) -> dict[int, PublicText]:
    """The text that stands of each matter: the newest that was approved, if not withdrawn."""
    rows = PublicText.objects.filter(
        where or Q(), approved_at__isnull=False, location__matter__restricted=False
    ).select_related("location__matter", "location__place")
    newest = {row.location.matter_id: row for row in rows.order_by("version")}
    return {matter: row for matter, row in newest.items() if row.withdrawn_at is None}


def _texts(public: Public) -> Iterable[PublicNews]:
    for matter, row in public.texts.items():
        if row.approved_at is not None:
            yield public.news(matter, TEXT, f"text/{row.pk}", row.approved_at, text=row.text)


def _plans(public: Public, since: datetime, until: datetime) -> Iterable[PublicNews]:
    rows = WorkPlan.objects.filter(
        matter__in=public.texts, version=1, adopted_at__gte=since, adopted_at__lt=until
    )
    plans = list(rows.order_by("pk"))
    steps = PlanStep.objects.filter(plan__in=plans).select_related("ask__party")
    named: dict[int, list[str]] = {}
    for step in steps.order_by("position"):
        named.setdefault(step.plan_id, []).append(step.ask.party.name)
    for plan in plans:
        if plan.pk in named:
            agencies = tuple(dict.fromkeys(named[plan.pk]))
            key = f"plan/{plan.pk}"
            yield public.news(plan.matter_id, PLAN, key, plan.adopted_at, agencies=agencies)


def _checks(public: Public, since: datetime, until: datetime) -> Iterable[PublicNews]:
    rows = ConditionCheck.objects.filter(
        matter__in=public.texts, seen_at__gte=since, seen_at__lt=until
    )
    for row in rows.exclude(finding=UNSAID).order_by("pk"):
        key = f"check/{row.pk}"
        yield public.news(row.matter_id, CHECK, key, row.seen_at, finding=row.finding)
