"""Why a place is on the list: which kinds, how often, against what, and whether it is stopping."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wardroom.analysis.evidence import (
    MONTHS,
    count_months,
    expected_months,
    keep_what_explains,
    kinds_that_may_explain,
)
from wardroom.analysis.folding import NEVER
from wardroom.analysis.location_scan import SIDE, Evidence, gather, look_around
from wardroom.analysis.observed_city import City
from wardroom.analysis.occupancy import YEAR
from wardroom.analysis.sorting import sorted_with

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
DAY = 86_400
STUCK_DAYS = 365
MOST_CELLS = 1 << 28
NEW_MONTHS = 6
STOPPING, STOPPING_SHARE = 2.0, 0.15
NEW, INTENSIFYING, PERSISTENT, SPORADIC, DIMINISHING = (
    "new",
    "intensifying",
    "persistent",
    "sporadic",
    "diminishing",
)
LABELS = (NEW, INTENSIFYING, PERSISTENT, SPORADIC, DIMINISHING)


@dataclass(frozen=True)
class KindShare:
    """One kind of an explanation: months active in the window against months expected.

    ``evidence`` is its part of the score; ``episodes`` those of the last 12 months.
    """

    kind: int
    active_months: int
    expected_months: float
    evidence: float
    episodes: int


@dataclass(frozen=True)
class Explanation:
    """What stands behind one place, over its window and the last 12 months.

    ``months`` has shape (36,): episodes of the explaining kinds that began in each month, the
    last of them that of the data. ``episode_numbers`` are those of the city's episodes.
    """

    kinds: tuple[KindShare, ...]
    window: int
    active_months: int
    episodes: int
    expected: float
    months: tuple[int, ...]
    first_month: int
    closed: int
    returns: int
    median_return_days: float | None
    repeats: int
    stuck: int
    stopped: float
    label: str
    episode_numbers: Ints


@dataclass(frozen=True)
class NearEpisodes:
    """The episodes of some places' surroundings in the order of their cells."""

    cells: Ints
    episodes: Ints

    @classmethod
    def of(cls, city: City, at: Ints) -> NearEpisodes:
        """Those within two cells of the places at these cells."""
        width = city.places.frame.width
        steps = (np.arange(-2, 3)[:, None] * width + np.arange(-2, 3)[None, :]).ravel()
        around = (city.places.cells[at][:, None] + steps[None, :]).ravel()
        size = int(city.places.cells.max(initial=0)) + 3 * width
        if size <= MOST_CELLS:
            wanted = np.zeros(size, dtype=bool)
            wanted[around] = True
            mine = wanted[np.clip(city.cell, 0, size - 1)]
        else:
            mine = np.isin(city.cell, around)
        seen = np.flatnonzero(mine & (city.month >= 0))
        cell, episode = sorted_with(city.cell[seen].astype(np.uint64), seen)
        return cls(cell.astype(np.int64), episode.astype(np.int64))


def middles(city: City, evidence: Evidence, near: NearEpisodes, at: Ints) -> tuple[Floats, Floats]:
    """Where each place's trouble lies: the mean point of its explaining episodes, in metres."""
    x, y = city.places.frame.middle(city.places.cells[at])
    places, ordinary, reports = city.places, city.ordinary, city.reports
    _middles(
        at, evidence.disc[at], evidence.window[at], evidence.activity[at], places.cells,
        places.first, places.kinds, places.words, places.recent, places.frame.width,
        city.region, ordinary.mixes, ordinary.calendar, ordinary.problem, near.cells,
        near.episodes, city.episodes.first_report, city.month, reports.kind, reports.x,
        reports.y, x, y,
    )  # fmt: skip
    return x, y


def explain(
    city: City, evidence: Evidence, near: NearEpisodes, at: int, recurrence_days: Ints
) -> Explanation:
    """The explanation of the place at a cell.

    ``recurrence_days`` goes by kind: how soon after a closing a new episode is a return.
    """
    window, activity = int(evidence.window[at]), float(evidence.activity[at])
    cells = _cells_around(near.cells, int(city.places.cells[at]), city, int(evidence.disc[at]))
    numbers = np.sort(near.episodes[cells])
    hot, terms, word = _what_explains(city, evidence, at)
    kind = city.reports.kind[city.episodes.first_report[numbers]].astype(np.int64)
    mine = np.isin(kind, hot)
    numbers, kind = numbers[mine], kind[mine]
    order = np.lexsort((numbers, kind))
    numbers, kind = numbers[order], kind[order]
    stopped = float(evidence.stopped[at])
    return _told(
        city, at, numbers, kind, hot, terms, word, activity, window, stopped, recurrence_days
    )


