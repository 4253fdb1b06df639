"""A small city in which the people of ward 5 report again and those of ward 7 do not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cast import HOUSE
from tests.conftest import NOON
from tests.trouble import EVERYDAY, Report, Trouble, bring_in, city_reports
from wardroom.problems.gateways import detect

TROUBLES = 60


def reported_again(ward: str, *, times: int) -> Iterator[Report]:
    """Many troubles of every kind, each open for ten days and reported again so many times."""
    for n in range(TROUBLES):
        opened = NOON - timedelta(days=30 + 5 * n)
        kind, closed = EVERYDAY[n % len(EVERYDAY)], opened + timedelta(days=10)
        yield Report(100 + n, opened, closed, ward=ward, kind=kind, reporter=100 + n)
        for again in range(1, times + 1):
            later = opened + timedelta(days=again)
            yield Report(100 + n, later, closed, ward=ward, kind=kind, reporter=300 + again)


def uneven_reports() -> list[Report]:
    """Every request of the uneven city."""
    return [
        *city_reports(),
        *reported_again("5", times=2),
        *reported_again("7", times=0),
    ]


@pytest.fixture
def uneven(small_city: Path, agencies: object) -> Trouble:
    """The uneven city with its places ranked."""
    bring_in(small_city, uneven_reports())
    return Trouble(detect(stamp=HOUSE), small_city)
