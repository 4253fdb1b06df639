"""What the pages of signing in say to somebody who is new to them, and where they lead."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from tests.cast import PASSWORD, Cast
from tests.web.conftest import SignIn
from wardroom.access.gate import guard_pass
from wardroom.access.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
PATH, OTHER = "/account/password/", "rain-on-the-tin-roof"
NEW = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}


@pytest.fixture
def desk(liaison5: Cast, sign_in: SignIn) -> Client:
    cache.clear()
    client = sign_in(liaison5)
    client.get("/")
    return client


def told(answer: Any, status: int = 422) -> str:
    assert answer.status_code == status
    return str(answer.content.decode())


def test_page_of_another_password_leads_to_no_page_that_is_not_there(desk: Client) -> None:
    page = told(desk.get(PATH), 200)
    main = page[page.index("<main") : page.index("</main>")]
    assert "Forgot" not in main
    for address in re.findall(r'href="(/[^"]*)"', main):
        assert desk.get(address).status_code == 200, address


@pytest.mark.parametrize(("second_factor", "least"), [(False, 15), (True, 12)])
def test_page_of_another_password_asks_for_what_is_then_taken(
    desk: Client, liaison5: Cast, settings: Settings, *, second_factor: bool, least: int
) -> None:
    settings.SECOND_FACTOR = "offered"
    with guard_pass("a test"):
        User.objects.filter(pk=liaison5.user.pk).update(second_factor=second_factor)
    assert f"At least {least} characters." in told(desk.get(PATH), 200)
    short = told(desk.post(PATH, {**NEW, "password1": "short", "password2": "short"}))
    assert f"At least {least} characters." in short
    assert f"It needs at least {least} characters." in short


def test_what_is_missing_or_wrong_is_named(desk: Client) -> None:
    page = told(desk.post(PATH, {}))
    for label in ("Your password now", "New password", "New password once more"):
        assert f"Fill in “{label}”." in page
    assert "This is not your password." in told(desk.post(PATH, {**NEW, "oldpassword": "no"}))
    empty = told(Client().post("/account/login/", {}), 200)
    assert "You are not signed in" in empty
    assert "Fill in “E-mail address”." in empty
    assert "Fill in “Password”." in empty
    assert "This was not saved" not in empty


def test_who_is_signed_in_is_not_told_to_sign_in_again(desk: Client, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"change_password": "1/m/user"}
    told(desk.post(PATH, {}))
    page = told(desk.post(PATH, {}), 429)
    assert "Wait a minute, then try again." in page
    assert "sign in again" not in page
    assert f'href="{PATH}"' in page
