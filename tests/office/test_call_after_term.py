"""A link to take an incident opens nothing once the time of its holder here is over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import Cast
from tests.ground import Ground
from tests.incidents.calling import NIGHT, fire, on_call, token_for
from tests.office.people import TODAY, lent
from wardroom.office.actions import shorten_term

pytestmark = [pytest.mark.django_db]


def test_call_link_ends_with_the_term(
    ground: Ground, director: Cast, liaison7: Cast, staff: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NIGHT)
    term = lent(liaison7, director)
    on_call(director, on_call=liaison7)
    incident = fire(staff, ground.wards["5"])
    address = f"/call/{token_for(liaison7, NIGHT)}/"
    assert Client().get(address).status_code == 200
    shorten_term(term, until_on=TODAY, reason="Called back", stamp=director.stamp)
    for instant, status in ((NIGHT, 404), (NIGHT + timedelta(hours=1), 404)):
        monkeypatch.setattr("django.utils.timezone.now", lambda at=instant: at)
        assert Client().post(address, {"answer": "mine"}).status_code == status
    incident.refresh_from_db()
    assert incident.taken_at is None
