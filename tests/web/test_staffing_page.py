"""The page of the staff that is needed: nothing is told from hours that nobody measured."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client

from tests.cast import Cast
from tests.web.conftest import SignIn
from wardroom.office.actions import log_time, note_unit_time
from wardroom.office.models import UnitTime
from wardroom.office.rules.staffing import KINDS

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(director: Cast, sign_in: SignIn) -> Client:
    return sign_in(director)


def test_what_was_logged_is_used(client: Client, director: Cast, liaison5: Cast) -> None:
    for minutes in (30, 60, 90, 60, 30):
        log_time(liaison5.party, kind="issue", minutes=minutes, stamp=liaison5.stamp)
    page = client.get("/staffing/").content.decode()
    assert 'action="/staffing/measured/"' in page
    sent = {"kind": "issue", "since_on": "2026-11-01", "until_on": "2026-11-30"}
    assert client.post("/staffing/measured/", sent).status_code == 302
    assert UnitTime.objects.get().observed == 5


def test_nothing_is_told_before_it_is_measured(client: Client, director: Cast) -> None:
    page = client.get("/staffing/").content.decode()
    assert "How many people the work needs cannot be told yet" in page
    assert "issue, persistent location, meeting or event and incident" in page
    assert "full-time jobs are needed" not in page
    assert "not measured" in page
    for kind in KINDS:
        note_unit_time(
            None,
            kind=kind,
            hours=Decimal(2),
            low=Decimal(1),
            high=Decimal(3),
            observed=9,
            how="Counted",
            stamp=director.stamp,
        )
    page = client.get("/staffing/").content.decode()
    assert "full-time jobs are needed" in page
    assert "cannot be told yet" not in page
