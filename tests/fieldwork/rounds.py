"""Rounds of spot checks for tests: what was closed in a small city, and rounds drawn from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.cast import Cast
from tests.conftest import NOON
from tests.trouble import Report, bring_in
from wardroom.access.actor import Stamp
from wardroom.fieldwork.actions import record_spot_check
from wardroom.fieldwork.gateways.drawing import draw_wanted
from wardroom.fieldwork.models import CheckRound, SpotCheck, Stop
from wardroom.fieldwork.rules import REQUESTS, Wanted

FROM, UNTIL = date(2026, 10, 20), date(2026, 11, 17)
KINDS = ("DUMP", "RODENT", "GRAF", "LIGHT")


def wanted(**changes: Any) -> Wanted:
    """A sound round over the whole city, or with something else in it."""
    usual = Wanted(
        title="What the city closed",
        source=REQUESTS,
        closed_from=FROM,
        closed_until=UNTIL,
        checks=12,
    )
    return replace(usual, **changes)


def closed_reports(ward: str, number: int, *, first: int = 100) -> Iterator[Report]:
    """So many requests of a ward that were closed in these days, of four kinds in turn."""
    for n in range(number):
        closed = NOON - timedelta(days=3 + n % 20)
        yield Report(
            first + n, closed - timedelta(days=4), closed, ward=ward, kind=KINDS[n % len(KINDS)]
        )


def closures_in(folder: Path, *, five: int = 60, seven: int = 40) -> None:
    """A city with this much closed in wards 5 and 7."""
    bring_in(folder, [*closed_reports("5", five), *closed_reports("7", seven, first=300)])


def drawn(who: Cast, **changes: Any) -> CheckRound:
    """A round that this person draws."""
    return draw_wanted(wanted(**changes), stamp=who.stamp)


def stops_of(row: CheckRound, ward: str = "") -> list[Stop]:
    """The stops of a round, or of one ward of it, in their order."""
    rows = Stop.objects.filter(round=row).select_related("round", "ask")
    rows = rows.filter(ward_code=ward) if ward else rows
    return list(rows.order_by("walk", "position"))


def days_later(who: Cast, days: int = 9) -> Stamp:
    """A stamp of this person so many days after the fixed noon: after all days to dispute."""
    return replace(who.stamp, at=NOON + timedelta(days=days))


def look_at(stop: Stop, who: Cast, finding: str = "fixed", **words: Any) -> SpotCheck:
    """What this person found at a stop."""
    return record_spot_check(stop, finding=finding, **words, stamp=who.stamp)
