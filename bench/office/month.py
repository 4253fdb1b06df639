"""A month of what the worker does by the clock, played over in a house that is measured.

Every routine of the schedule comes at its time of each day; those that come all day long are
played four times a day. One that takes long is played once a week. The house's clock stands at
the moment of each; what the routines write stays, so that the last day meets all of the month.
"""

from __future__ import annotations

import gc
import logging
import resource
import statistics
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from importlib import import_module
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

from bench.figures import peak_mb

DAYS, WEEK = 28, 7
ALL_DAY = (time(1), time(8), time(12), time(17))
LONG_SECONDS = 20.0


def prepare() -> None:
    """Django stands before the clock starts, and only what is wrong is said aloud."""
    from bench.office.pages import prepare as stand

    stand()
    logging.disable(logging.NOTSET)
    logging.getLogger("wardroom").setLevel(logging.WARNING)


def replay(*, end: str, days: int = DAYS) -> dict[str, Any]:
    """What each routine cost: times played, CPU seconds in the middle, at most and in all.

    ``wrong`` names what a routine wrote into the log as an error, or raised.
    """
    spent: dict[str, list[float]] = defaultdict(list)
    wrong: list[str] = []
    day, began = None, _cpu()
    for moment, routine in moments(date.fromisoformat(end), days):
        if moment.date() != day:
            day = moment.date()
            print(f"  {day}, after {_cpu() - began:.0f} s CPU", file=sys.stderr, flush=True)
        name, past = routine.name, spent[routine.name]
        if past and past[-1] > LONG_SECONDS and (moment.date().toordinal() % WEEK):
            continue
        with _clock_at(moment), _errors(name, wrong):
            past.append(cost(_function(routine.runs)))
    all_day = {routine.name for routine in _routines() if routine.at is None}
    return {
        "routines": {
            name: {
                "times": len(each),
                "all_day": name in all_day,
                "median_s": statistics.median(each),
                "most_s": max(each),
                "whole_s": sum(each),
            }
            for name, each in spent.items()
        },
        "wrong": wrong,
        "peak_mb": peak_mb(),
    }


def moments(end: date, days: int) -> Iterator[tuple[datetime, Any]]:
    """Each run of each routine in the days after the last one, in the order of time."""
    from django.conf import settings

    zone = ZoneInfo(settings.TIME_ZONE)
    routines = _routines()
    for n in range(1, days + 1):
        day = end + timedelta(days=n)
        runs = [
            (datetime.combine(day, at, tzinfo=zone), number)
            for number, routine in enumerate(routines)
            if routine.weekday in (None, day.weekday())
            for at in (ALL_DAY if routine.at is None else (routine.at,))
        ]
        yield from ((moment, routines[number]) for moment, number in sorted(runs))


def _routines() -> Sequence[Any]:
    from wardroom.jobs.schedule import ROUTINES

    return ROUTINES


def cost(call: Callable[[], Any]) -> float:
    """CPU seconds of this process and of those that it started."""
    gc.collect()
    before = _cpu()
    call()
    return _cpu() - before


def _cpu() -> float:
    spent = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(use.ru_utime + use.ru_stime for use in map(resource.getrusage, spent))


def _function(path: str) -> Callable[[], Any]:
    module, _, name = path.rpartition(".")
    found: Callable[[], Any] = getattr(import_module(module), name)
    return found


@contextmanager
def _clock_at(moment: datetime) -> Iterator[None]:
    """The house's clock stands still at this moment."""
    from django.utils import timezone

    with patch.object(timezone, "now", lambda: moment):
        yield


@contextmanager
def _errors(name: str, wrong: list[str]) -> Iterator[None]:
    """Keep what is said to be wrong; one routine that fails stops no other."""

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            wrong.append(f"{name}: {record.getMessage()}")

    keeper = Keeper(logging.ERROR)
    root = logging.getLogger("wardroom")
    root.addHandler(keeper)
    try:
        yield
    except Exception as error:
        wrong.append(f"{name}: {type(error).__name__}: {error}")
    finally:
        root.removeHandler(keeper)
