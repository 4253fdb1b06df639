"""The file of locations has those with a text for the public, and nothing else of them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.conftest import NOON
from wardroom.fieldwork.actions import record_check
from wardroom.matters.actions.sealing import restrict_matter
from wardroom.problems.actions import approve_public_text, withdraw_public_text, write_public_text
from wardroom.problems.models import PersistentLocation, PublicText
from wardroom.problems.queries.public_rows import public_location_rows
from wardroom.reporting.rules.open_data import LOCATIONS

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
SECRET = "The owner is out of town, says the neighbor at the corner."


def told() -> list[dict[str, object]]:
    names = [column.name for column in LOCATIONS.columns]
    rows = public_location_rows(on=NOON.date())
    return [dict(zip(names, row, strict=True)) for row in rows]


@pytest.fixture
def public(location: PersistentLocation, liaison5: Cast, director: Cast) -> PublicText:
    """A location with a text that stands, and a look that wrote down more than is told."""
    record_check(
        location.matter,
        finding="clean",
        rating=1,
        note=SECRET,
        seen_at=NOON - timedelta(hours=2),
        stamp=liaison5.stamp,
    )
    row = write_public_text(location, text="=A gate was put up here.", stamp=liaison5.stamp)
    assert told() == []
    approve_public_text(row, stamp=director.stamp)
    return row


def test_a_location_is_told_in_its_public_words_and_bare_facts(public: PublicText) -> None:
    [row] = told()
    assert row["location_id"] == public.location.matter_id
    assert (row["text"], row["ward"]) == ("=A gate was put up here.", "5")
    assert (row["last_checked_on"], row["closed_on"]) == (NOON.date(), None)
    assert row["last_finding"]
    assert SECRET not in str(row)
    place = public.location.place
    assert place.latitude is not None
    assert row["lat"] == round(place.latitude, 3)
    assert row["address"] != place.label or "block" in place.label


def test_a_restricted_location_is_gone(public: PublicText, liaison5: Cast, director: Cast) -> None:
    matter = public.location.matter
    restrict_matter(matter, reason="A witness", readers=[], stamp=director.stamp)
    assert told() == []
    matter.refresh_from_db()
    assert matter.restricted


def test_what_was_withdrawn_is_not_told(public: PublicText, director: Cast) -> None:
    withdraw_public_text(public, reason="The gate is gone", stamp=director.stamp)
    assert told() == []
