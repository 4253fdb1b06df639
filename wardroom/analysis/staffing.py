"""How many people the work needs: hours of work over hours that people have, and by ward.

Every figure is told with a range, since the hours that one piece of work takes are measured on
few pieces. Source: field notes, sections 6.9 and 6.10.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wardroom.analysis.definitions import Definition

SURE = 1.96
FEWEST = 5
SMALLEST_RATE = 0.2

DEFINITION = Definition(
    "Staff needed",
    1,
    "The pieces of work of a year times the hours that one takes, over the hours that a person "
    "has in a year for such work.",
    "Workload method; field notes, section 6.9",
)


@dataclass(frozen=True)
class Work:
    """One kind of work: how many pieces a year, and the hours that one takes, with a range."""

    kind: str
    volume: float
    hours: float
    low: float
    high: float

    @property
    def all_hours(self) -> float:
        """The hours that all of it takes in a year."""
        return self.volume * self.hours


@dataclass(frozen=True)
class Requirement:
    """The full-time jobs that the work needs; ``low`` and ``high`` at the ends of all ranges."""

    fte: float
    low: float
    high: float
    hours: float


@dataclass(frozen=True)
class UnitTime:
    """The hours that one piece takes, as measured on so many; the range is 95 percent sure."""

    hours: float
    low: float
    high: float
    observed: int


@dataclass(frozen=True)
class Share:
    """What a ward gets of the people: by its work, and by its work if all reported alike."""

    ward: str
    hours: float
    fte: float
    even_fte: float | None


def relief_factor(hours_to_cover: float, net_hours: float) -> float:
    """How many people it takes to have one at a post for so many hours a year.

    ``net_hours`` are those that a person is really there. ValueError where that is none.
    """
    if net_hours <= 0:
        raise ValueError("a person has to be there for some hours")
    return hours_to_cover / net_hours


def requirement(works: Iterable[Work], *, net_hours: float, utilisation: float) -> Requirement:
    """The full-time jobs for this work, where a person has so many hours, in part for such work.

    ``utilisation`` is over 0 and at most 1. ValueError where a person has no hours for it.
    """
    room = net_hours * utilisation
    if room <= 0 or utilisation > 1:
        raise ValueError(
            "a person has to have some hours for the work, and not more than there are"
        )
    known = list(works)
    hours = math.fsum(work.all_hours for work in known)
    low = math.fsum(work.volume * work.low for work in known)
    high = math.fsum(work.volume * work.high for work in known)
    return Requirement(hours / room, low / room, high / room, hours)


def unit_time(logged: Sequence[tuple[float, int]]) -> UnitTime | None:
    """The hours that one piece takes, from minutes that were logged and pieces finished in them.

    A ratio of sums, so that long pieces over many days count as they are. None with fewer than
    `FEWEST` finished pieces, or where nothing but one line was logged.
    """
    pieces = sum(done for _, done in logged)
    if pieces < FEWEST or len(logged) < 2:
        return None
    ratio = math.fsum(minutes for minutes, _ in logged) / pieces
    squares = math.fsum((minutes - ratio * done) ** 2 for minutes, done in logged)
    error = math.sqrt(len(logged) * squares / (len(logged) - 1)) / pieces
    low = max(0.0, ratio - SURE * error)
    return UnitTime(ratio / 60, low / 60, (ratio + SURE * error) / 60, pieces)


def shares(
    hours: Mapping[str, float],
    fte: float,
    *,
    least: float = 1.0,
    rates: Mapping[str, float] | None = None,
) -> tuple[Share, ...]:
    """How so many people are divided among wards by their work, at least one for each.

    ``rates`` say how readily people of a ward report (1 is as the whole city): the second
    figure is what it would be if all reported alike. Where there are fewer people than wards,
    each still gets its least, and the sum is more than there are.
    """
    by_work = _divided(hours, fte, least)
    even: Mapping[str, float] = {}
    if rates:
        known = {ward: max(rates.get(ward, 1.0), SMALLEST_RATE) for ward in hours}
        even = _divided({ward: hours[ward] / known[ward] for ward in hours}, fte, least)
    return tuple(Share(ward, hours[ward], by_work[ward], even.get(ward)) for ward in sorted(hours))


def _divided(hours: Mapping[str, float], fte: float, least: float) -> dict[str, float]:
    """By hours, but never less than the least; who gets the least leaves the rest to others."""
    at_least: set[str] = set()
    while True:
        rest = [ward for ward in hours if ward not in at_least]
        left = fte - least * len(at_least)
        total = math.fsum(hours[ward] for ward in rest)
        given = {
            ward: left * (hours[ward] / total if total > 0 else 1 / len(rest)) for ward in rest
        }
        short = {ward for ward, part in given.items() if part < least}
        if not short:
            return {ward: given.get(ward, least) for ward in hours}
        at_least |= short
