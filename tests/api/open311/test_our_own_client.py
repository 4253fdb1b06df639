"""Wardroom reads another Wardroom over the wire, and sends to it once, whatever breaks off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.api.open311.conftest import Program
from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.ground import Ground, open_at
from tests.service_requests.endpoints import draft_of, later, read
from wardroom.casework.actions import send_matter_on
from wardroom.casework.models import Report
from wardroom.service_requests.actions import add_endpoint, correct_endpoint
from wardroom.service_requests.gateways import calling, endpoint_sending
from wardroom.service_requests.models import Endpoint, ServiceRequest

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def endpoint_of(
    live_server: LiveServer,
    settings: Settings,
    program: Program,
    monkeypatch: pytest.MonkeyPatch,
) -> Endpoint:
    """The other Wardroom, whose clock says what ours does."""
    settings.ALLOWED_HOSTS = ["*"]
    settings.ENDPOINTS_PRIVATE = True
    settings.ENDPOINT_KEYS = [f"chicago={program.token}"]
    monkeypatch.setattr(calling, "_date", lambda came: NOON)
    draft = draft_of(
        f"{live_server.url}/open311/v2",
        jurisdiction="dc.gov",
        keeps_repeats=True,
        since_on=date(2026, 11, 1),
    )
    return add_endpoint(None, draft=draft, stamp=HOUSE)


def set_format(endpoint: Endpoint, form: str) -> None:
    """Read it in this format from now on."""
    draft = replace(
        draft_of(endpoint.url, jurisdiction="dc.gov", keeps_repeats=True, minutes=20),
        since_on=date(2026, 11, 1),
        format=form,
    )
    correct_endpoint(endpoint, draft=draft, stamp=HOUSE)


@pytest.mark.parametrize("form", ["json", "xml"])
def test_all_that_it_publishes_is_mirrored(
    endpoint_of: Endpoint, mirror: None, program: Program, form: str
) -> None:
    number = program.sent()
    set_format(endpoint_of, form)
    assert read(endpoint_of)
    got = ServiceRequest.objects.filter(feed__code="chicago")
    assert number in set(got.values_list("external_id", flat=True))
    assert {"26-1", "26-2", "26-3"} <= set(got.values_list("external_id", flat=True))
    ours = ServiceRequest.objects.exclude(feed__code="chicago").get(external_id="26-1")
    theirs = got.get(external_id="26-1")
    assert (theirs.status, theirs.opened_at) == (ours.status, ours.opened_at)
    assert "rodents" in {row["code"] for row in endpoint_of.services}


def test_request_is_sent_to_it_once_though_the_worker_dies(
    endpoint_of: Endpoint,
    ground: Ground,
    liaison5: Cast,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    matter = open_at(ground, liaison5, "5")
    row = send_matter_on(
        matter,
        endpoint=endpoint_of,
        service_code="rodents",
        description="Rats run out of the vacant house at night.",
        answers={"seen": "live"},
        stamp=liaison5.stamp,
    )

    def dies(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(endpoint_sending, "_note_answer", dies)
        with pytest.raises(KeyboardInterrupt):
            endpoint_sending.send_submission(row.pk, stamp=HOUSE)
    endpoint_sending.send_submission(row.pk, stamp=later(NOON + timedelta(minutes=6)))
    row.refresh_from_db()
    assert (row.state, row.error) == ("sent", "")
    report = Report.objects.get()
    assert report.number in row.external_id.replace("-", "")
    endpoint_sending.follow_submission(row, open_here=True, stamp=later(hours=1))
    row.refresh_from_db()
    assert row.there_status == "open"
