"""S4: a sign-in has its own number, ends when it must, and leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from tests.cast import HOUSE, PASSWORD, Cast
from tests.security.clocks import Clock, is_in, sign_in
from tests.security.starting import settings_under
from wardroom.directory.actions import deactivate_user

pytestmark = pytest.mark.django_db
NEW = "rain-on-the-tin-roof"


@pytest.fixture(autouse=True)
def office_hours_of_sessions(settings: Settings) -> None:
    settings.SESSION_HOURS, settings.IDLE_MINUTES = 12, 30


def key_of(client: Client) -> str:
    return client.cookies["sessionid"].value


def test_signing_in_makes_a_new_number(clock: Clock, liaison5: Cast) -> None:
    client = Client()
    session = client.session  # as somebody might have planted it
    session["planted"] = True
    session.save()
    client.cookies["sessionid"] = session.session_key or ""
    before = key_of(client)
    sign_in(liaison5.email, client=client)
    assert key_of(client) != before
    client.cookies["sessionid"] = before
    assert not is_in(client)


def test_half_an_hour_alone_ends_it(clock: Clock, liaison5: Cast) -> None:
    client = sign_in(liaison5.email)
    for _ in range(4):
        clock.go_on(minutes=29)
        assert is_in(client)
    clock.go_on(minutes=30)
    assert not is_in(client)


def test_twelve_hours_end_it_however_busy(clock: Clock, liaison5: Cast) -> None:
    client = sign_in(liaison5.email)
    for _ in range(47):
        clock.go_on(minutes=15)
        assert is_in(client)
    clock.go_on(minutes=15)
    assert not is_in(client)


def ends_after_half_an_hour(client: Client, clock: Clock) -> bool:
    clock.go_on(minutes=31)
    return not is_in(client)


def test_without_the_count_nothing_would_end_it(
    clock: Clock, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Power check: the fault put in on purpose is seen."""
    client = sign_in(liaison5.email)
    monkeypatch.setattr("wardroom.web.edge.is_over", lambda *_: False)
    assert not ends_after_half_an_hour(client, clock)


@pytest.mark.parametrize(
    "forge",
    [
        lambda said: "",
        lambda said: said.replace(said.partition(".")[0], "1900000000"),
        lambda said: "1900000000.",
        lambda said: "x" * 5000,
        lambda said: said + "0",
    ],
)
def test_a_forged_sign_of_presence_ends_it(
    clock: Clock, liaison5: Cast, forge: Callable[[str], str]
) -> None:
    client = sign_in(liaison5.email)
    client.cookies["seen"] = forge(client.cookies["seen"].value)
    assert not is_in(client)


def test_the_sign_of_another_session_counts_for_nothing(
    clock: Clock, liaison5: Cast, liaison7: Cast
) -> None:
    mine, theirs = sign_in(liaison5.email), sign_in(liaison7.email)
    mine.cookies["seen"] = theirs.cookies["seen"].value
    assert not is_in(mine)
    assert is_in(theirs)


def test_looking_writes_nothing(clock: Clock, liaison5: Cast) -> None:
    client = sign_in(liaison5.email)
    clock.go_on(minutes=10)
    with CaptureQueriesContext(connection) as seen:
        assert is_in(client)
    wrote = [q["sql"] for q in seen if not q["sql"].lstrip(" (").startswith("SELECT")]
    assert wrote == []


def signed_out(client: Client, who: Cast) -> None:
    client.post("/account/logout/")


def closed(client: Client, who: Cast) -> None:
    deactivate_user(who.party, reason="Left", stamp=HOUSE)


def password_changed_elsewhere(client: Client, who: Cast) -> None:
    other = sign_in(who.email)
    sent = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert other.post("/account/password/", sent).status_code == 302
    assert is_in(other)


@pytest.mark.parametrize("end", [signed_out, closed, password_changed_elsewhere])
def test_it_is_dead_at_the_next_request(
    clock: Clock, liaison5: Cast, end: Callable[[Client, Cast], None]
) -> None:
    client = sign_in(liaison5.email)
    stolen = {name: cookie.value for name, cookie in client.cookies.items()}
    end(client, liaison5)
    thief = Client()
    for name, value in stolen.items():
        thief.cookies[name] = value
    assert not is_in(thief)


