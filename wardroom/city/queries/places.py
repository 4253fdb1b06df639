"""Finding the place as it is typed, or by a click on the map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from wardroom.access.actor import Actor
from wardroom.city.models import District, Membership, Place
from wardroom.city.queries.boundaries import codes_at, is_inside, sets_on
from wardroom.city.queries.ground import ground_points
from wardroom.city.rules import (
    GROUND,
    KINDS,
    address_key,
    box_around,
    has_point,
    is_corner,
    label_of,
    metres_between,
)
from wardroom.kernel.errors import NotFound
from wardroom.search.queries import Found, find
from wardroom.search.rules import kept

DISTRICTS = ("ward", "anc", "smd")
SAME_METRES, MOST_METRES, MOST_PLACES, MOST_LETTERS = 30.0, 2000.0, 200, 200
TYPED = "typed"
OUTSIDE = "This point lies outside the city's boundaries. Another city has to help there."


@dataclass(frozen=True)
class PlaceRow:
    """A place as a suggestion shows it, with the districts that hold today.

    ``place_id`` is empty where nobody has noted the place yet; ``kind`` is address, block,
    intersection, point, ground, or typed for words to be used as they are.
    """

    place_id: int | None
    label: str
    kind: str
    latitude: float | None = None
    longitude: float | None = None
    ward_code: str = ""
    anc_code: str = ""
    smd_code: str = ""
    metres: float | None = None
    ground_id: int | None = None


@dataclass(frozen=True)
class PlacesFound:
    """Suggestions, the likeliest first; ``corrected`` is what was looked for instead."""

    rows: tuple[PlaceRow, ...]
    corrected: str = ""


@dataclass(frozen=True)
class PointHere:
    """What is at a point: a known place or a new one, and whether it lies in the city."""

    place: PlaceRow
    is_inside: bool
    sentence: str


def find_places(actor: Actor, text: str, *, on: date, limit: int = 8) -> PlacesFound:
    """The places that are meant by what is typed so far, and the words themselves.

    Addresses, corners, blocks, alleys, and parks by their names. The last suggestion is to use
    the words as typed, unless they are exactly a place that is known.
    """
    words = " ".join(kept(text, MOST_LETTERS).split())
    if not words or not actor.is_staff:
        return PlacesFound(())
    page = find(actor, words, nouns=("place", GROUND), limit=limit * (4 if is_corner(words) else 1))
    rows = _in_order(words, _places(page.rows, on))[:limit]
    exact = address_key(words)
    known = exact is not None and Place.objects.filter(key=exact).exists()
    if not known and not any(r.label.casefold() == words.casefold() for r in rows):
        rows = [*rows, PlaceRow(None, words, TYPED)]
    return PlacesFound(tuple(rows), page.corrected)


def place_at(actor: Actor, latitude: float, longitude: float, *, on: date) -> PointHere:
    """The nearest known place within 30 metres of a point, or the point as a new place."""
    point = PlaceRow(None, label_of("", latitude, longitude), "point", latitude, longitude)
    if not has_point(latitude, longitude) or not is_inside(latitude, longitude, on):
        return PointHere(point, is_inside=False, sentence=OUTSIDE)
    near = places_near(actor, latitude, longitude, metres=SAME_METRES, on=on, limit=1)
    if near:
        said = f"{near[0].label}, {near[0].metres:.0f} meters away"
        return PointHere(near[0], is_inside=True, sentence=said)
    codes = codes_at(latitude, longitude, on)
    said = "A new place: nothing is known within 30 meters."
    return PointHere(_with_codes(point, codes), is_inside=True, sentence=said)


def places_near(
    actor: Actor,
    latitude: float,
    longitude: float,
    *,
    on: date,
    metres: float = 100.0,
    limit: int = 50,
) -> tuple[PlaceRow, ...]:
    """Known places within so many real metres of a point, the nearest first."""
    if not actor.is_staff or not has_point(latitude, longitude) or not metres >= 0:
        return ()
    metres = min(metres, MOST_METRES)
    west, south, east, north = box_around(latitude, longitude, metres)
    rows = Place.objects.filter(
        latitude__gte=south, latitude__lte=north, longitude__gte=west, longitude__lte=east
    )
    measured = sorted(
        (metres_between(latitude, longitude, lat, lon), pk, label, kind, lat, lon)
        for pk, label, kind, lat, lon in rows.values_list(
            "pk", "label", "kind", "latitude", "longitude"
        )
        if lat is not None and lon is not None
    )
    near = [
        PlaceRow(pk, label, kind, lat, lon, metres=away)
        for away, pk, label, kind, lat, lon in measured[: min(limit, MOST_PLACES)]
        if away <= metres
    ]
    codes = _codes([row.place_id for row in near if row.place_id is not None], on)
    return tuple(_with_codes(row, codes.get(row.place_id or 0, {})) for row in near)


def place_row(actor: Actor, place_id: int, *, on: date) -> PlaceRow | None:
    """One known place with its districts of a day; None where there is none, or for partners."""
    place = place_if_known(place_id, actor)
    return row_of_place(place, on=on) if place is not None else None


def row_of_place(place: Place, *, on: date | None) -> PlaceRow:
    """A known place with its districts of a day; without a day nobody asks for them."""
    codes = _codes([place.pk], on) if on is not None else {}
    return _with_codes(_row(place), codes.get(place.pk, {}))


def ward_of_places(place_ids: Iterable[int], *, on: date) -> Mapping[int, str]:
    """The ward that each of these places lies in on a day; places without one are absent."""
    wanted = list(place_ids)
    if not wanted:
        return {}
    sets = sets_on(on).filter(kind="ward")
    rows = Membership.objects.filter(place__in=wanted, district__boundary_set__in=sets)
    return dict(rows.order_by("pk").values_list("place_id", "district__code"))


def get_place(place_id: int, actor: Actor) -> Place:
    """One known place, to act on it; `NotFound` where there is none, or for partners."""
    place = place_if_known(place_id, actor)
    if place is None:
        raise NotFound(f"no place {place_id}")
    return place


def place_if_known(place_id: int, actor: Actor) -> Place | None:
    """The same; None where there is none, or for partners."""
    return Place.objects.filter(pk=place_id).first() if actor.is_staff else None


def _places(found: Sequence[Found], on: date) -> list[PlaceRow]:
    """What search found, with point and districts, in the same order."""
    places = _rows([int(f.ref.key) for f in found if f.ref.noun == "place"], on)
    grounds = _grounds([int(f.ref.key) for f in found if f.ref.noun == GROUND], on)
    rows = []
    for f in found:
        row = (grounds if f.ref.noun == GROUND else places).get(int(f.ref.key))
        if row is not None:
            rows.append(row)
    return rows


def _in_order(words: str, rows: list[PlaceRow]) -> list[PlaceRow]:
    """Corners first where a corner is typed; otherwise as they were found."""
    if not is_corner(words):
        return rows
    return sorted(rows, key=lambda r: r.kind != KINDS[2])


def _rows(pks: Iterable[int], on: date) -> dict[int, PlaceRow]:
    wanted = list(pks)
    if not wanted:
        return {}
    codes = _codes(wanted, on)
    places = Place.objects.filter(pk__in=wanted).order_by("pk")
    return {p.pk: _with_codes(_row(p), codes.get(p.pk, {})) for p in places}


def _codes(wanted: list[int], on: date) -> dict[int, dict[str, str]]:
    """The code of each kind of district that each of these places lies in."""
    codes: dict[int, dict[str, str]] = {}
    sets = sets_on(on).filter(kind__in=DISTRICTS)
    members = Membership.objects.filter(place__in=wanted, district__boundary_set__in=sets)
    columns = ("place_id", "district__boundary_set__kind", "district__code")
    for pk, kind, code in members.order_by("pk").values_list(*columns):
        codes.setdefault(pk, {})[kind] = code
    return codes


def _grounds(pks: list[int], on: date) -> dict[int, PlaceRow]:
    if not pks:
        return {}
    points = ground_points(pks)
    rows = District.objects.filter(pk__in=pks, boundary_set__in=sets_on(on)).order_by("pk")
    return {
        d.pk: _with_codes(
            PlaceRow(None, d.name, GROUND, *points[d.pk], ground_id=d.pk),
            codes_at(*points[d.pk], on),
        )
        for d in rows.only("pk", "name")
    }


def _row(place: Place) -> PlaceRow:
    return PlaceRow(place.pk, place.label, place.kind, place.latitude, place.longitude)


def _with_codes(row: PlaceRow, codes: dict[str, str]) -> PlaceRow:
    ward, anc, smd = (codes.get(kind, "") for kind in DISTRICTS)
    return replace(row, ward_code=ward, anc_code=anc, smd_code=smd)
