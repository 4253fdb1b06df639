"""A small office on duty: eight people of the staff, two liaisons, and rotas that they share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.cast import Cast, hire
from wardroom.access.actor import Role, Stamp
from wardroom.jobs.delivery import sweep
from wardroom.kernel.errors import Refused
from wardroom.office.actions import RotaDraft, draft_rota, give_turn, publish_rota
from wardroom.office.models import Rota, RotaTurn
from wardroom.office.reactions import rota as looking
from wardroom.office.rules.rota import Pattern

ZONE = ZoneInfo("America/New_York")
MONDAY, DAY = date(2026, 11, 30), timedelta(days=1)
NAMES = ("Ada", "Ben", "Cleo", "Dov", "Eve", "Finn", "Gus", "Hana")


def crew(many: int = 8) -> list[Cast]:
    """People of the staff, who can have any turn."""
    return [hire(name.lower(), name, Role.STAFF) for name in NAMES[:many]]


@pytest.fixture
def people() -> list[Cast]:
    """All eight of them."""
    return crew()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proposal is looked for during a second, wherever this is imported."""
    monkeypatch.setattr(looking, "SECONDS", 1.0)


def wall(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment on the office's clocks."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


def at(who: Cast, moment: datetime) -> Stamp:
    """A stamp of somebody at a moment."""
    return replace(who.stamp, at=moment)


def begin(director: Cast, *, weeks: int = 2, first: date = MONDAY, **pattern: object) -> Rota:
    """A draft without any evening, from the last Monday of November."""
    draft = RotaDraft("December", first, weeks, replace(Pattern(), **pattern))  # type: ignore[arg-type]
    return draft_rota(None, draft=draft, stamp=director.stamp)


def turn_on(rota: Rota, day: date, role: str = "on_call") -> RotaTurn:
    """The turn of a role that begins on a day."""
    found: RotaTurn = rota.turns.get(on_date=day, role=role)
    return found


def by_hand(rota: Rota, director: Cast, people: list[Cast]) -> None:
    """Give the turns on call in turn, and those of the backups to the one after."""
    for n, day in enumerate(sorted({t.on_date for t in rota.turns.all()})):
        for role, shift in (("on_call", 0), ("backup", len(people) // 2)):
            turn = rota.turns.filter(on_date=day, role=role).first()
            if turn is not None:
                who = people[(n + shift) % len(people)]
                give_turn(turn, user_id=who.user.pk, because="as agreed", stamp=director.stamp)


def published(director: Cast, people: list[Cast], *, weeks: int = 2) -> Rota:
    """A rota in force, on call alone, with nobody twice within a week."""
    rota = begin(director, weeks=weeks, backup=False)
    by_hand(rota, director, people)
    publish_rota(rota, stamp=director.stamp)
    sweep()
    return Rota.objects.get(pk=rota.pk)


def refused(no: pytest.ExceptionInfo[Refused]) -> str:
    """The code of a refusal."""
    return no.value.code
