"""Which file a place has: one that stands, however many older data hold."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from wardroom.city.models import Place
from wardroom.city.rules import box_around, metres_between
from wardroom.matters.models import Matter
from wardroom.problems.models import PersistentLocation

SAME_M = 30.0
IN_ERROR = "opened_in_error"


def get_file_at(place: Place) -> PersistentLocation | None:
    """The file of a place, or of one a few steps from it.

    A file that was joined to another stands no more: its place belongs to the other one. Of
    several the open one has it, or else the newest.
    """
    here = _rows().filter(place=place)
    return standing_of_all(here) or standing_of_all(_next_to(place))


def same_ground(place: Place) -> Q:
    """A place and those a few steps from it, of which only one may have a file."""
    latitude, longitude = place.latitude, place.longitude
    if latitude is None or longitude is None:
        return Q(pk=place.pk)
    west, south, east, north = box_around(latitude, longitude, SAME_M)
    near = Q(latitude__gte=south, latitude__lte=north)
    return Q(pk=place.pk) | near & Q(longitude__gte=west, longitude__lte=east)


def standing_of_all(files: Iterable[PersistentLocation]) -> PersistentLocation | None:
    """The one that stands for all of these; none where there are none."""
    kept = {file.pk: file for each in files if (file := survivor_of(each)) is not None}
    return max(kept.values(), key=_standing, default=None)


def survivor_of(file: PersistentLocation) -> PersistentLocation | None:
    """The file itself, or the one that it was joined to; none where that is no file."""
    matter: Matter | None = file.matter
    if file.matter.merged_into_id is None:
        return file
    while matter is not None and matter.merged_into_id is not None:
        matter = matter.merged_into
    kept: PersistentLocation | None = _rows().filter(matter=matter).first()
    return kept


def older_files(file: PersistentLocation) -> tuple[int, ...]:
    """The matters of the other files that older data hold for its place, and that stand."""
    rows = PersistentLocation.objects.filter(place=file.place_id, matter__merged_into=None)
    return tuple(rows.exclude(pk=file.pk).order_by("pk").values_list("matter_id", flat=True))


def _rows() -> QuerySet[PersistentLocation]:
    return PersistentLocation.objects.select_related("matter__merged_into", "place")


def _standing(file: PersistentLocation) -> tuple[bool, bool, int]:
    matter = file.matter
    return matter.state == "open", matter.outcome != IN_ERROR, file.pk


def _next_to(place: Place) -> list[PersistentLocation]:
    """The files of the nearest place a few steps away that has any."""
    latitude, longitude = place.latitude, place.longitude
    if latitude is None or longitude is None:
        return []
    near = Place.objects.filter(same_ground(place)).exclude(pk=place.pk)
    rows = _rows().filter(place__in=near)
    away = [(_metres(file.place, latitude, longitude), file) for file in rows]
    nearest = min((metres for metres, _ in away), default=None)
    if nearest is None or nearest > SAME_M:
        return []
    return [file for metres, file in away if metres == nearest]


def _metres(place: Place, latitude: float, longitude: float) -> float:
    return metres_between(latitude, longitude, place.latitude or 0.0, place.longitude or 0.0)
