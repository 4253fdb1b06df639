"""The place is found as it is typed or pointed at, with the districts that hold today."""

from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import HOUSE, Cast
from tests.ground import Ground
from wardroom.city.actions import add_place, note_places
from wardroom.city.actions.places import PlaceDraft
from wardroom.city.models import Membership, Place
from wardroom.city.queries import find_places, place_at, place_row, places_near
from wardroom.city.rules import METRES_PER_DEGREE, box_around, metres_between, place_key
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 18)
KNOWN = (
    "1200 K STREET NW",
    "1250 K STREET NW",
    "1200 - 1299 BLOCK OF K STREET NW",
    "14TH STREET NW AND U STREET NW",
    "1400 U STREET NW",
    "14 RHODE ISLAND AVENUE NE",
    "ALLEY BEHIND THE 500 BLOCK OF ELM STREET NW",
)


@pytest.fixture
def known(ground: Ground) -> None:
    drafts = []
    for n, label in enumerate(KNOWN):
        key = place_key(None, label, None, None)
        assert key is not None
        drafts.append(PlaceDraft(key, label, 38.91, -77.0 + n * 0.001))
    note_places(None, drafts=drafts, stamp=HOUSE)


def labels(who: Cast, text: str) -> list[str]:
    return [r.label for r in find_places(who.actor, text, on=TODAY).rows if r.kind != "typed"]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("1200 k st nw", "1200 K STREET NW"),
        ("1250 K", "1250 K STREET NW"),
        ("1200 block k st nw", "1200 - 1299 BLOCK OF K STREET NW"),
        ("14th & U", "14TH STREET NW AND U STREET NW"),
        ("u st and 14th st", "14TH STREET NW AND U STREET NW"),
        ("14 rhode is", "14 RHODE ISLAND AVENUE NE"),
        ("14 rhode islnd ave", "14 RHODE ISLAND AVENUE NE"),
        ("alley elm", "ALLEY BEHIND THE 500 BLOCK OF ELM STREET NW"),
    ],
)
def test_place_is_found_as_it_is_typed(known: None, liaison5: Cast, typed: str, first: str) -> None:
    found = labels(liaison5, typed)
    assert first in found
    if typed != "1200 k st nw":
        assert found[0] == first


def test_suggestion_tells_the_district_of_today(known: None, liaison5: Cast) -> None:
    row = find_places(liaison5.actor, "1250 k", on=TODAY).rows[0]
    assert (row.kind, row.ward_code, row.anc_code) == ("address", "5", "")
    before = find_places(liaison5.actor, "1250 k", on=date(2000, 1, 1)).rows[0]
    assert before.ward_code == ""
    assert row.place_id is not None
    assert place_row(liaison5.actor, row.place_id, on=TODAY) == row


def test_words_may_be_used_as_typed(known: None, liaison5: Cast) -> None:
    last = find_places(liaison5.actor, "1250  K Street", on=TODAY).rows[-1]
    assert (last.kind, last.label, last.place_id) == ("typed", "1250 K Street", None)
    kinds = [r.kind for r in find_places(liaison5.actor, "1250 k st. nw", on=TODAY).rows]
    assert "typed" not in kinds
    (only,) = find_places(liaison5.actor, "the bench by the pond", on=TODAY).rows
    assert only.kind == "typed"


@pytest.mark.parametrize("typed", ["", " ", "\0", "'\"*()", "a" * 10_000, "\ud800", "&", "- -"])
def test_hostile_line_errs_never(known: None, liaison5: Cast, typed: str) -> None:
    assert len(find_places(liaison5.actor, typed, on=TODAY).rows) <= 9


def test_partners_and_visitors_find_no_places(known: None, partner_dpw: Cast) -> None:
    assert find_places(partner_dpw.actor, "1200 k", on=TODAY).rows == ()
    assert places_near(partner_dpw.actor, 38.91, -77.0, on=TODAY) == ()


def test_click_gives_the_nearest_known_place(known: None, liaison5: Cast) -> None:
    here = place_at(liaison5.actor, 38.91 + 20 / METRES_PER_DEGREE, -77.0, on=TODAY)
    assert here.is_inside
    assert here.place.label == KNOWN[0]
    assert here.place.metres == pytest.approx(20, abs=0.2)


def test_click_far_from_all_gives_a_new_point(known: None, liaison5: Cast) -> None:
    here = place_at(liaison5.actor, 38.935, -76.96, on=TODAY)
    assert here.is_inside
    assert here.place.place_id is None
    assert here.place.ward_code == "7"
    assert here.sentence == "A new place: nothing is known within 30 meters."


