"""How often somebody may do something: counted in the database, where all processes see it.

A turn is taken whole or not at all, by however many at once, and a restart forgets none. This
is bookkeeping of a page or a call: what is done with the turn is an action of its own.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import transaction

from wardroom.access.gate import guard_pass
from wardroom.access.models import Tally
from wardroom.kernel.rates import Rate, standing, wait_for

BOOKKEEPING = "how often something was done"


@dataclass(frozen=True)
class Turn:
    """A turn that was taken, and how many are left; or how many seconds there is to wait."""

    left: int
    wait: int = 0
    taken: int = 1


def take_turn(rates: Mapping[str, Rate], *, at: datetime, most: int = 1) -> Turn:
    """Take a turn that each of these rates still lets through; else none of them counts it.

    With ``most``, so many at once, or as many as are left. Who is over the limit is told so by
    a look, and holds up nobody. Records nothing.
    """
    seen = _parts(Tally.objects.filter(name__in=rates))
    wait = _wait(rates, seen, at)
    if wait:
        return Turn(0, wait, taken=0)
    with transaction.atomic(), guard_pass(BOOKKEEPING):
        before = _parts(_held(rates, at, known=seen))
        wait = _wait(rates, before, at)
        if wait:
            return Turn(0, wait, taken=0)
        left = [_left(before[name], rate, at) for name, rate in rates.items()]
        taken = min(most, *left)
        for name, rate in rates.items():
            _count(name, rate, before[name], at, taken)
        return Turn(min(left) - taken, taken=taken)


def give_turn_back(rates: Mapping[str, Rate], *, at: datetime) -> None:
    """Count a turn no longer with which nothing was done. Records nothing."""
    with transaction.atomic(), guard_pass(BOOKKEEPING):
        for row in Tally.objects.select_for_update().filter(name__in=rates).order_by("name"):
            now = str(int(at.timestamp() // rates[row.name].part))
            if row.parts.get(now, 0):
                row.parts[now] -= 1
                row.save(update_fields=["parts"])


def forget_tallies(*, at: datetime) -> int:
    """Forget what was done so long ago that it no longer counts; how many. Records nothing."""
    with transaction.atomic(), guard_pass(BOOKKEEPING):
        gone, _ = Tally.objects.filter(until__lt=at).delete()
    return gone


def forget_sessions(*, at: datetime) -> int:
    """Forget the sign-ins whose time is over, and where they came from; how many.

    Records nothing.
    """
    gone, _ = Session.objects.filter(expire_date__lt=at).delete()
    return gone


def _held(rates: Mapping[str, Rate], at: datetime, known: Container[str]) -> list[Tally]:
    """The rows of these names, made where they are missing; whoever comes second waits.

    None is held before all are there, and all are taken in the order of their names: so no two
    callers who share some wait for each other. ``known`` are those that a look has just found.
    """
    new = [Tally(name=name, until=at) for name in sorted(rates) if name not in known]
    if new:
        Tally.objects.bulk_create(new, ignore_conflicts=True)
    rows = list(Tally.objects.select_for_update().filter(name__in=rates).order_by("name"))
    if len(rows) < len(rates):  # one was forgotten since the look
        return _held(rates, at, known={row.name for row in rows})
    return rows


def _parts(rows: Iterable[Tally]) -> dict[str, dict[int, int]]:
    return {row.name: {int(n): times for n, times in row.parts.items()} for row in rows}


def _wait(rates: Mapping[str, Rate], parts: Mapping[str, dict[int, int]], at: datetime) -> int:
    return max(wait_for(parts.get(name, {}), rate, at=at) for name, rate in rates.items())


def _left(before: dict[int, int], rate: Rate, at: datetime) -> int:
    return rate.most - sum(standing(before, rate, at=at).values())


def _count(name: str, rate: Rate, before: dict[int, int], at: datetime, more: int) -> None:
    """Count so many more under a name."""
    parts = standing(before, rate, at=at)
    now = int(at.timestamp() // rate.part)
    parts[now] = parts.get(now, 0) + more
    until = at + timedelta(seconds=rate.part * rate.parts)
    Tally.objects.filter(name=name).update(parts=parts, until=until)
