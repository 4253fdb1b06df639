"""Invariant 10: a person with live work cannot be deactivated without a handover."""

from __future__ import annotations

import pytest

from tests.cast import Cast, hire, on_day
from tests.conftest import NOON
from wardroom.access.actor import Role
from wardroom.jobs.cli import DONE, main
from wardroom.matters.models import Matter

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
TODAY = NOON.date()


def ended(who: Cast, *words: str) -> bool:
    """Whether the shell ends every role of somebody; their roles say the same."""
    until = TODAY.replace(day=TODAY.day - 1).isoformat()
    code = main(["people", "end", who.email, "--until", until, *words])
    gone = not on_day(who, TODAY).actor.roles
    assert (code == DONE) == gone
    return gone


def test_who_owns_something_open_stays_until_somebody_takes_it(
    matter5: Matter, liaison5: Cast, director: Cast
) -> None:
    assert not ended(liaison5)
    assert Matter.objects.get(pk=matter5.pk).owner == liaison5.party
    assert ended(liaison5, "--hand-to", director.email)
    assert Matter.objects.get(pk=matter5.pk).owner == director.party


def test_nothing_but_the_live_work_holds_them(matter5: Matter, director: Cast) -> None:
    """The power: the same call about somebody who owns nothing goes through."""
    assert ended(hire("idle", "A second liaison of Ward 5", Role.LIAISON, ward="5"))