@pytest.mark.parametrize("point", [(39.5, -77.0), (0.0, 0.0), (math.nan, 1.0)])
def test_click_outside_the_city_says_so(
    known: None, liaison5: Cast, point: tuple[float, float]
) -> None:
    here = place_at(liaison5.actor, *point, on=TODAY)
    assert not here.is_inside
    assert "outside the city's boundaries" in here.sentence


def test_near_is_measured_in_metres(ground: Ground, liaison5: Cast) -> None:
    """Ninety metres east and ninety north are equally near; degrees would not say so."""
    lat, lon = 38.915, -77.0
    east = 1 / (METRES_PER_DEGREE * math.cos(math.radians(lat)))
    spots = {
        "east 90": (lat, lon + 90 * east),
        "north 90": (lat + 90 / METRES_PER_DEGREE, lon),
        "east 110": (lat, lon + 110 * east),
        "corner": (lat + 80 / METRES_PER_DEGREE, lon + 80 * east),
    }
    drafts = [PlaceDraft(n, label, *p) for n, (label, p) in enumerate(spots.items(), start=1)]
    note_places(None, drafts=drafts, stamp=HOUSE)
    rows = places_near(liaison5.actor, lat, lon, on=TODAY)
    assert {r.label for r in rows} == {"east 90", "north 90"}
    assert all(r.metres == pytest.approx(90, abs=0.5) for r in rows)
    assert len(places_near(liaison5.actor, lat, lon, on=TODAY, metres=120)) == 4
    assert not places_near(liaison5.actor, lat, lon, on=TODAY, metres=math.nan)


lat_ = st.floats(38.0, 40.0)
lon_ = st.floats(-78.0, -76.0)


@given(lat=lat_, lon=lon_, metres=st.floats(1, 2000), turn=st.floats(0, 2 * math.pi))
def test_box_holds_all_within_its_metres(
    lat: float, lon: float, metres: float, turn: float
) -> None:
    across = metres / (METRES_PER_DEGREE * math.cos(math.radians(lat)))
    far = lat + metres / METRES_PER_DEGREE * math.sin(turn), lon + across * math.cos(turn)
    west, south, east, north = box_around(lat, lon, metres)
    if metres_between(lat, lon, *far) <= metres:
        assert west <= far[1] <= east
        assert south <= far[0] <= north


def test_same_place_is_noted_once(ground: Ground, liaison5: Cast) -> None:
    first = add_place(
        None, text="100 Elm St. NW", latitude=38.91, longitude=-77.0, stamp=liaison5.stamp
    )
    again = add_place(None, text="100 elm street nw", stamp=liaison5.stamp)
    assert first == again
    assert Membership.objects.get(place=first).district.code == "5"
    assert labels(liaison5, "100 elm") == ["100 Elm St. NW"]


def test_place_without_a_point_keeps_no_district(ground: Ground, liaison5: Cast) -> None:
    place = add_place(None, text="Behind the old bakery", stamp=liaison5.stamp)
    assert (place.latitude, place.longitude) == (None, None)
    assert not Membership.objects.filter(place=place).exists()
    assert labels(liaison5, "old bakery") == ["Behind the old bakery"]
    pointed = add_place(
        None,
        text="behind the old bakery",
        latitude=38.92,
        longitude=-76.96,
        stamp=liaison5.stamp,
    )
    assert pointed == place
    assert Membership.objects.get(place=place).district.code == "7"
    moved = add_place(
        None, text="behind the old bakery", latitude=38.91, longitude=-77.0, stamp=liaison5.stamp
    )
    assert moved.longitude == -76.96


@pytest.mark.parametrize(
    ("given_", "code"),
    [
        ({}, "nowhere"),
        ({"text": " , "}, "nowhere"),
        ({"latitude": 38.91}, "half_a_point"),
        ({"latitude": math.nan, "longitude": -77.0}, "not_a_point"),
        ({"latitude": 0.0, "longitude": 0.0}, "not_a_point"),
        ({"text": "Over the line", "latitude": 39.5, "longitude": -77.0}, "outside_the_city"),
    ],
)
def test_nowhere_is_refused(
    ground: Ground, liaison5: Cast, given_: dict[str, object], code: str
) -> None:
    before = (Place.objects.count(), Entry.objects.count())
    with pytest.raises(Refused) as no:
        add_place(None, stamp=liaison5.stamp, **given_)  # type: ignore[arg-type]
    assert no.value.code == code
    assert (Place.objects.count(), Entry.objects.count()) == before


def test_partner_adds_no_place(ground: Ground, partner_dpw: Cast) -> None:
    with pytest.raises(NotAllowed):
        add_place(None, text="100 Elm St NW", stamp=partner_dpw.stamp)
