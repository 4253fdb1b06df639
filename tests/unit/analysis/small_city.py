"""A small city for tests of the engine: ordinary places, and one with lasting trouble."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wardroom.analysis import observed_city
from wardroom.analysis.folding import Reports, in_order
from wardroom.analysis.observed_city import Kinds, look_at
from wardroom.analysis.ordinary_places import Calibration

DAY = 86_400
MONTH = 30 * DAY
START = 600 * MONTH
AS_OF = START + 36 * MONTH - 1
KINDS = 6
TROUBLE = (1_012.0, 1_012.0)
CALIBRATION = Calibration(3.0, tuple(np.linspace(0.0, 9.0, 401).tolist()), 9.0, 1.5, 1_000)


def kinds(reach_m: float = 40.0) -> Kinds:
    """Six kinds of two agencies; the last is a service that people order."""
    problem = np.ones(KINDS, dtype=bool)
    problem[-1] = False
    return Kinds(problem, np.arange(KINDS) % 2, np.full(KINDS, reach_m))


def month_of(instants: NDArray[np.int64]) -> NDArray[np.int64]:
    """Months of 30 days."""
    return instants // MONTH


def reports(seed: int = 1, ordinary: int = 3_000, months: int = 36) -> Reports:
    """Ordinary reports all over 2 km, and one place where two kinds come back every month."""
    rng = np.random.default_rng(seed)
    again = np.arange(months * 2)
    opened = np.concatenate(
        [
            START + rng.integers(0, 36 * MONTH, ordinary),
            START + (36 - months + again // 2) * MONTH + DAY + again % 2 * DAY,
        ]
    )
    x = np.concatenate([rng.uniform(0, 2_000, ordinary), TROUBLE[0] + rng.normal(0, 4, len(again))])
    y = np.concatenate([rng.uniform(0, 2_000, ordinary), TROUBLE[1] + rng.normal(0, 4, len(again))])
    kind = np.concatenate([rng.integers(0, KINDS, ordinary), again % 2]).astype(np.int16)
    closed = opened + rng.integers(DAY, 9 * DAY, len(opened))
    return in_order(Reports(np.round(x * 64) / 64, np.round(y * 64) / 64, kind, opened, closed))[0]


def look(given: Reports, as_of: int = AS_OF) -> observed_city.City:
    """The city that these reports make."""
    return look_at(given, kinds(), as_of=as_of, month_of=month_of)