def explain_one_kind(
    city: City, near: NearEpisodes, at: int, kind: int, activity: float, recurrence_days: Ints
) -> Explanation:
    """What stands behind one kind of trouble in one cell, ordinary or not.

    ``activity`` is the cell's general activity.
    """
    cell = int(city.places.cells[at])
    start, stop = np.searchsorted(near.cells, [cell, cell + 1])
    numbers = np.sort(near.episodes[start:stop])
    of = city.reports.kind[city.episodes.first_report[numbers]].astype(np.int64)
    rows = slice(int(city.places.first[at]), int(city.places.first[at + 1]))
    word = city.places.words[rows][city.places.kinds[rows] == kind]
    numbers, of = numbers[of == kind], of[of == kind]
    return _told(
        city, at, numbers, of, np.array([kind]), np.zeros(1), word, activity, YEAR, 0.0,
        recurrence_days,
    )  # fmt: skip


def label_of(months: Ints, stopped: float, evidence: float) -> str:
    """The word for a place's course, from its 36 monthly counts.

    New: nothing before the last 6 months. Diminishing: the evidence was clearly stronger
    earlier, or the last 6 months had less than half of the 6 before. Intensifying: half as much
    again as the 6 months before and at least 3 more. Persistent: active in 8 of 12 months. Else
    sporadic.
    """
    late, before = int(months[-NEW_MONTHS:].sum()), int(months[-YEAR:-NEW_MONTHS].sum())
    if late and not months[:-NEW_MONTHS].any():
        return NEW
    if stopped > max(STOPPING, STOPPING_SHARE * evidence) or 2 * late < before:
        return DIMINISHING
    if late >= 1.5 * before and late >= before + 3:
        return INTENSIFYING
    return PERSISTENT if int((months[-YEAR:] > 0).sum()) >= 8 else SPORADIC


def _told(
    city: City, at: int, numbers: Ints, kind: Ints, hot: Ints, terms: Floats,
    word: NDArray[np.uint64], activity: float, window: int, stopped: float, recurrence_days: Ints,
) -> Explanation:  # fmt: skip
    """The explanation by some episodes, in the order of kind and start."""
    month = city.month[numbers]
    last_year = month >= MONTHS - YEAR
    months = np.bincount(month, minlength=MONTHS)
    came_back, gap = _returns(city, numbers, kind, recurrence_days)
    gaps = gap[came_back & last_year]
    recent = numbers[last_year]
    return Explanation(
        kinds=_shares(city, hot, terms, word, activity, window, at, kind[last_year]),
        window=window,
        active_months=int((months[-YEAR:] > 0).sum()),
        episodes=len(recent),
        expected=sum(_expected(city, int(k), at, activity, MONTHS - YEAR) for k in hot),
        months=tuple(months.tolist()),
        first_month=int(month.min()) if len(month) else 0,
        closed=int((city.episodes.ended[recent] < NEVER).sum()),
        returns=len(gaps),
        median_return_days=float(np.median(gaps)) if len(gaps) else None,
        repeats=int((city.episodes.reports[recent] - 1).sum()),
        stuck=int(_stuck(city, numbers).sum()),
        stopped=stopped,
        label=label_of(months, stopped, float(terms.sum())),
        episode_numbers=numbers,
    )


def _what_explains(
    city: City, evidence: Evidence, at: int
) -> tuple[Ints, Floats, NDArray[np.uint64]]:
    """The kinds that stand out at a place, the evidence of each, and their months."""
    kinds = len(city.kinds)
    hot, hot_word = np.empty(kinds, dtype=np.int64), np.empty(kinds, dtype=np.uint64)
    terms, places, ordinary = np.zeros(kinds), city.places, city.ordinary
    size = _explaining_kinds(
        _cells_around(places.cells, int(places.cells[at]), city, int(evidence.disc[at])),
        places.first, places.kinds, places.words, places.recent,
        ordinary.mixes[city.region[at]], ordinary.calendar, ordinary.problem,
        float(evidence.activity[at]), int(evidence.window[at]), hot, hot_word, terms,
    )  # fmt: skip
    return hot[:size], terms[:size], hot_word[:size]


