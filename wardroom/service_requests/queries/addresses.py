"""Where an address lies that nobody noted: as the city's own requests tell it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import Q

from wardroom.city.rules import address_key, is_block, normal_address, place_key
from wardroom.service_requests.models import ServiceRequest

MOST_LOOKED = 500
_NUMBER = re.compile(r"(?P<number>\d{1,5})(?: BLOCK(?: OF)?)? (?P<street>(?=.*[A-Z]{2}).+)")
_FIRST = re.compile(r"\d+")


@dataclass(frozen=True)
class Spot:
    """A point that the city's requests name, and how they write its address."""

    address: str
    latitude: float
    longitude: float


def spot_numbered(address_id: int) -> Spot | None:
    """The point of an address by the city's own id, where any request names it."""
    return _spot(Q(place_key=place_key(address_id, "", None, None)), near=None)


def spot_in_block(typed: str) -> Spot | None:
    """The point of the nearest address known in the same hundred block; none is guessed further."""
    found = _NUMBER.fullmatch(normal_address(typed)[1])
    if found is None:
        return None
    number, street = int(found["number"]), found["street"]
    low = number // 100 * 100
    if is_block(typed):
        number = low + 50
    houses = [f"{n} {street}" for n in range(low, low + 100)]
    whole = (f"{a} - {b} BLOCK OF {street}" for a, b in ((low, low + 99), (low, low + 100)))
    keys = [address_key(text) for text in (*houses, *whole)]
    by_words = Q(address__in=houses, address_id__isnull=False)
    return _spot(by_words, near=number) or _spot(Q(place_key__in=keys), near=number)


def _spot(which: Q, *, near: int | None) -> Spot | None:
    rows = ServiceRequest.objects.filter(which, latitude__isnull=False, longitude__isnull=False)
    columns = ("address", "latitude", "longitude")
    if near is None:
        found = list(rows.order_by("-opened_at").values_list(*columns)[:1])
    else:
        found = list(rows.values_list(*columns)[:MOST_LOOKED])
    if not found:
        return None
    address, latitude, longitude = min(found, key=lambda row: (_away(row[0], near), row))
    return Spot(address, latitude, longitude)


def _away(address: str, near: int | None) -> int:
    number = _FIRST.match(address)
    return abs(int(number[0]) - near) if number is not None and near is not None else 0
