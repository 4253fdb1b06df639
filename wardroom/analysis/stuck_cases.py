"""Cases that nobody closes while people report them month after month."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wardroom.analysis.evidence import MONTHS
from wardroom.analysis.folding import NEVER
from wardroom.analysis.observed_city import City
from wardroom.analysis.occupancy import YEAR

Ints = NDArray[np.int64]
OPEN_DAYS = 365
FEWEST_MONTHS = 6
DAY = 86_400


@dataclass(frozen=True)
class StuckCase:
    """One episode, open for over a year, and the repeats of the last 12 months.

    ``reports`` are the numbers of all its reports; ``months`` has shape (36,): its reports in
    each month, the last of them that of the data.
    """

    episode: int
    kind: int
    reports: Ints
    repeat_months: int
    repeats: int
    months: tuple[int, ...]


@dataclass(frozen=True)
class ReportsOfEpisodes:
    """The reports of every episode: those of episode e stand from ``first[e]`` on."""

    report: Ints
    first: Ints

    @classmethod
    def of(cls, city: City) -> ReportsOfEpisodes:
        """All reports of a city, in the order of their episodes and then of time."""
        report = np.argsort(city.episodes.of_report, kind="stable").astype(np.int64)
        first = np.concatenate([[0], np.cumsum(city.episodes.reports, dtype=np.int64)])
        return cls(report, first.astype(np.int64))

    def __call__(self, episodes: Ints) -> Ints:
        """The reports of some episodes, one episode after the other."""
        spans = [self.report[self.first[e] : self.first[e + 1]] for e in episodes.tolist()]
        return np.concatenate(spans) if spans else np.empty(0, dtype=np.int64)


def stuck_cases(city: City, of: ReportsOfEpisodes, month: Ints) -> tuple[StuckCase, ...]:
    """The cases open for over a year that were reported again in 6 of the last 12 months.

    ``month`` has shape (reports,) and counts to 35, the month of the data. The most insistent
    come first. Services that people order do not count.
    """
    episodes = city.episodes
    kind = city.reports.kind[episodes.first_report].astype(np.int64)
    started = city.reports.opened[episodes.first_report]
    old = (episodes.ended == NEVER) & (started < city.as_of - OPEN_DAYS * DAY)
    old &= (episodes.reports > FEWEST_MONTHS) & city.kinds.problem[kind]
    found = []
    for episode in np.flatnonzero(old).tolist():
        reports = of(np.array([episode]))
        repeated = month[reports[1:]]
        repeated = repeated[repeated >= MONTHS - YEAR]
        in_months = len(np.unique(repeated))
        if in_months >= FEWEST_MONTHS:
            seen = month[reports]
            counts = np.bincount(seen[seen >= 0], minlength=MONTHS)
            found.append(
                StuckCase(
                    episode=episode,
                    kind=int(kind[episode]),
                    reports=reports,
                    repeat_months=in_months,
                    repeats=len(repeated),
                    months=tuple(counts.tolist()),
                )
            )
    found.sort(key=lambda case: (-case.repeat_months, -case.repeats, case.episode))
    return tuple(found)
