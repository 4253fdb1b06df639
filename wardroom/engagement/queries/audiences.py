"""Who a letter about an area is for: everybody who gets news about that area, once each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from wardroom.city.models import District
from wardroom.city.queries import area_row
from wardroom.engagement.models import Circular, Subscriber, Subscription
from wardroom.engagement.rules.subscriptions import CITY


@dataclass(frozen=True)
class Audience:
    """For whom a letter is: an area, or everybody, and perhaps one topic."""

    kind: str = ""
    code: str = ""
    topic: str = ""

    @property
    def words(self) -> str:
        """The area as the office names it."""
        labels = {"smd": "SMD", "anc": "ANC", "ward": "Ward"}
        return f"{labels[self.kind]} {self.code}" if self.kind else "the whole city"


def audience_of(circular: Circular) -> Audience:
    """For whom a letter is."""
    return Audience(circular.area_kind, circular.area_code, circular.topic)


def reached(audience: Audience, *, on: date) -> QuerySet[Subscriber]:
    """The subscribers with a live wish that covers the area, each once.

    Who asked for the whole city is in every audience. Raises `NotFound` for no district.
    """
    rows = Subscription.objects.filter(confirmed_at__isnull=False, ended_at=None, lost_at=None)
    if audience.kind:
        rows = rows.filter(pk__in=_in_area(rows, audience, on))
    found = Subscriber.objects.filter(confirmed_at__isnull=False, stopped_at=None).order_by("pk")
    if not audience.topic:
        return found.filter(pk__in=rows.values("subscriber_id"))
    chosen = rows.values_list("subscriber_id", "topics")
    return found.filter(pk__in={one for one, topics in chosen if _about(topics, audience.topic)})


def _in_area(rows: QuerySet[Subscription], audience: Audience, on: date) -> set[int]:
    area = area_row(audience.kind, audience.code, on=on)
    inside = Q(area=CITY) | Q(district_id=area.district_id)
    if audience.kind == "anc":
        inside |= Q(kind="smd", district__code__startswith=area.code)
    if audience.kind == "ward":
        inside |= Q(ward_code=area.code, latitude=None)
    named = set(rows.filter(inside).values_list("pk", flat=True))
    points = rows.filter(latitude__isnull=False).values_list("pk", "latitude", "longitude")
    return named | _within(points, area.district_id)


def _within(points: Iterable[tuple[int, float | None, float | None]], district_id: int) -> set[int]:
    """Which of these points lie in a district."""
    import numpy as np
    from shapely import contains_xy, from_wkb

    found = list(points)
    if not found:
        return set()
    shape = from_wkb(bytes(District.objects.get(pk=district_id).shape))
    numbers, lat, lon = (np.array(column) for column in zip(*found, strict=True))
    held = contains_xy(shape, lon.astype(float), lat.astype(float))
    return {int(number) for number in numbers[held]}


def _about(topics: list[str], topic: str) -> bool:
    return not topics or topic in topics
