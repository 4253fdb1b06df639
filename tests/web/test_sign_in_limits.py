"""Guessing is slowed down for who guesses, not for everybody behind the same proxy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
GUESS = {"login": "nobody@example.org", "password": "a-wrong-guess-here"}


@pytest.fixture(autouse=True)
def one_a_minute(settings: Any) -> Iterator[None]:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    cache.clear()
    yield
    cache.clear()


def test_second_try_of_a_minute_is_told_to_wait(client: Client) -> None:
    assert client.post("/account/login/", GUESS).status_code == 200
    told = client.post("/account/login/", GUESS)
    assert told.status_code == 429
    page = told.content.decode()
    assert "Wait a minute, then sign in again." in page
    assert "<html lang" in page


def test_limit_is_counted_by_caller_behind_a_proxy(client: Client, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    def sign_in_from(address: str) -> int:
        passed_on = f"198.51.100.1, {address}"
        return client.post(
            "/account/login/", GUESS, headers={"x-forwarded-for": passed_on}
        ).status_code

    assert [sign_in_from("203.0.113.1"), sign_in_from("203.0.113.2")] == [200, 200]
    assert sign_in_from("203.0.113.1") == 429


def test_counts_are_kept_where_every_process_sees_them() -> None:
    from django.core.cache import caches

    caches["default"].set("tries", 4)
    assert caches.create_connection("default").get("tries") == 4
    assert caches.create_connection("default") is not caches["default"]
