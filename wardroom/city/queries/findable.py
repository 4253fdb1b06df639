"""What of places and pieces of ground can be found: as one is noted, and all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from wardroom.city.models import District, Ground, Place
from wardroom.city.rules import GROUND
from wardroom.kernel.facts import Ref
from wardroom.search.rules import Shelf, Thing


def place_thing(place: Place) -> Thing:
    """A place is found by its name and by what kind of place it is."""
    ref = Ref("place", str(place.pk))
    return Thing(ref=ref, title=place.label, text=place.kind, at=place.noted_at)


def ground_thing(district: District, owner_code: str, owner_name: str, at: datetime) -> Thing:
    """A piece of ground is found by its name, its code and its owner."""
    return Thing(
        ref=Ref(GROUND, str(district.pk)),
        title=district.name,
        text=f"{district.code} {owner_code} {owner_name}",
        at=at,
    )


def shelves() -> tuple[Shelf, ...]:
    """All places, and the ground of the newest version."""
    return (
        Shelf("place", _place_instants, _some_places),
        Shelf(GROUND, _ground_instants, _some_ground),
    )


def _place_instants() -> Iterable[tuple[int, datetime]]:
    return Place.objects.order_by().values_list("pk", "noted_at").iterator()


def _some_places(instants: Mapping[int, datetime]) -> Iterator[Thing]:
    return (place_thing(place) for place in Place.objects.filter(pk__in=instants).order_by("pk"))


def _ground_instants() -> Iterable[tuple[int, datetime]]:
    rows = Ground.objects.filter(district__boundary_set__valid_until=None).order_by()
    return rows.values_list("district_id", "district__boundary_set__loaded_at").iterator()


def _some_ground(instants: Mapping[int, datetime]) -> Iterator[Thing]:
    rows = Ground.objects.filter(district__in=instants).select_related("district").order_by("pk")
    return (
        ground_thing(g.district, g.owner_code, g.owner_name, instants[g.district_id]) for g in rows
    )
