"""A city's reports up to one instant, folded and set into the months of its places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
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
    negative for what began before. ``cell`` is the cell of each episode.
    """

    reports: Reports
    kinds: Kinds
    as_of: int
    episodes: FoldedEpisodes
    month: Ints
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
    if len(reports) and int(reports.opened[-1]) > as_of:
        reports = reports.part(reports.opened <= as_of)
    if len(reports) and int(reports.closed.max()) > as_of:
        closed = np.where(reports.closed > as_of, NEVER, reports.closed)
        reports = Reports(reports.x, reports.y, reports.kind, reports.opened, closed)
    episodes = fold_reports(reports, kinds.reach_m)
    first = episodes.first_report
    last = int(month_of(np.array([as_of], dtype=np.int64))[0])
    month = month_of(reports.opened[first]) - (last - MONTHS + 1)
    frame = frame or Frame.around(reports.x, reports.y)
    x, y, kind = reports.x[first], reports.y[first], reports.kind[first].astype(np.int64)
    seen = month >= 0
    places = occupy(frame, x[seen], y[seen], kind[seen], month[seen], len(kinds))
    ordinary = ordinary or what_is_ordinary(places, kinds.problem, kinds.agency)
    return City(
        reports=reports,
        kinds=kinds,
        as_of=as_of,
        episodes=episodes,
        month=month,
        cell=frame.cell(x, y),
        places=places,
        ordinary=ordinary,
        region=ordinary.region_of(places.cells, frame),
    )
