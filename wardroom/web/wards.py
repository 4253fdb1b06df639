"""The wards as choices of lists and forms."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from wardroom.city.queries import DistrictRow, districts, get_ward
from wardroom.web.edge import stamp_of, today_of


def my_wards(request: HttpRequest) -> list[tuple[str, str]]:
    """The wards in force today that lie within the asker's reach, as (code, name)."""
    reach = stamp_of(request).actor.reach
    return [(w.code, w.name) for w in _in_force(request) if reach.city or w.code in reach.wards]


def ward_choices(request: HttpRequest) -> list[tuple[str, str]]:
    """The same for a filter: with 'all wards' first where there is more than one."""
    mine = my_wards(request)
    return mine if len(mine) == 1 else [("", "All wards"), *mine]


def all_wards(request: HttpRequest) -> list[tuple[str, str]]:
    """Every ward in force today: whoever answers the telephone takes in what lies anywhere."""
    return [(w.code, w.code) for w in _in_force(request)]


def _in_force(request: HttpRequest) -> tuple[DistrictRow, ...]:
    """The wards of today, looked up once in a request."""
    known: tuple[DistrictRow, ...] | None = getattr(request, "wards_in_force", None)
    if known is None:
        known = districts("ward", timezone.localdate(stamp_of(request).at))
        setattr(request, "wards_in_force", known)  # noqa: B010
    return known


def ward_meant(code: str, request: HttpRequest) -> Any:
    """The ward that was chosen in a form; none for the whole city."""
    return get_ward(code, today_of(request)) if code else None
