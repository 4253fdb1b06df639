"""Noting places: what requests point to, and what is taken in by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.city import facts, policy
from wardroom.city.actions.joining import join_places
from wardroom.city.models import BoundarySet, Place
from wardroom.city.queries import is_inside
from wardroom.city.queries.findable import place_thing
from wardroom.city.rules import has_point, label_of, place_key, place_kind
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.search.actions import index_things, let_be_found
from wardroom.search.rules import kept


@dataclass(frozen=True)
class PlaceDraft:
    """A place to be noted."""

    key: int
    label: str
    latitude: float
    longitude: float


@action(policy.may_note_place)
def note_places(subject: None, *, drafts: Sequence[PlaceDraft], stamp: Stamp) -> dict[int, Place]:
    """Note many places at once, each by its key; one that is known stays as it is.

    Returns the places by key, known ones too.
    Refuses: an empty list. Records: `PlacesNoted`.
    """
    if not drafts:
        raise Refused("no_places", "There is no place to note.")
    keys = [d.key for d in drafts]
    known = set(Place.objects.filter(key__in=keys).values_list("key", flat=True))
    new = list({d.key: d for d in drafts if d.key not in known}.values())
    Place.objects.bulk_create(
        Place(
            key=d.key,
            kind=place_kind(d.key),
            label=d.label[:200],
            latitude=d.latitude,
            longitude=d.longitude,
            noted_at=stamp.at,
        )
        for d in new
    )
    places = {p.key: p for p in Place.objects.filter(key__in=keys)}
    made = [places[d.key] for d in new]
    join_places(made, sets=BoundarySet.objects.order_by("pk"))
    index_things(place_thing(place) for place in made)
    record(facts.PlacesNoted(places=len(new)), stamp=stamp)
    return places


@action(policy.may_note_place)
def note_place(
    subject: None, *, key: int, label: str, latitude: float, longitude: float, stamp: Stamp
) -> Place:
    """Note one place by its key; the same key again gives the same place.

    Refuses: nothing. Records: `PlaceNoted`.
    """
    place, new = Place.objects.get_or_create(
        key=key,
        defaults={
            "kind": place_kind(key),
            "label": label[:200],
            "latitude": latitude,
            "longitude": longitude,
            "noted_at": stamp.at,
        },
    )
    if new:
        _let_be_found(place)
    record(facts.PlaceNoted(place_id=place.pk, label=place.label), stamp=stamp)
    return place


@action(policy.may_note_place)
def add_place(
    subject: None,
    *,
    text: str = "",
    latitude: float | None = None,
    longitude: float | None = None,
    address_id: int | None = None,
    stamp: Stamp,
) -> Place:
    """Note a place as it was typed or pointed at; one that is known already is given back.

    A place that is only written keeps no district until somebody knows its point.
    Refuses: neither a text nor a point; half a point; a point outside the city.
    Records: `PlaceNoted`.
    """
    text = " ".join(kept(text, 200).split())
    if (latitude is None) != (longitude is None):
        raise Refused("half_a_point", "A point needs a latitude and a longitude.", field="point")
    if latitude is not None and not has_point(latitude, longitude):
        raise Refused("not_a_point", "This is not a point on the map.", field="point")
    key = place_key(address_id, text, latitude, longitude)
    if key is None:
        raise Refused("nowhere", "Write an address, or point at the map.", field="place")
    if latitude is not None and longitude is not None:
        _check_inside(latitude, longitude, stamp)
    place, new = Place.objects.get_or_create(
        key=key,
        defaults={
            "kind": place_kind(key),
            "label": label_of(text, latitude, longitude)[:200],
            "latitude": latitude,
            "longitude": longitude,
            "noted_at": stamp.at,
        },
    )
    pointed = not new and latitude is not None and place.latitude is None
    if pointed:
        place.latitude, place.longitude = latitude, longitude
        place.save()
    if new or pointed:
        join_places([place], sets=BoundarySet.objects.order_by("pk"))
        let_be_found(place_thing(place), new=new)
    record(facts.PlaceNoted(place_id=place.pk, label=place.label), stamp=stamp)
    return place


def _check_inside(latitude: float, longitude: float, stamp: Stamp) -> None:
    if not is_inside(latitude, longitude, localdate(stamp.at)):
        raise Refused(
            "outside_the_city",
            "This point lies outside the city's boundaries. Another city has to help there.",
            field="point",
        )


def _let_be_found(place: Place) -> None:
    join_places([place], sets=BoundarySet.objects.order_by("pk"))
    index_things([place_thing(place)])
