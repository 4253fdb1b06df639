"""S17: the site does not start where it would be open, and is clean where it is deployed."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django import Settings

from tests.conftest import NOON
from tests.security.starting import settings_under, start
from wardroom.access.actor import Actor, Role
from wardroom.access.models import User
from wardroom.config.checks import (
    map_link_shows_a_place,
    proxies_are_addresses,
    refuse_to_start_unsafe,
    second_factor_is_known,
    starts_safely,
)
from wardroom.upkeep.queries.checks import look_at_settings
from wardroom.upkeep.queries.rounds import Rounds
from wardroom.upkeep.rules import is_weak_key
from wardroom.web.edge import _lacks_factor

DEPLOYED = {
    "WARDROOM_HTTPS": "1",
    "WARDROOM_HOSTS": "wardroom.example",
    "WARDROOM_SMTP_HOST": "mail.example",
    "WARDROOM_SECRET_KEY": "x7Jq2vNf9sLw4RtYb8KmZc3HdPgE6aUo1iBnVxQeTy5SrWuMkDhCzOl0",
}
DEPLOY = ("manage.py", "check", "--deploy", "--fail-level", "WARNING")


def test_the_settings_of_a_deployed_house_are_clean() -> None:
    done = start(DEPLOYED, *DEPLOY)
    assert done.returncode == 0, done.stderr


def test_a_house_without_https_is_not_clean() -> None:
    """Power check: the same look finds what is missing."""
    done = start({**DEPLOYED, "WARDROOM_HTTPS": "0"}, *DEPLOY)
    assert done.returncode == 1
    assert "SESSION_COOKIE_SECURE" in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("DEBUG", True, "house.E006"),
        ("SECRET_KEY", "django-insecure-0123456789abcdefghijklmnopqrstuvwxyz", "house.E004"),
        ("SECRET_KEY", "change-me-change-me-change-me-change-me", "house.E004"),
        ("SECRET_KEY", "short", "house.E004"),
        ("SECRET_KEY", "a" * 60, "house.E004"),
        ("ALLOWED_HOSTS", ["*"], "house.E005"),
        ("ALLOWED_HOSTS", ["wardroom.example", "."], "house.E005"),
    ],
)
def test_an_open_house_is_refused(settings: Settings, name: str, value: object, code: str) -> None:
    assert starts_safely(None) == []
    setattr(settings, name, value)
    assert [one.id for one in starts_safely(None)] == [code]
    with pytest.raises(Exception, match=r"WARDROOM|DEBUG"):
        refuse_to_start_unsafe()


@pytest.mark.parametrize(
    ("env", "say"),
    [({"WARDROOM_HOSTS": "*"}, "WARDROOM_HOSTS"), ({"WARDROOM_SECRET_KEY": "s3cret"}, "_SECRET_")],
)
def test_gunicorn_alone_does_not_start_it_either(env: dict[str, str], say: str) -> None:
    done = start(env, "-c", "import wardroom.config.wsgi")
    assert done.returncode == 1
    assert say in done.stderr.splitlines()[-1]


@pytest.mark.django_db
@pytest.mark.parametrize("word", ["nginx", "10.1.0.5:80", "localhost", "10.0.0.0/33", "::1/129"])
def test_a_proxy_that_is_no_address_starts_nothing_and_breaks_no_page(
    client: Client, settings: Settings, word: str
) -> None:
    assert proxies_are_addresses(None) == []
    settings.PROXIES = ["10.9.8.7", word, "unix"]
    assert [one.id for one in proxies_are_addresses(None)] == ["house.E011"]
    with pytest.raises(ImproperlyConfigured, match="no names and no ports"):
        refuse_to_start_unsafe()
    assert client.get("/account/nowhere/").status_code == 404


def test_a_made_key_is_a_good_one() -> None:
    import secrets

    assert not any(is_weak_key(secrets.token_urlsafe(50)) for _ in range(200))


@pytest.mark.parametrize(
    ("name", "said", "say"),
    [
        ("WARDROOM_SESSION_HOURS", "twelve", "a whole number, 1 or more"),
        ("WARDROOM_IDLE_MINUTES", "0", "a whole number, 1 or more"),
        ("WARDROOM_BACKUPS_KEPT", "-3", "a whole number, 1 or more"),
        ("WARDROOM_BACKUP_AT", "quarter to two", "a time such as 01:45"),
    ],
)
def test_number_or_time_that_is_none_is_told_in_a_sentence(name: str, said: str, say: str) -> None:
    done = start({name: said}, "-c", "import wardroom.config.settings")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [f"wardroom: {name} is “{said}”; write {say}."]


@pytest.mark.parametrize(
    ("said", "meant"),
    [("Required", "required"), (" offered ", "offered"), ("yes", "yes"), ("", "required")],
)
def test_whether_a_second_factor_is_needed_is_read_however_it_is_written(
    said: str, meant: str
) -> None:
    assert settings_under({"WARDROOM_SECOND_FACTOR": said}, "SECOND_FACTOR") == [meant]


@pytest.mark.parametrize("said", ["yes", "on", "", "requierd"])
def test_a_word_that_is_none_of_the_two_starts_nothing(settings: Settings, said: str) -> None:
    assert second_factor_is_known(None) == []
    settings.SECOND_FACTOR = said
    assert [one.id for one in second_factor_is_known(None)] == ["house.E010"]
    with pytest.raises(ImproperlyConfigured, match="required or offered"):
        refuse_to_start_unsafe()
    assert _lacks_factor(User(), Actor(user_id=1, name="", roles=frozenset({Role.DIRECTOR})))


@pytest.mark.parametrize(
    "link",
    [
        "https://maps.example/?at={lat},{lng}",
        "https://maps.example/?at={}",
        "https://maps.example/?at={lat},{lon}}",
        "https://maps.example/?at={lat.__class__},{lat},{lon}",
        "https://maps.example/",
        "javascript:alert({lat},{lon})",
        "http://maps.example/?at={lat},{lon}",
        "https://maps.example/\n{lat},{lon}",
    ],
)
def test_a_map_link_that_shows_no_place_starts_nothing(settings: Settings, link: str) -> None:
    for right in ("", "https://maps.example/{lat}/{lon}", "geo:{lat},{lon}?q={lat},{lon}"):
        settings.MAP_LINK = right
        assert map_link_shows_a_place(None) == []
    settings.MAP_LINK = link
    assert [one.id for one in map_link_shows_a_place(None)] == ["house.E012"]
    with pytest.raises(ImproperlyConfigured, match="no other braces"):
        refuse_to_start_unsafe()
    settings.SITE, settings.SECURE = "https://wardroom.example", True
    assert "WARDROOM_MAP_LINK shows no place" in look_at_settings(Rounds(NOON)).sentence


def test_doctor_asks_whether_it_is_meant_that_staff_go_without(settings: Settings) -> None:
    settings.SITE, settings.SECURE = "https://wardroom.example", True
    settings.SECOND_FACTOR = "required"
    assert look_at_settings(Rounds(NOON)).standing == "fine"
    settings.SECOND_FACTOR = "offered"
    found = look_at_settings(Rounds(NOON))
    assert (found.standing, "only offered" in found.sentence) == ("look", True)
