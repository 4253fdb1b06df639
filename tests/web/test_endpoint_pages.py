"""Endpoints, drift and what was sent on, as people work with them on the pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from tests.cast import HOUSE, Cast
from tests.web.addresses import address
from tests.web.conftest import World
from wardroom.service_requests.actions import note_vanished
from wardroom.service_requests.models import Drift, Endpoint, Submission

pytestmark = pytest.mark.django_db
GIVEN = {
    "endpoint_name": "Chicago 311",
    "code": "chicago",
    "url": "https://311.chicago.example/open311/v2",
    "mode": "both",
    "since_on": "2026-11-01",
    "key_name": "elsewhere",
    "format": "xml",
    "own_codes": "yes",
    "keeps_repeats": "no",
    "minutes": "30",
}


def text(world: World, who: str, path: str) -> str:
    return str(world.clients[who].get(path).content.decode())


def post(world: World, who: str, path: str, **given: Any) -> Any:
    return world.clients[who].post(path, given)


def test_director_adds_an_endpoint_and_corrects_it(world: World) -> None:
    answer = post(world, "director", reverse("endpoint_new"), **GIVEN)
    made = Endpoint.objects.get(code="chicago")
    assert answer.headers["Location"] == reverse("endpoint", args=[made.pk])
    assert (made.feed_id is not None, made.minutes, made.own_codes) == (True, 30, True)
    assert "sesame" not in text(world, "director", reverse("endpoint", args=[made.pk]))
    edit = reverse("endpoint_edit", args=[made.pk])
    assert "30" in text(world, "director", edit)
    post(world, "director", edit, **{**GIVEN, "minutes": "60"})
    made.refresh_from_db()
    assert made.minutes == 60


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("url", "http://311.chicago.example/", "has to begin with https://"),
        ("url", "https://user:pass@311.chicago.example/", "without a name"),
        ("code", "Chicago!", "small letters"),
        ("code", "elsewhere", "exists already"),
        ("since_on", "", "from which day"),
        ("since_on", "2027-01-01", "still ahead"),
        ("minutes", "1", "from 5 to 1,440"),
        ("minutes", "soon", "whole number"),
        ("key_name", "nobody", "Choose one of the answers"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    field: str, value: str, sentence: str, world: World
) -> None:
    answer = post(world, "director", reverse("endpoint_new"), **{**GIVEN, field: value})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert "311.chicago.example" in page or field == "url"
    assert not Endpoint.objects.filter(name="Chicago 311").exists()


def test_endpoint_rests_and_goes_on(world: World) -> None:
    page = address(world, "endpoint")
    assert "Let it rest" in text(world, "director", page)
    assert "Let it rest" not in text(world, "liaison5", page)
    post(world, "director", f"{page}pause/")
    assert "Go on with it" in text(world, "director", page)
    assert post(world, "director", f"{page}hurry/").status_code == 409
    post(world, "director", f"{page}resume/")
    assert not Endpoint.objects.get().paused


def test_drift_is_listed_by_filter_and_settled_in_the_row(world: World) -> None:
    mine, other = world.drifts["5"], world.drifts["7"]
    page = text(world, "liaison5", reverse("drifts"))
    assert mine.what in page
    assert other.what not in page
    assert "Nothing" not in page
    listed = f"{reverse('drifts')}?kind=vanished"
    assert "No drift fits these filters" in text(world, "director", listed)
    sent = post(world, "liaison5", f"{address(world, 'drift')}ignore/", reason="We look ourselves")
    assert sent.status_code == 302
    assert mine.what not in text(world, "liaison5", reverse("drifts"))
    ignored = text(world, "liaison5", f"{reverse('drifts')}?state=ignored")
    assert "We look ourselves" in ignored


def test_reason_that_is_missing_is_asked_for(world: World) -> None:
    answer = post(world, "liaison5", f"{address(world, 'drift')}ignore/")
    assert answer.status_code == 422
    assert "Why nothing follows from it" in answer.content.decode()
    assert Drift.objects.filter(state="open").count() == 2


def test_next_step_is_set_from_the_drift(world: World) -> None:
    page = address(world, "drift")
    given = {"next_step": "Look at it on Friday", "next_on": "2026-11-20"}
    assert post(world, "liaison5", f"{page}plan/", **given).status_code == 302
    world.matters["5"].refresh_from_db()
    assert world.matters["5"].next_step == "Look at it on Friday"
    assert "A next step is set" in text(world, "liaison5", page)
    again = post(world, "liaison5", f"{page}plan/", **given)
    assert again.status_code in {409, 422}


def test_what_is_unclear_says_what_to_do(world: World, liaison5: Cast) -> None:
    page = address(world, "submission")
    shown = text(world, "liaison5", page)
    assert "Nobody can say whether it arrived" in shown
    assert world.submissions["5"].mark in shown
    answer = post(world, "liaison5", f"{page}number/", number="26-9")
    assert answer.status_code == 302
    assert "26-9" in text(world, "liaison5", page)
    late = post(world, "liaison5", f"{page}again/")
    assert late.status_code == 409
    assert "not possible now" in late.content.decode()


def test_issue_is_sent_to_another_system(world: World) -> None:
    issue = world.issues["5"]
    shown = text(world, "liaison5", reverse("issue", args=[issue.pk]))
    path = reverse("matter_send_on", args=[issue.pk])
    assert path in shown
    assert path not in text(world, "records", reverse("issue", args=[issue.pk]))
    assert "Elsewhere 311" in text(world, "liaison5", path)
    words = {"service_code": "RATS", "description": "Rats behind the fence."}
    wrong = post(world, "liaison5", path, **words, answers="no code here")
    assert wrong.status_code == 422
    assert "no code here" in wrong.content.decode()
    sent = post(world, "liaison5", path, **words, answers="COLOR: gray\nWHEN: at night")
    made = Submission.objects.get(key=str(issue.pk), noun="matter")
    assert sent.headers["Location"] == reverse("submission", args=[made.pk])
    assert made.answers == {"COLOR": "gray", "WHEN": "at night"}
    again = post(world, "liaison5", path, **words)
    assert again.status_code == 409
    assert "on its way there" in again.content.decode()


def test_ask_leads_to_it_too(world: World) -> None:
    path = reverse("ask_send_on", args=[world.asks["5"].pk])
    assert path in text(world, "liaison5", reverse("ask", args=[world.asks["5"].pk]))
    words = {"service_code": "RATS", "description": "Clear the alley."}
    assert post(world, "liaison5", path, **words).status_code == 302
    assert Submission.objects.get(noun="ask").state == "waiting"


def test_system_that_rests_takes_nothing(world: World) -> None:
    post(world, "director", f"{address(world, 'endpoint')}pause/")
    path = reverse("matter_send_on", args=[world.issues["5"].pk])
    assert "No other system takes requests" in text(world, "liaison5", path)


def test_without_another_system_nothing_leads_there(world: World) -> None:
    given = {**GIVEN, "endpoint_name": "Elsewhere", "mode": "mirror", "key_name": ""}
    post(world, "director", address(world, "endpoint_edit"), **given)
    issue = reverse("issue", args=[world.issues["5"].pk])
    assert "send-on" not in text(world, "liaison5", issue)


def test_request_that_vanished_says_so(world: World, director: Cast) -> None:
    row = world.requests["5"]
    assert world.endpoint is not None
    note_vanished(world.endpoint, request_ids=[row.pk], back=[], stamp=HOUSE)
    assert "no longer has this request" in text(world, "liaison5", address(world, "request"))
