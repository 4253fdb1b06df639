"""The point of a 311 request is offered as the place where nobody has noted the place yet."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.conftest import NOON
from wardroom.casework.queries import known_here
from wardroom.service_requests.models import ServiceRequest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("trouble")]


def test_address_that_only_311_knows_is_offered_with_its_point(
    liaison5: Cast, liaison7: Cast, partner_dpw: Cast
) -> None:
    known = known_here(liaison5.actor, at=NOON, place_text="503 alley st. ne")
    first, *others = known.found.rows
    assert (first.kind, first.label, first.place_id) == ("311", "503 ALLEY STREET NE", None)
    assert first.latitude == pytest.approx(38.9281)
    assert first.ward_code == "5"
    assert [row.kind for row in others][-1] == "typed"
    for who in (liaison7, partner_dpw):
        rows = known_here(who.actor, at=NOON, place_text="503 alley st. ne").found.rows
        assert "311" not in [row.kind for row in rows]


def test_point_of_a_311_number_is_offered_beside_other_words(liaison5: Cast) -> None:
    number = ServiceRequest.objects.get(address="503 ALLEY STREET NE").external_id
    known = known_here(
        liaison5.actor, at=NOON, place_text="behind the school", request_number=number
    )
    assert known.place is None
    assert [(row.kind, row.label) for row in known.found.rows] == [
        ("311", "503 ALLEY STREET NE"),
        ("typed", "behind the school"),
    ]
