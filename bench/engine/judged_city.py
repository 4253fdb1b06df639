"""A made city, looked at by the engine and by its peers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bench.engine.city import DAY, DAYS, MONTHS, City, build
from bench.engine.peers import Points
from wardroom.analysis import observed_city
from wardroom.analysis.observed_city import Kinds, look_at

Ints = NDArray[np.int64]
REACH_M = 40.0


@dataclass(frozen=True)
class JudgedCity:
    """A city with what is planted in it."""

    made: City

    @classmethod
    def build(
        cls, events: int, seed: int, *, planted: bool = True, plain: bool = False
    ) -> JudgedCity:
        """Make one from a seed."""
        return cls(build(events, seed, planted=planted, plain=plain))

    @cached_property
    def kinds(self) -> Kinds:
        """Its kinds, with the same reach for all."""
        made = self.made
        return Kinds(~made.routine, made.agency, np.full(len(made.agency), REACH_M))

    def month_of(self, instants: Ints) -> Ints:
        """Months of equal length from the start of the data."""
        return (instants - self.made.start) // DAY * MONTHS // DAYS

    def as_of(self, month: int) -> int:
        """The last second of so many months."""
        return self.made.start + month * DAYS // MONTHS * DAY - 1

    def looked_at(self, month: int = MONTHS) -> observed_city.City:
        """What the engine sees at the end of a month."""
        return look_at(
            self.made.reports, self.kinds, as_of=self.as_of(month), month_of=self.month_of
        )

    def trouble(self, seen: observed_city.City, *, months: int, folded: bool) -> Points:
        """What a peer sees of the same: the last months' reports or episodes of trouble."""
        r = seen.reports
        chosen = seen.episodes.first_report if folded else np.arange(len(r))
        since = seen.as_of + 1 - months * DAYS // MONTHS * DAY
        chosen = chosen[(r.opened[chosen] >= since) & self.kinds.problem[r.kind[chosen]]]
        return Points(r.x[chosen], r.y[chosen], r.kind[chosen].astype(np.int64))