def _cells_around(cells: Ints, cell: int, city: City, disc: int) -> Ints:
    """The positions, among sorted cells, of those within a disc around a cell."""
    reach = (np.array([0]), np.array([1, 1, 1]), np.array([1, 2, 2, 2, 1]))[disc]
    low = cell + (np.arange(len(reach)) - len(reach) // 2) * city.places.frame.width - reach
    start = np.searchsorted(cells, low, side="left")
    stop = np.searchsorted(cells, low + 2 * reach, side="right")
    return np.concatenate([np.arange(a, b) for a, b in zip(start, stop, strict=True)])


def _expected(city: City, kind: int, at: int, activity: float, start: int) -> float:
    share = city.ordinary.mixes[city.region[at]]
    return float(expected_months(activity, share, city.ordinary.calendar, kind, start, MONTHS))


def _shares(
    city: City, hot: Ints, terms: Floats, word: NDArray[np.uint64], activity: float, window: int,
    at: int, recent_kinds: Ints,
) -> tuple[KindShare, ...]:  # fmt: skip
    order = np.lexsort((hot, -terms))
    start = MONTHS - window
    return tuple(
        KindShare(
            kind=int(hot[n]),
            active_months=int(word[n] >> np.uint64(start)).bit_count(),
            expected_months=_expected(city, int(hot[n]), at, activity, start),
            evidence=float(terms[n]),
            episodes=int((recent_kinds == hot[n]).sum()),
        )
        for n in order
    )


def _returns(
    city: City, numbers: Ints, kind: Ints, recurrence_days: Ints
) -> tuple[NDArray[np.bool_], Floats]:
    """Which episodes, in the order of kind and start, began soon after the one before closed."""
    came_back, gap = np.zeros(len(numbers), dtype=bool), np.zeros(len(numbers))
    if len(numbers) > 1:
        started = city.reports.opened[city.episodes.first_report[numbers]]
        days = (started[1:] - city.episodes.ended[numbers[:-1]]) / DAY
        same = kind[1:] == kind[:-1]
        came_back[1:] = same & (days > 0) & (days <= recurrence_days[kind[1:]])
        gap[1:] = np.ceil(days)
    return came_back, gap


def _stuck(city: City, numbers: Ints) -> NDArray[np.bool_]:
    """Episodes that have been open for more than a year."""
    started = city.reports.opened[city.episodes.first_report[numbers]]
    still_open: NDArray[np.bool_] = city.episodes.ended[numbers] == NEVER
    return still_open & (started < city.as_of - STUCK_DAYS * DAY)


@njit(cache=True, nogil=True)
def _explaining_kinds(  # type: ignore[no-untyped-def]
    around, first, kinds, words, recent, share, calendar, problem, activity, window, hot,
    hot_word, terms,
):  # fmt: skip
    n = len(problem)
    word, episodes = np.zeros(n, dtype=np.uint64), np.zeros(n)
    touched, months = np.empty(n, dtype=np.int64), np.empty(n, dtype=np.int64)
    m = gather(around, first, kinds, words, recent, 0, touched, word, episodes)
    count_months(m, touched, word, problem, months)
    size = kinds_that_may_explain(
        m, touched, months, word, share, calendar, problem, activity, hot, hot_word
    )
    if window == 0:
        return 0
    return keep_what_explains(size, hot, hot_word, share, calendar, activity, window, terms)


@njit(cache=True, nogil=True)
def _middles(  # type: ignore[no-untyped-def]
    at, disc, window, activity, cells, first, kinds, words, recent, width, region, mixes,
    calendar, problem, episode_cell, episode, first_report, month, kind_of_report, report_x,
    report_y, x, y,
):  # fmt: skip
    hot, hot_word = np.empty(len(problem), dtype=np.int64), np.empty(len(problem), dtype=np.uint64)
    terms, explains = np.zeros(len(problem)), np.zeros(len(problem), dtype=np.bool_)
    near, number = np.empty((3, 12), dtype=np.int64), np.empty(3, dtype=np.int64)
    rows, around = np.zeros(SIDE, dtype=np.int64), np.empty(36, dtype=np.int64)
    for n in range(len(at)):
        rows[:] = np.searchsorted(cells, cells[at[n]] - 2 * width - 2)
        look_around(cells, cells[at[n]], width, rows, near, number)
        some = 0
        for ring in range(disc[n] + 1):
            around[some : some + number[ring]] = near[ring, : number[ring]]
            some += number[ring]
        size = _explaining_kinds(
            around[:some], first, kinds, words, recent, mixes[region[at[n]]], calendar, problem,
            activity[n], window[n], hot, hot_word, terms,
        )  # fmt: skip
        explains[:] = False
        for t in range(size):
            explains[hot[t]] = True
        total, across, along = 0, 0.0, 0.0
        for p in around[:some]:
            e = np.searchsorted(episode_cell, cells[p])
            while e < len(episode_cell) and episode_cell[e] == cells[p]:
                report = first_report[episode[e]]
                if explains[kind_of_report[report]] and month[episode[e]] >= MONTHS - window[n]:
                    total += 1
                    across += report_x[report]
                    along += report_y[report]
                e += 1
        if total:
            x[n], y[n] = across / total, along / total