def test_nothing_is_kept_of_what_is_seen_signed_in(clock: Clock, liaison5: Cast) -> None:
    client = sign_in(liaison5.email)
    for path in ("/", "/issues/", "/account/password/", "/account/logout/", "/nowhere/",
                 "/people/", "/day/", "/search/?q=alley"):  # fmt: skip
        assert client.get(path).headers["Cache-Control"] == "private, no-store", path


def test_signing_out_clears_what_the_browser_kept(clock: Clock, liaison5: Cast) -> None:
    client = sign_in(liaison5.email)
    assert "Clear-Site-Data" not in client.get("/account/logout/").headers
    answer = client.post("/account/logout/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.cookies["seen"].value == ""


def test_signing_out_is_said_once(clock: Clock, liaison5: Cast) -> None:
    client = sign_in(liaison5.email)
    said = "You are signed out."
    assert said in client.post("/account/logout/", follow=True).content.decode()
    assert said not in client.get("/account/login/").content.decode()
    assert said not in client.post("/account/logout/", follow=True).content.decode()


def test_what_was_written_meanwhile_is_shown_and_not_saved(clock: Clock, liaison5: Cast) -> None:
    client = sign_in(liaison5.email)
    clock.go_on(hours=1)
    written = "The lamp at the corner has been out since <Sunday>."
    answer = client.post("/capture/", {"text": written, "password": "not to be shown"})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "The lamp at the corner has been out since &lt;Sunday&gt;." in page
    assert "not to be shown" not in page
    assert "no-store" in answer.headers["Cache-Control"]


def test_cookies_are_for_this_host_over_https_alone() -> None:
    given = settings_under(
        {"WARDROOM_HTTPS": "1"},
        *("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SEEN_COOKIE_NAME"),
        *("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY"),
        *("CSRF_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE", "SESSION_COOKIE_DOMAIN"),
        "SECURE_HSTS_SECONDS",
    )
    assert given == [
        *("__Host-sessionid", "__Host-csrftoken", "__Host-seen"),
        *(True, True, True, True, "Lax", None, 31536000),
    ]


def test_the_page_knows_how_long_it_has(clock: Clock, liaison5: Cast) -> None:
    client = sign_in(liaison5.email)
    clock.go_on(minutes=20)
    page: Any = client.get("/issues/").content.decode()
    assert 'data-alone="1800"' in page
    assert f'data-left="{12 * 3600 - 20 * 60}"' in page


def moves_on_meanwhile(client: Client) -> Client:
    """A browser that shows who it is while another of its requests is under way."""
    other = Client()
    for name, cookie in client.cookies.items():
        other.cookies[name] = cookie.value
    proof = {"next": "/", "confirm-password": PASSWORD}
    assert client.post("/account/reauthenticate/", proof).status_code == 302
    late = other.get("/issues/")
    assert late.status_code == 302  # it finds nobody under the number of before
    for name, cookie in late.cookies.items():  # and its answer lands last
        client.cookies[name] = cookie.value
    return client


def test_a_request_under_way_signs_nobody_out(clock: Clock, liaison5: Cast) -> None:
    client = sign_in(liaison5.email)
    before, seen = key_of(client), client.cookies["seen"].value
    moves_on_meanwhile(client)
    assert key_of(client) not in {"", before}
    client.cookies["seen"] = seen  # the older sign that somebody was there counts on
    assert is_in(client)


def test_power_check_the_usual_sessions_would(
    clock: Clock, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = SessionMiddleware.process_response
    monkeypatch.setattr("wardroom.web.presence.Sessions.process_response", usual)
    assert key_of(moves_on_meanwhile(sign_in(liaison5.email))) == ""


def test_a_session_that_ends_takes_its_cookie_along(clock: Clock, liaison5: Cast) -> None:
    client = sign_in(liaison5.email)
    clock.go_on(hours=1)
    assert client.get("/issues/").cookies["sessionid"].value == ""
    client = sign_in(liaison5.email)
    assert client.post("/account/logout/").cookies["sessionid"].value == ""
