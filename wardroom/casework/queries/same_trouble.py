"""An open issue that may be the same trouble as another; only a person says that it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.timezone import localdate

from wardroom.casework.models import Issue
from wardroom.city.rules import box_around, metres_between
from wardroom.matters.models import Matter

MOST_LOOKED = 100


@dataclass(frozen=True)
class SameTrouble:
    """An open issue of the same topic at the same place, or as near as its topic says."""

    matter_id: int
    title: str
    place_label: str
    since: date
    metres: int


def same_trouble(matter: Matter) -> SameTrouble | None:
    """The nearest older open issue that may be the same as this one; none that is restricted.

    It lies in the same ward, so that whoever works on the one may join it to the other.
    """
    issue = Issue.objects.select_related("topic").filter(matter=matter).first()
    place = matter.place
    if issue is None or issue.topic is None or place is None or matter.restricted:
        return None
    near = Q(place=place)
    if place.latitude is not None and place.longitude is not None:
        west, south, east, north = box_around(
            place.latitude, place.longitude, float(issue.topic.reach_m)
        )
        near |= Q(
            place__latitude__gte=south,
            place__latitude__lte=north,
            place__longitude__gte=west,
            place__longitude__lte=east,
        )
    rows = Matter.objects.filter(
        near,
        kind="issue",
        state="open",
        restricted=False,
        ward_code=matter.ward_code,
        issue__topic=issue.topic,
        pk__lt=matter.pk,
    )
    found: list[tuple[float, Matter]] = []
    for row in rows.select_related("place").order_by("-pk")[:MOST_LOOKED]:
        away = _away(matter, row)
        if away <= issue.topic.reach_m:
            found.append((away, row))
    if not found:
        return None
    away, row = min(found, key=lambda each: (each[0], each[1].pk))
    return SameTrouble(
        matter_id=row.pk,
        title=row.title,
        place_label=row.place.label if row.place is not None else "",
        since=localdate(row.opened_at),
        metres=round(away),
    )


def _away(one: Matter, other: Matter) -> float:
    here, there = one.place, other.place
    if here is None or there is None or here.pk == there.pk:
        return 0.0
    if here.latitude is None or here.longitude is None:
        return float("inf")
    if there.latitude is None or there.longitude is None:
        return float("inf")
    return metres_between(here.latitude, here.longitude, there.latitude, there.longitude)
