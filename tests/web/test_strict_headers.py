"""HSTS, content policy, frame and referrer are strict on every kind of answer, errors too."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings as current
from django.test import Client
from pytest_django import Settings

from tests.web.addresses import address
from tests.web.conftest import World

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
NAMED = ("near", "near_area", "near_location", "near_place", "news", "news_feeds", "visit_ask",
         "open_meetings", "open_meeting", "public_calendar", "join_group", "feed_news",
         "feed_news_places", "feed_calendar", "hsds_root", "hsds_services", "home",
         "day", "near_find", "account_login", "document")  # fmt: skip
ODD = ("/nowhere/", "/near/ward/99/", "/near/location/999999999/", "/news/mine/x/",
       "/near/?page=%00", "/health/", "/ready/", "/metrics",
       "/static/wardroom/no-such-file.css")  # fmt: skip


@pytest.fixture
def behind_https(settings: Settings) -> Settings:
    settings.SECURE_HSTS_SECONDS = 31536000
    settings.SECURE_SSL_REDIRECT = True
    return settings


def strict(what: str, answer: Any) -> None:
    given = answer.headers
    assert given["Strict-Transport-Security"].startswith("max-age=31536000"), what
    assert given["X-Frame-Options"] == "DENY", what
    assert given["Referrer-Policy"] in {"same-origin", "no-referrer"}, what
    assert given["X-Content-Type-Options"] == "nosniff", what
    policy = given["Content-Security-Policy"]
    assert "unsafe" not in policy, what
    assert "default-src 'self'" in policy or "default-src 'none'" in policy, what


def test_every_kind_of_answer_is_strict(world: World, behind_https: Settings) -> None:
    client = Client()
    for name in NAMED:
        strict(name, client.get(address(world, name), secure=True))
    for path in ODD:
        strict(path, client.get(path, secure=True))
    strict("wrong method", client.delete("/near/", secure=True))
    strict("no token", Client(enforce_csrf_checks=True).post("/visits/ask/", secure=True))
    strict("wrong host", client.get("/near/", secure=True, headers={"host": "evil.example"}))


def test_an_answer_that_failed_is_strict(
    world: World, behind_https: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a mistake")

    monkeypatch.setattr("wardroom.web.near.views.locations_near", fail)
    answer = Client(raise_request_exception=False).get("/near/", secure=True)
    assert answer.status_code == 500
    strict("a mistake", answer)
    shown = answer.content.decode()
    assert "What you saved before is safe." in shown
    assert not {part for part in ("a mistake", "RuntimeError", "Traceback") if part in shown}
    assert "public" not in answer.headers.get("Cache-Control", "")


def test_a_page_without_https_leads_to_the_one_with_it(
    world: World, behind_https: Settings
) -> None:
    answer = Client().get("/near/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "https://testserver/near/")


def test_https_is_asked_for_a_year_wherever_it_is_set() -> None:
    """Without certificates a browser must not be told to come by HTTPS alone."""
    assert (31536000 if current.SESSION_COOKIE_SECURE else 0) == current.SECURE_HSTS_SECONDS
