"""What the public form shows of a place: where it is, whose ground, and what is reported there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count
from django.utils.crypto import salted_hmac
from django.utils.timezone import localdate

from wardroom.access.actor import SYSTEM
from wardroom.casework import rules
from wardroom.casework.models import Complaint, Report
from wardroom.casework.queries.reporting import LISTED
from wardroom.city.models import Place
from wardroom.city.queries import PlaceRow, find_places, ground_at, is_inside, places_near
from wardroom.city.rules import (
    block_point,
    blocks_around,
    corner_plainly,
    has_address_id,
    has_point,
    is_block,
    metres_between,
    normal_address,
)
from wardroom.matters.gateways import is_delicate
from wardroom.matters.models import Matter
from wardroom.service_requests.queries import address_reported, spot_in_block

NAMED_METRES, NEAR_METRES, MOST_NEAR, MOST_LOOKED, MOST_READ = 60.0, 200.0, 4, 200, 12


@dataclass(frozen=True)
class SpotTyped:
    """A point that somebody means, by what they typed or chose on the map."""

    label: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class NearReport:
    """An issue near by that the public may know of: its kind, its block, and since when.

    ``number`` is that of a public report of it, empty where it came otherwise; ``key`` is what
    "me too" sends back, and tells no number of the office.
    """

    matter_id: int
    key: str
    number: str
    place: str
    away: float
    since: date
    voices: int = 1

    @property
    def metres(self) -> int:
        """About how far away it is, in steps of 50 meters."""
        return max(50, round(self.away / 50) * 50)


@dataclass(frozen=True)
class GroundOf:
    """Whose ground it is, where the city cannot order work there."""

    owner: str
    phone: str
    code: str = ""


def spot_typed(address: str, *, on: date) -> SpotTyped | None:
    """The point of an address that is known and was typed in full; nothing is guessed."""
    address = " ".join(address.split())[:200]
    if not address:
        return None
    plainly = corner_plainly(address)
    meant = normal_address(plainly)
    for row in _of_the_city(find_places(SYSTEM, plainly, on=on).rows):
        known = row.latitude is not None and row.longitude is not None
        if known and normal_address(row.label) == meant:
            return SpotTyped(address, row.latitude or 0.0, row.longitude or 0.0)
    reported = address_reported(SYSTEM, address)
    if reported is not None:
        return SpotTyped(address, *reported[1:])
    block = spot_in_block(address) if is_block(address) else None
    return SpotTyped(address, block.latitude, block.longitude) if block is not None else None


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
    return GroundOf(owner.owner_name, owner.phone, owner.owner_code)


def reports_near(topic_code: str, latitude: float, longitude: float) -> tuple[NearReport, ...]:
    """Open issues of a topic near a point that the public may know of already, nearest first.

    It is measured from the rounded points that all may read: no exact place can be told. What
    came by phone or in person is among them, as far as its kind is open to the public and its
    words speak of nobody who needs protection; each by its block, with no word of anybody.
    """
    if not has_point(latitude, longitude):
        return ()
    reported = _reported(topic_code, latitude, longitude)
    by_hand = _taken_by_hand(topic_code, latitude, longitude)
    kept = sorted([*reported, *by_hand], key=lambda row: (row.away, row.matter_id))[:MOST_NEAR]
    voices = _voices([row.matter_id for row in kept])
    return tuple(replace(row, voices=voices[row.matter_id]) for row in kept)


def _reported(topic_code: str, latitude: float, longitude: float) -> list[NearReport]:
    """Open issues that a public report is of, each once, by the nearest of its reports."""
    west, south, east, north = blocks_around(latitude, longitude, NEAR_METRES)
    rows = Report.objects.filter(
        LISTED,
        complaint__matter__state="open",
        topic__code=topic_code,
        shown_latitude__range=(south, north),
        shown_longitude__range=(west, east),
    )
    nearest: dict[int, NearReport] = {}
    for report in rows.select_related("complaint__matter").order_by("-pk")[:MOST_LOOKED]:
        assert report.complaint is not None
        point = (report.shown_latitude or 0, report.shown_longitude or 0)
        away = metres_between(latitude, longitude, *point)
        pk = report.complaint.matter_id
        if away <= NEAR_METRES and (pk not in nearest or away < nearest[pk].away):
            nearest[pk] = _near(report, away)
    return list(nearest.values())


def _taken_by_hand(topic_code: str, latitude: float, longitude: float) -> list[NearReport]:
    """Open issues that came by phone or in person, by their block; none that is delicate.

    A topic that is never listed is not listed either where somebody called, and what came back
    of a report that is never listed stays unlisted.
    """
    west, south, east, north = blocks_around(latitude, longitude, NEAR_METRES)
    rows = Matter.objects.filter(
        kind="issue",
        state="open",
        restricted=False,
        issue__topic__code=topic_code,
        issue__topic__public__isnull=False,
        issue__topic__public__closed_at=None,
        place__latitude__range=(south, north),
        place__longitude__range=(west, east),
    )
    rows = (
        rows.exclude(issue__topic__public__kind=rules.BLACKBOX)
        .exclude(complaints__report__isnull=False)
        .exclude(complaints__came_of__report__kind=rules.BLACKBOX)
    )
    near: list[tuple[float, Matter]] = []
    for matter in rows.select_related("place").order_by("-pk")[:MOST_LOOKED]:
        assert matter.place is not None
        point = block_point(matter.place.latitude, matter.place.longitude)
        away = metres_between(latitude, longitude, *point) if point else NEAR_METRES + 1
        if away <= NEAR_METRES:
            near.append((away, matter))
    near = sorted(near, key=lambda each: (each[0], each[1].pk))[:MOST_READ]
    delicate = _delicate([matter for _, matter in near])
    return [_near_by_hand(matter, away) for away, matter in near if matter.pk not in delicate]


def _delicate(matters: Sequence[Matter]) -> frozenset[int]:
    """Those of these issues whose words, or whose callers' words, are never published."""
    found = {matter.pk for matter in matters if is_delicate(matter.title)}
    others = [matter.pk for matter in matters if matter.pk not in found]
    said = Complaint.objects.filter(matter__in=others).order_by("pk")
    for pk, words in said.values_list("matter_id", "said"):
        if pk not in found and is_delicate(words):
            found.add(pk)
    return frozenset(found)


def issue_of_near(number: str, near: tuple[NearReport, ...]) -> int | None:
    """The issue that something shown near by belongs to; none for any other key."""
    return next((row.matter_id for row in near if row.key == number), None)


def _key(matter_id: int) -> str:
    """A name for an issue that only this site can make, and that tells nothing of it."""
    return salted_hmac("wardroom.near", str(matter_id), algorithm="sha256").hexdigest()[:24]


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


def _near(report: Report, away: float) -> NearReport:
    assert report.complaint is not None
    return NearReport(
        matter_id=report.complaint.matter_id,
        key=rules.shown_number(report.number),
        number=rules.shown_number(report.number),
        place=report.shown_address,
        away=away,
        since=localdate(report.received_at),
    )


def _near_by_hand(matter: Matter, away: float) -> NearReport:
    place = matter.place
    known = place is not None and has_address_id(place.key)
    return NearReport(
        matter_id=matter.pk,
        key=_key(matter.pk),
        number="",
        place=rules.public_address(place.label) if place is not None and known else "",
        away=away,
        since=localdate(matter.opened_at),
    )
