"""In which ward a wish for news lies, by the boundaries of a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from wardroom.calendar.queries.events import day_start
from wardroom.city.models import District
from wardroom.city.queries import get_districts_at
from wardroom.engagement.models import Subscription
from wardroom.engagement.queries.news_due import in_force


def ward_of(district: District, on: date) -> str:
    """The ward that holds the middle of a district."""
    from shapely import from_wkb, point_on_surface

    middle = point_on_surface(from_wkb(bytes(district.shape)))
    return _ward_at(middle.y, middle.x, on)


def ward_of_wish(row: Subscription, on: date) -> str:
    """The ward of an area: of its point where it has one; a ward that is named is itself."""
    if row.latitude is not None and row.longitude is not None:
        return _ward_at(row.latitude, row.longitude, on)
    if row.district is None:
        return ""
    return row.district.code if row.kind == "ward" else ward_of(row.district, on)


def wishes_in_other_wards(*, on: date) -> Iterator[Subscription]:
    """The live wishes that lie in another ward since the newest wards came into force."""
    version = in_force(on).get("ward")
    if version is None:
        return
    since = max(version.loaded_at, day_start(version.valid_from))
    live = Subscription.objects.filter(ended_at=None, asked_at__lte=since).exclude(ward_code="")
    for row in live.select_related("district").order_by("pk"):
        if ward_of_wish(row, on) not in ("", row.ward_code):
            yield row


def _ward_at(latitude: float, longitude: float, on: date) -> str:
    ward = get_districts_at(latitude, longitude, on).get("ward")
    return ward.code if ward is not None else ""
