"""Passwords are guessed ten times at most, and nobody is kept out by whoever guesses."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from tests.cast import PASSWORD, Cast
from wardroom.web import guesses

pytestmark = pytest.mark.django_db
MOST = guesses.GUESSES.most
TOLD = "Too many failed login attempts"


@pytest.fixture(autouse=True)
def no_other_limit(settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": None}


def tried(client: Client, login: str, password: str, *, at: str = "203.0.113.7") -> str:
    """What a try to sign in comes to: in, wrong, or often."""
    sent = {"login": login, "password": password}
    answer = client.post("/account/login/", sent, REMOTE_ADDR=at)
    if answer.status_code == 302:
        return "in"
    return "often" if TOLD in answer.content.decode() else "wrong"


def guess(client: Client, login: str, *, times: int = MOST, at: str = "203.0.113.7") -> list[str]:
    return [tried(client, login, f"wrong-horse-{n}", at=at) for n in range(times)]


def test_the_eleventh_guess_is_not_looked_at(director: Cast) -> None:
    assert guess(Client(), director.email) == ["wrong"] * MOST
    assert tried(Client(), director.email, PASSWORD) == "often"
    assert tried(Client(), director.email, PASSWORD, at="198.51.100.9") == "often"


def test_guesser_is_stopped_across_accounts(director: Cast, liaison5: Cast) -> None:
    for n in range(MOST):
        assert tried(Client(), f"nobody{n}@example.org", "wrong") == "wrong"
    assert tried(Client(), liaison5.email, PASSWORD) == "often"
    assert tried(Client(), liaison5.email, PASSWORD, at="198.51.100.9") == "in"


def test_guesser_cannot_move_about_in_one_network(director: Cast) -> None:
    for n in range(MOST):
        assert tried(Client(), f"no{n}@example.org", "wrong", at=f"2001:db8:1:2::{n:x}") == "wrong"
    assert tried(Client(), director.email, PASSWORD, at="2001:db8:1:2:ffff::1") == "often"


def test_stranger_keeps_nobody_out_of_a_browser_that_they_use(director: Cast) -> None:
    desk = Client()
    assert tried(desk, director.email, PASSWORD) == "in"
    desk.post("/account/logout/")
    for round_ in range(3):
        guess(Client(), director.email, at=f"198.51.100.{round_}")
    guess(Client(), director.email)  # from the office's own network, too
    assert tried(desk, director.email, PASSWORD) == "in"


def test_power_check_without_its_count_a_known_browser_is_kept_out(
    director: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Client()
    assert tried(desk, director.email, PASSWORD) == "in"
    desk.post("/account/logout/")
    guess(Client(), director.email, at="198.51.100.1")
    monkeypatch.setattr(guesses, "_browser", lambda request: ("0", []))
    assert tried(desk, director.email, PASSWORD) == "often"


def test_known_browser_is_no_way_to_guess_on(director: Cast, liaison5: Cast) -> None:
    desk = Client()
    assert tried(desk, director.email, PASSWORD) == "in"
    desk.post("/account/logout/")
    assert guess(desk, director.email) == ["wrong"] * MOST
    assert tried(desk, director.email, PASSWORD) == "often"
    assert guess(desk, liaison5.email) == ["wrong"] * MOST
    assert tried(desk, liaison5.email, PASSWORD) == "often"


def test_cookie_that_was_made_up_or_is_another_persons_opens_no_count(
    director: Cast, liaison5: Cast
) -> None:
    theirs = Client()
    assert tried(theirs, liaison5.email, PASSWORD) == "in"
    theirs.post("/account/logout/")
    guess(Client(), director.email, at="198.51.100.1")
    assert tried(theirs, director.email, PASSWORD) == "often"
    forged = Client()
    forged.cookies["known"] = "eyJicm93c2VyIjoiMSIsImtub3duIjpbXX0:1tQ:forged"
    assert tried(forged, director.email, PASSWORD) == "often"


def test_right_passwords_are_no_guesses(director: Cast) -> None:
    for _ in range(MOST + 2):
        assert tried(Client(), director.email, PASSWORD) == "in"
    assert guess(Client(), director.email, times=1) == ["wrong"]


def test_count_does_not_tell_whether_there_is_such_a_person(director: Cast) -> None:
    assert guess(Client(), director.email, times=MOST + 1) == guess(
        Client(), "nobody-there@example.org", times=MOST + 1, at="198.51.100.44"
    )
