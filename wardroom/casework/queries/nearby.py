"""What the public form shows of a place: where it is, whose ground, and what is reported there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.utils.timezone import localdate

from wardroom.access.actor import SYSTEM
from wardroom.casework import rules
from wardroom.casework.models import Complaint, Report
from wardroom.casework.queries.reporting import LISTED
from wardroom.city.models import Place
from wardroom.city.queries import PlaceRow, find_places, ground_at, is_inside, places_near
from wardroom.city.rules import (
    box_around,
    has_address_id,
    has_point,
    metres_between,
    normal_address,
)
from wardroom.service_requests.queries import address_reported

NAMED_METRES, NEAR_METRES, MOST_NEAR, MOST_LOOKED = 60.0, 200.0, 4, 200


@dataclass(frozen=True)
class SpotTyped:
    """A point that somebody means, by what they typed or chose on the map."""

    label: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class NearReport:
    """An issue near by that the public may know of, by the number of a report of it."""

    number: str
    place: str
    metres: int
    since: date
    voices: int


@dataclass(frozen=True)
class GroundOf:
    """Whose ground it is, where the city cannot order work there."""

    owner: str
    phone: str


def spot_typed(address: str, *, on: date) -> SpotTyped | None:
    """The point of an address that is known and was typed in full; nothing is guessed."""
    address = " ".join(address.split())[:200]
    if not address:
        return None
    meant = normal_address(address)
    for row in _of_the_city(find_places(SYSTEM, address, on=on).rows):
        known = row.latitude is not None and row.longitude is not None
        if known and normal_address(row.label) == meant:
            return SpotTyped(address, row.latitude or 0.0, row.longitude or 0.0)
    reported = address_reported(SYSTEM, address)
    return SpotTyped(address, *reported[1:]) if reported is not None else None


def block_near(latitude: float, longitude: float, *, on: date) -> str:
    """The block of the nearest known address, for somebody who chose a point; or the point."""
    rows = places_near(SYSTEM, latitude, longitude, on=on, metres=NAMED_METRES, limit=5)
    named = (rules.public_address(row.label) for row in _of_the_city(rows))
    return next((label for label in named if label), f"{latitude:.4f}, {longitude:.4f}")


def lies_inside(latitude: float, longitude: float, *, on: date) -> bool:
    """Whether a point lies in the city."""
    return has_point(latitude, longitude) and is_inside(latitude, longitude, on)


def ground_of_others(latitude: float, longitude: float, *, on: date) -> GroundOf | None:
    """Whose ground a point is on, where that is not the city."""
    owner = ground_at(latitude, longitude, on).owner
    if owner is None or owner.answers_to_city:
        return None
    return GroundOf(owner.owner_name, owner.phone)


def reports_near(topic_code: str, latitude: float, longitude: float) -> tuple[NearReport, ...]:
    """Open issues of a topic near a point that the public may know of already, nearest first.

    It is measured from the rounded points that all may read: no exact place can be told.

    Only what came in as a public report is shown, by its block and with no word of anybody.
    """
    if not has_point(latitude, longitude):
        return ()
    west, south, east, north = box_around(latitude, longitude, NEAR_METRES)
    rows = Report.objects.filter(
        LISTED,
        complaint__matter__state="open",
        topic__code=topic_code,
        shown_latitude__gte=south,
        shown_latitude__lte=north,
        shown_longitude__gte=west,
        shown_longitude__lte=east,
    )
    found = rows.select_related("complaint__matter").order_by("-pk")[:MOST_LOOKED]
    nearest: dict[int, tuple[float, Report]] = {}
    for report in found:
        assert report.complaint is not None
        away = metres_between(
            latitude, longitude, report.shown_latitude or 0, report.shown_longitude or 0
        )
        mine = nearest.get(report.complaint.matter_id)
        if away <= NEAR_METRES and (mine is None or away < mine[0]):
            nearest[report.complaint.matter_id] = (away, report)
    kept = sorted(nearest.items(), key=lambda each: (each[1][0], each[0]))[:MOST_NEAR]
    voices = _voices([matter_id for matter_id, _ in kept])
    return tuple(_near(report, away, voices[pk]) for pk, (away, report) in kept)


def issue_of_near(number: str, near: tuple[NearReport, ...]) -> int | None:
    """The issue that a report shown near by belongs to; none for any other number."""
    if number not in {row.number for row in near}:
        return None
    row = Report.objects.filter(LISTED, number=rules.number_in(number))
    found: int | None = row.values_list("complaint__matter_id", flat=True).first()
    return found


def _of_the_city(rows: Iterable[PlaceRow]) -> list[PlaceRow]:
    """Those of the city's own address list: nothing that somebody typed is told to strangers."""
    several = list(rows)
    ids = [row.place_id for row in several if row.place_id is not None]
    known = dict(Place.objects.filter(pk__in=ids).values_list("pk", "key"))
    return [row for row in several if row.place_id and has_address_id(known[row.place_id])]


def _voices(matter_ids: list[int]) -> dict[int, int]:
    rows = Complaint.objects.filter(matter__in=matter_ids).order_by()
    counted = rows.values("matter_id").annotate(n=Count("pk"))
    return {row["matter_id"]: row["n"] for row in counted}


def _near(report: Report, away: float, voices: int) -> NearReport:
    assert report.complaint is not None
    return NearReport(
        number=rules.shown_number(report.number),
        place=report.shown_address,
        metres=max(50, round(away / 50) * 50),
        since=localdate(report.received_at),
        voices=voices,
    )
