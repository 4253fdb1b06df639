"""A city's reports up to one instant, folded and set into the months of its places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wardroom.analysis.evidence import MONTHS
from wardroom.analysis.folding import NEVER, FoldedEpisodes, Reports, fold_reports
from wardroom.analysis.occupancy import Frame, Occupancy, Ordinary, occupy, what_is_ordinary

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Kinds:
    """What is known of each kind, shape (kinds,).

    ``problem`` is False for a service that people order; such reports tell only how lively a
    place is. ``reach_m`` says within how many metres an open report is the same trouble.
    """

    problem: NDArray[np.bool_]
    agency: Ints
    reach_m: Floats

    def __len__(self) -> int:
        return len(self.problem)


@dataclass(frozen=True)
class City:
    """Everything the scan knows of a city up to one instant.

    ``month`` has shape (episodes,) and counts from 0 to 35, the month of ``as_of``; it is
    -1 for what began before. ``cell`` is the cell of each episode.
    """

    reports: Reports
    kinds: Kinds
    as_of: int
    episodes: FoldedEpisodes
    month: NDArray[np.int16]
    cell: Ints
    places: Occupancy
    ordinary: Ordinary
    region: Ints


def look_at(
    reports: Reports,
    kinds: Kinds,
    *,
    as_of: int,
    month_of: Callable[[Ints], Ints],
    ordinary: Ordinary | None = None,
    frame: Frame | None = None,
) -> City:
    """Fold a city's reports up to an instant and set the months of its places.

    ``reports`` stand in the order of `in_order`. ``month_of`` gives the running number of the
    calendar month of instants (n,). ``ordinary`` and ``frame`` may be those of an earlier look.
    """
    reports = as_known(reports, as_of)
    episodes = fold_reports(reports, kinds.reach_m)
    first = episodes.first_report
    last = int(month_of(np.array([as_of], dtype=np.int64))[0])
    month = _months(reports.opened, first, last, month_of)
    frame = frame or Frame.around(reports.x, reports.y)
    cell = frame.cell_of(reports.x, reports.y, first)
    places = occupy(frame, cell, reports.kind[first], month, len(kinds))
    ordinary = ordinary or what_is_ordinary(places, kinds.problem, kinds.agency)
    return City(
        reports=reports,
        kinds=kinds,
        as_of=as_of,
        episodes=episodes,
        month=month,
        cell=cell,
        places=places,
        ordinary=ordinary,
        region=ordinary.region_of(places.cells, frame),
    )


def as_known(reports: Reports, as_of: int) -> Reports:
    """The reports up to an instant; what was closed later was still open then."""
    r = reports
    if len(r) and int(r.opened[-1]) > as_of:
        many = int(np.searchsorted(r.opened, as_of, side="right"))
        r = Reports(r.x[:many], r.y[:many], r.kind[:many], r.opened[:many], r.closed[:many])
    if _closed_later(r.closed, as_of):
        r = replace(r, closed=np.where(r.closed > as_of, NEVER, r.closed))
    return r


def _months(
    opened: Ints, first: Ints, last: int, month_of: Callable[[Ints], Ints]
) -> NDArray[np.int16]:
    """The month of each episode from 0 to 35, -1 before; they began in the order of time.

    Time only moves on, so the beginnings of the months are sought by halving instead of
    asking for the month of every instant.
    """
    low, high = np.zeros(MONTHS, dtype=np.int64), np.full(MONTHS, len(first))
    wanted = np.arange(last - MONTHS + 1, last + 1)
    while bool((low < high).any()):
        middle = (low + high) // 2
        asked = opened[first[np.minimum(middle, len(first) - 1)]]
        reached = (month_of(asked) >= wanted) | (middle >= high)
        low, high = np.where(reached, low, middle + 1), np.where(reached, middle, high)
    spans = np.diff(np.concatenate([[0], low, [len(first)]]))
    return np.repeat(np.arange(-1, MONTHS, dtype=np.int16), spans)


@njit(cache=True, nogil=True)
def _closed_later(closed, as_of):  # type: ignore[no-untyped-def]
    later = 0
    for i in range(len(closed)):
        later += as_of < closed[i] < NEVER
    return later > 0
