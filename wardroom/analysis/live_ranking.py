"""One new report, or one more that may come, and the places around it are weighed again.

What is ordinary and the calibration stay those of the last night, so that a nightly run over
the same reports with the same yardstick gives the same answer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wardroom.analysis.evidence import MONTHS
from wardroom.analysis.location_scan import NOT_LOOKED_AT, Evidence, scan
from wardroom.analysis.observed_city import City
from wardroom.analysis.occupancy import YEAR, Occupancy
from wardroom.analysis.persistent_places import Ranking

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
WATCHED, LOOKED_AROUND = 2, 4
Rows = dict[int, tuple[int, int]]


@dataclass(frozen=True)
class Change:
    """What one report changed.

    ``rank`` counts the places that lead their surroundings, 1 for the highest score; it is None
    where too little has happened. ``repeat`` says that an open report was already there.
    """

    repeat: bool
    cell: int
    score: float | None
    rank: int | None
    p_value: float | None


class LiveRanking:
    """The ranks of a city, kept up while reports come in.

    A report costs less than a millisecond; nothing else of the city is touched.
    """

    def __init__(self, city: City, ranking: Ranking) -> None:
        """Start from a full run."""
        self.city, self.calibration = city, ranking.calibration
        self._score = ranking.evidence.score.copy()
        self._leading = np.sort(ranking.score)[::-1].copy()
        self._changed: dict[int, Rows] = {}
        self._new_score: dict[int, float] = {}
        self._lively = self._open_reports()

    def add(self, *, x: float, y: float, kind: int, opened: int, month: int) -> Change:
        """Take in a report, given in metres and with its month from 0 to 35.

        Reports come in the order of time.
        """
        cell = int(self.city.places.frame.cell(np.array([x]), np.array([y]))[0])
        if self._is_repeat(x, y, kind, opened):
            return Change(True, cell, *self.standing(cell))
        rows = self._rows(cell)
        word, recent = rows.get(kind, (0, 0))
        rows[kind] = (word | 1 << month, recent + (month >= MONTHS - YEAR))
        self._changed[cell] = rows
        self._weigh_around(cell)
        return Change(False, cell, *self.standing(cell))

    def would_be(self, *, x: float, y: float, kind: int, opened: int, month: int) -> Change:
        """What one more report would change, without taking it in."""
        cell = int(self.city.places.frame.cell(np.array([x]), np.array([y]))[0])
        if self._is_open_near(x, y, kind, opened):
            return Change(True, cell, *self.standing(cell))
        changed, score = dict(self._changed), dict(self._new_score)
        rows = dict(self._rows(cell))
        word, recent = rows.get(kind, (0, 0))
        self._changed[cell] = {**rows, kind: (word | 1 << month, recent + 1)}
        self._weigh_around(cell)
        change = Change(False, cell, *self.standing(cell))
        self._changed, self._new_score = changed, score
        return change

    def standing(self, cell: int) -> tuple[float | None, int | None, float | None]:
        """The best score within reach of a cell now, its rank, and its chance."""
        score = max(self.score_of(near) for near in self._around(cell, WATCHED))
        if score <= NOT_LOOKED_AT:
            return None, None, None
        rank = int(np.searchsorted(-self._leading, -score, side="left")) + 1
        return score, rank, float(self.calibration.p_values(np.array([score]))[0])

    def score_of(self, cell: int) -> float:
        """The score of a cell now; `NOT_LOOKED_AT` where there is too little."""
        if cell in self._new_score:
            return self._new_score[cell]
        at = self._at(cell)
        return NOT_LOOKED_AT if at is None else float(self._score[at])

    def _at(self, cell: int) -> int | None:
        cells = self.city.places.cells
        at = int(np.searchsorted(cells, cell))
        return at if at < len(cells) and cells[at] == cell else None

    def _around(self, cell: int, reach: int) -> list[int]:
        width = self.city.places.frame.width
        return [
            cell + row * width + column
            for row in range(-reach, reach + 1)
            for column in range(-reach, reach + 1)
        ]

    def _rows(self, cell: int) -> Rows:
        """What is known of a cell, by kind: its months and the episodes of 12 months."""
        if cell in self._changed:
            return self._changed[cell]
        at = self._at(cell)
        if at is None:
            return {}
        places = self.city.places
        span = slice(int(places.first[at]), int(places.first[at + 1]))
        columns = (places.kinds[span], places.words[span], places.recent[span])
        return {k: (w, r) for k, w, r in zip(*(c.tolist() for c in columns), strict=True)}

    def _weigh_around(self, cell: int) -> None:
        part = self._neighbourhood(cell)
        region = self.city.ordinary.region_of(part.cells, part.frame)
        near = np.isin(part.cells, self._around(cell, WATCHED))
        found: Evidence = scan(part, self.city.ordinary, region, lo=0, hi=len(part))
        for at in np.flatnonzero(near).tolist():
            self._new_score[int(part.cells[at])] = float(found.score[at])

    def _neighbourhood(self, cell: int) -> Occupancy:
        """The cells whose months count for the places around a cell."""
        cells, first = [], [0]
        kinds: list[int] = []
        words: list[int] = []
        recent: list[int] = []
        for near in self._around(cell, LOOKED_AROUND):
            rows = self._rows(near)
            if rows:
                cells.append(near)
                for kind in sorted(rows):
                    kinds.append(kind)
                    words.append(rows[kind][0])
                    recent.append(rows[kind][1])
                first.append(len(kinds))
        return Occupancy(
            frame=self.city.places.frame,
            cells=np.array(cells, dtype=np.int64),
            first=np.array(first, dtype=np.int64),
            kinds=np.array(kinds, dtype=np.uint16),
            words=np.array(words, dtype=np.uint64),
            recent=np.array(recent, dtype=np.uint16),
        )

    def _open_reports(self) -> dict[tuple[int, int, int], list[tuple[float, float, int]]]:
        """Reports that were open when the city was looked at, by kind and square."""
        reports, found = self.city.reports, {}  # type: ignore[var-annotated]
        still = np.flatnonzero(reports.closed > self.city.as_of)
        size = float(self.city.kinds.reach_m.max())
        for at in still.tolist():
            x, y = float(reports.x[at]), float(reports.y[at])
            square = (int(reports.kind[at]), int(x // size), int(y // size))
            found.setdefault(square, []).append((x, y, int(reports.closed[at])))
        return found

    def _is_repeat(self, x: float, y: float, kind: int, opened: int) -> bool:
        """Whether a report of the kind is open within reach; this one is open from now on."""
        repeat = self._is_open_near(x, y, kind, opened)
        size = float(self.city.kinds.reach_m.max())
        square = (kind, int(x // size), int(y // size))
        self._lively.setdefault(square, []).append((x, y, 1 << 34))
        return repeat

    def _is_open_near(self, x: float, y: float, kind: int, opened: int) -> bool:
        size, reach = float(self.city.kinds.reach_m.max()), float(self.city.kinds.reach_m[kind])
        column, row = int(x // size), int(y // size)
        return any(
            closed > opened and (a - x) ** 2 + (b - y) ** 2 <= reach * reach
            for c in (column - 1, column, column + 1)
            for r in (row - 1, row, row + 1)
            for a, b, closed in self._lively.get((kind, c, r), ())
        )

    def close(self, *, x: float, y: float, kind: int, closed: int) -> None:
        """Close the open report that stands at a point, in metres."""
        size = float(self.city.kinds.reach_m.max())
        square = self._lively.get((kind, int(x // size), int(y // size)), [])
        for at, (a, b, until) in enumerate(square):
            if (a, b) == (x, y) and until > closed:
                square[at] = (a, b, closed)
                return
