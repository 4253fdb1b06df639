"""S3: a stranger learns nowhere whether somebody is known here; not even by how long it takes.

The middle times of 500 tries stand in `tests/torture/test_timing.py`.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from allauth.account.auth_backends import AuthenticationBackend
from pytest_django import Settings

from tests.casework.reporting import report, staffed
from tests.cast import Cast
from tests.ground import Ground
from tests.security.strangers import ANSWERS, ARGON, MOST_APART, Way, apart, told, ways, work_of
from wardroom.casework.actions import following

pytestmark = pytest.mark.django_db
ADA = "ada@example.org"
FEW = 15


@pytest.fixture
def argon(settings: Settings) -> None:
    """Passwords are hashed as the site does it, which takes its time."""
    settings.PASSWORD_HASHERS = ARGON


@pytest.fixture
def asked(settings: Settings, ground: Ground, liaison5: Cast) -> Mapping[str, Way]:
    settings.ACCOUNT_RATE_LIMITS = {"login": None}
    staffed({"5": liaison5})
    report(email=ADA, may_write=True)
    return ways(liaison5, ADA)


@pytest.mark.parametrize("name", ANSWERS)
def test_known_and_unknown_are_told_the_same(asked: Mapping[str, Way], name: str) -> None:
    way = asked[name]
    known = told(way, way.known)
    assert known == told(way, way.unknown())
    assert known[0] == ANSWERS[name]


@pytest.mark.one_database
def test_power_check_work_for_the_known_alone_is_seen(
    asked: Mapping[str, Way], monkeypatch: pytest.MonkeyPatch
) -> None:
    links = following._live_links

    def slowly(address: str, at: object) -> tuple[int, ...]:
        found = links(address, at)  # type: ignore[arg-type]
        work_of(0.02 if found else 0)
        return found

    monkeypatch.setattr(following, "_live_links", slowly)
    assert apart(asked["lookup"], FEW) > MOST_APART


@pytest.mark.one_database
@pytest.mark.usefixtures("argon")
def test_power_check_a_password_that_is_hashed_for_the_known_alone_is_seen(
    asked: Mapping[str, Way], monkeypatch: pytest.MonkeyPatch
) -> None:
    # A name of the library's own: where a new version has it no more, this fails and says so.
    monkeypatch.setattr(AuthenticationBackend, "_mitigate_timing_attack", lambda *_: None)
    assert apart(asked["sign-in"], FEW) > MOST_APART
