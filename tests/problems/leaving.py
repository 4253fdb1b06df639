"""A location that is looked at, left and taken up again, some days after noon."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from tests.cast import Cast
from tests.conftest import NOON, stamp_for
from wardroom.access.actor import Stamp
from wardroom.fieldwork.actions import record_check
from wardroom.matters.models import Matter
from wardroom.problems.actions import (
    exit_location,
)
from wardroom.problems.models import PersistentLocation, Spell


def later(who: Cast, days: int) -> Stamp:
    """The stamp of this person so many days after noon."""
    return stamp_for(who.actor, NOON + timedelta(days=days))


def fresh(location: PersistentLocation) -> PersistentLocation:
    return PersistentLocation.objects.get(pk=location.pk)


def leave(location: PersistentLocation, who: Cast, days: int = 0, **words: str) -> Spell:
    given = {"outcome": "maintained", "reason": "Fenced in", **words}
    return exit_location(fresh(location), **given, stamp=later(who, days))


def look(location: PersistentLocation, who: Cast, at: datetime, finding: str = "worse") -> None:
    record_check(
        Matter.objects.get(pk=location.matter_id),
        finding=finding,
        rating=1 if finding == "clean" else 3,
        note="",
        seen_at=at,
        stamp=replace(who.stamp, at=at),
    )
