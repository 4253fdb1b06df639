"""A large office at work: eight people write and eight read, as fast as each of them can."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db import OperationalError, connection
from django.db.models import Model

from tests.cast import Cast
from tests.conftest import NOON
from tests.ground import NEXT
from tests.reliability.crew import all_at_once
from wardroom.access.gate import guard_pass
from wardroom.casework.models import Issue
from wardroom.matters.actions import set_next_step
from wardroom.matters.models import Matter, Waiting
from wardroom.matters.queries import get_matter, worklist

WRITERS = READERS = 8


@dataclass
class Day:
    """What one person did: how long each deed took, and what broke off and why."""

    seconds: list[float] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


def fill_office(matter: Matter, number: int) -> range:
    """So many matters like this one, each in its owner's list; gives their numbers.

    Where it is an issue, so are they.
    """
    first = matter.pk + 1
    waiting = Waiting.objects.get(noun="matter", key=str(matter.pk))
    with guard_pass("rows of an office that grew for years"):
        _copies(matter, number, {"id": f"{first - 1} + n"})
        more = {"id": f"{waiting.pk} + n", "key": f"CAST({first - 1} + n AS varchar)"}
        _copies(waiting, number, {**more, "matter_id": f"{first - 1} + n"})
        for issue in Issue.objects.filter(matter=matter):
            of = {"id": f"{issue.pk} + n", "matter_id": f"{first - 1} + n"}
            _copies(issue, number, of)
        with connection.cursor() as cursor:
            for sql in connection.ops.sequence_reset_sql(_no_style(), [Matter, Waiting, Issue]):
                cursor.execute(sql)
    return range(first, first + number)


def _no_style() -> Any:
    from django.core.management.color import no_style

    return no_style()


def _copies(row: Model, number: int, said: dict[str, str]) -> None:
    """Copies of a row in one statement; ``said`` are the columns that tell them apart."""
    table = row._meta.db_table
    columns = [str(f.column) for f in row._meta.concrete_fields]
    chosen = ", ".join(said.get(column, f'"{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < %s) "
            f'INSERT INTO "{table}" ({names}) SELECT {chosen} FROM "{table}", many WHERE id = %s',
            [number, row.pk],
        )


def write(who: Cast, numbers: range, chance: random.Random) -> None:
    """Say what comes next on a matter."""
    matter = Matter.objects.get(pk=chance.choice(numbers))
    words = f"Call them {chance.random()}"
    set_next_step(matter, next_on=NEXT, next_step=words, stamp=who.stamp)


def read(who: Cast, numbers: range, chance: random.Random) -> None:
    """Look at the list of the whole office, and open a matter."""
    assert worklist(who.actor, on=NOON.date(), whose="all").total > len(numbers)
    get_matter(chance.choice(numbers), who.actor)


def day_of(deed: Callable[[random.Random], None], seed: int, seconds: float) -> Day:
    """One deed after another until the time is over."""
    day, chance = Day(), random.Random(seed)
    until = time.monotonic() + seconds
    while (begun := time.monotonic()) < until:
        try:
            deed(chance)
        except OperationalError as error:
            day.broken.append(str(error))
        day.seconds.append(time.monotonic() - begun)
    return day


def crowd_at_work(who: Cast, numbers: range, seconds: float) -> tuple[list[Day], list[Day]]:
    """Eight who write and eight who read at the same time; the days of both."""
    writers = [partial(day_of, partial(write, who, numbers), n, seconds) for n in range(WRITERS)]
    readers = [partial(day_of, partial(read, who, numbers), n, seconds) for n in range(READERS)]
    days = all_at_once([*writers, *readers])
    return days[:WRITERS], days[WRITERS:]


def slowest_of_100(days: list[Day]) -> float:
    """The 99th percentile of all deeds of these days, in seconds."""
    taken = sorted(second for day in days for second in day.seconds)
    return taken[int(0.99 * (len(taken) - 1))]
