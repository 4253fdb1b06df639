"""A location is public only while an approved text stands, and then by bare facts alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.conftest import NOON
from wardroom.city.rules import block_point
from wardroom.fieldwork.actions import record_check
from wardroom.matters.rules.news import CHECK, TEXT
from wardroom.problems.actions import approve_public_text, withdraw_public_text, write_public_text
from wardroom.problems.models import PersistentLocation
from wardroom.problems.queries import location_news, public_locations
from wardroom.problems.rules.publishing import public_point

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
SECRET = "The owner is out of town, says the neighbor at the corner."


def told() -> list[str]:
    found = location_news(NOON - timedelta(days=1), NOON + timedelta(days=1))
    assert SECRET not in str(found)
    return sorted(news.kind for news in found)


def test_what_waits_for_a_second_person_is_not_public(
    location: PersistentLocation, liaison5: Cast, director: Cast
) -> None:
    record_check(
        location.matter,
        finding="clean",
        rating=1,
        note=SECRET,
        seen_at=NOON - timedelta(hours=2),
        stamp=liaison5.stamp,
    )
    row = write_public_text(location, text="A gate was put up here.", stamp=liaison5.stamp)
    assert told() == []
    assert public_locations() == ()

    approve_public_text(row, stamp=director.stamp)
    assert told() == [CHECK, TEXT]
    (place,) = public_locations()
    assert (place.text, place.ward_code) == ("A gate was put up here.", "5")
    assert place.districts

    withdraw_public_text(row, reason="The gate is gone", stamp=director.stamp)
    assert told() == []


def test_a_house_is_shown_only_roughly() -> None:
    assert public_point("address", 38.92345, -77.00567) == (38.923, -77.006)
    assert public_point("block", 38.92345, -77.00567) == (38.92345, -77.00567)
    assert public_point("address", None, None) == (None, None)


def test_a_public_page_draws_every_place_only_roughly() -> None:
    assert block_point(38.92345, -77.00567) == (38.923, -77.006)
    assert block_point(None, None) is None
