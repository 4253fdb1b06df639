"""Ranking places by how surely they have more trouble than is ordinary.

A place's episodes are compared with what was to be expected there; the ratio is shrunk
towards the ordinary (Gamma-Poisson, fitted over all places), and places are ranked by the
posterior probability that their true ratio is over two. Source: field notes 6.1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from wardroom.analysis.episodes import DAY, NEVER, Episodes, fold, returns

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
METHOD = "Method 1: chance that the rate is over twice expected"
MONTHS = 36
YEAR = 12
COUNT_OF_BITS = np.array([n.bit_count() for n in range(1 << YEAR)], dtype=np.int64)


@dataclass(frozen=True)
class Columns:
    """Reports as columns, shape (n,); times in seconds since 1970, UTC.

    ``topic`` and ``zone`` and ``agency`` are small numbers; ``zone`` is that of the report's
    place, the same in all its reports; ``reporter`` is 0 where unknown.
    """

    place: Ints
    topic: Ints
    zone: Ints
    agency: Ints
    reporter: Ints
    opened: Ints
    closed: Ints


@dataclass(frozen=True)
class TopicClocks:
    """Days of silence and of recurrence for each topic number, shape (topics,)."""

    silent_days: Ints
    recurrence_days: Ints


@dataclass(frozen=True)
class Settings:
    """When a place is put before a person. The office's to change."""

    window_days: int = 365
    episodes: int = 4
    active_months: int = 3
    reporters: int = 3
    returns: int = 2
    returns_days: int = 90
    ratio: float = 2.0
    most_a_zone: int = 200


@dataclass(frozen=True)
class Ranking:
    """The places that met the rule, best first. All arrays have shape (places,)."""

    place: Ints
    zone: Ints
    score: Floats
    ratio: Floats
    expected: Floats
    episodes: Ints
    active_months: Ints
    returns: Ints
    recent_returns: Ints
    median_return_days: Floats
    closed: Ints
    stuck: Ints
    reporters: Ints
    top_share: Floats
    agencies: tuple[tuple[int, ...], ...]
    topics: tuple[tuple[tuple[int, int], ...], ...]
    months: Ints
    frequent: NDArray[np.bool_]
    first_month: Ints
    last_started: Ints
    alpha: float
    beta: float
    reports_seen: int
    episodes_seen: int
    places_seen: int


def shrunk_ratio(y: Floats, e: Floats, alpha: float, beta: float) -> Floats:
    """The empirical-Bayes ratio (alpha + y) / (beta + e) of observed to expected."""
    return (alpha + y) / (beta + e)


def posterior_above(ratio: float, y: Floats, e: Floats, alpha: float, beta: float) -> Floats:
    """The probability that a place's true ratio is over ``ratio``, given y episodes for e."""
    from scipy.special import gammaincc

    above: Floats = gammaincc(alpha + y, ratio * (beta + e))
    return above


def fit_gamma_poisson(y: Ints, e: Floats) -> tuple[float, float]:
    """Shape and rate of ordinary ratios, by marginal likelihood over all places.

    Falls back to 0.8 and 0.8 where there are too few places to tell.
    """
    if len(y) < 20 or y.sum() == 0:
        return 0.8, 0.8
    from scipy.optimize import minimize
    from scipy.special import gammaln

    pairs, weight = np.unique(np.column_stack([y, np.round(e, 6)]), axis=0, return_counts=True)
    counts, expected = pairs[:, 0], np.maximum(pairs[:, 1], 1e-9)

    def loss(log_parameters: Floats) -> float:
        a, b = np.exp(log_parameters)
        each = (
            gammaln(counts + a) - gammaln(a) + a * np.log(b) - (counts + a) * np.log(b + expected)
        )
        return float(-(weight * each).sum())

    bounds = [(np.log(0.02), np.log(200.0))] * 2
    found = minimize(loss, np.log([0.8, 0.8]), method="L-BFGS-B", bounds=bounds)
    alpha, beta = np.exp(found.x)
    return float(alpha), float(beta)


def rank_places(
    columns: Columns,
    clocks: TopicClocks,
    *,
    as_of: int,
    month_of: Callable[[Ints], Ints],
    settings: Settings,
) -> Ranking:
    """Rank every place of a city and keep those that meet the rule.

    ``as_of`` is the instant the data reach; ``month_of`` gives the local calendar month of
    instants (n,), as `local_months` does. Routine services must not be among the columns.
    Deterministic.
    """
    seen = columns.opened <= as_of
    columns = Columns(*(getattr(columns, f)[seen] for f in Columns.__dataclass_fields__))
    closed = np.where(columns.closed > as_of, NEVER, columns.closed)
    silent = clocks.silent_days[columns.topic]
    episodes = fold(columns.place, columns.topic, columns.opened, closed, silent)
    places, first, of_episode = np.unique(episodes.place, return_index=True, return_inverse=True)
    in_window = episodes.started > as_of - settings.window_days * DAY
    zone = columns.zone[episodes.first_report[first]]
    y = np.bincount(of_episode[in_window], minlength=len(places)).astype(np.int64)
    expected = _expected(y, zone, places)
    alpha, beta = fit_gamma_poisson(y, expected)
    score = posterior_above(settings.ratio, y.astype(float), expected, alpha, beta)
    came_back, gap_days = returns(episodes, clocks.recurrence_days[episodes.topic])
    recent = came_back & (episodes.started > as_of - settings.returns_days * DAY)
    last_month = int(month_of(np.array([as_of], dtype=np.int64))[0])
    month = month_of(episodes.started)
    until = month_of(np.minimum(episodes.ended, as_of))
    active = _active_months(month, until, first, last_month)
    recent_returns = np.bincount(of_episode[recent], minlength=len(places))
    reporters, possible, top_share = _reporters(
        columns, episodes, of_episode, in_window, len(places)
    )
    frequent = (y >= settings.episodes) & (active >= settings.active_months)
    frequent &= possible >= settings.reporters
    meets = frequent | (recent_returns >= settings.returns)
    excess = y - expected
    order = np.lexsort((places, -excess, -np.round(score, 9)))
    order = order[meets[order]]
    chosen = _cap(order, zone, settings.most_a_zone)
    detail = _Details(columns, episodes, of_episode, in_window, came_back, gap_days, month)
    return Ranking(
        place=places[chosen],
        zone=zone[chosen],
        score=score[chosen],
        ratio=shrunk_ratio(y[chosen].astype(float), expected[chosen], alpha, beta),
        expected=expected[chosen],
        episodes=y[chosen],
        active_months=active[chosen],
        returns=detail.count(came_back & in_window, chosen),
        recent_returns=recent_returns[chosen],
        median_return_days=detail.median_return(chosen),
        closed=detail.count(in_window & (episodes.ended < NEVER), chosen),
        stuck=detail.count(
            (episodes.ended == NEVER) & (episodes.started < as_of - 365 * DAY), chosen
        ),
        reporters=reporters[chosen],
        top_share=top_share[chosen],
        agencies=detail.agencies(chosen),
        topics=detail.topics(chosen),
        months=detail.months(chosen, last_month),
        frequent=frequent[chosen],
        first_month=detail.first_month(chosen),
        last_started=detail.last_started(chosen),
        alpha=alpha,
        beta=beta,
        reports_seen=len(columns.place),
        episodes_seen=len(episodes),
        places_seen=len(places),
    )


def _expected(y: Ints, zone: Ints, places: Ints) -> Floats:
    """What is ordinary for a place of its kind in its zone: their mean, over all seen places."""
    kind = places >> 60
    stratum = (zone - zone.min()) * 4 + kind if len(zone) else zone
    total = np.bincount(stratum, weights=y)
    number = np.bincount(stratum)
    mean: Floats = (total / np.maximum(number, 1))[stratum]
    return np.maximum(mean, 1e-6)


def _active_months(began: Ints, ended: Ints, first_of_place: Ints, last_month: int) -> Ints:
    """In how many of the last 12 calendar months an episode of each place was going on.

    ``began`` and ``ended`` are months, shape (episodes,), in the order of the places, whose
    first episodes stand at ``first_of_place``. Each month of an episode is a bit.
    """
    if not len(began):
        return np.empty(0, dtype=np.int64)
    one = np.int64(1)
    earliest = last_month - YEAR + 1
    low = np.maximum(began - earliest, 0)
    high = np.maximum(ended - earliest + 1, 0)
    months = np.bitwise_or.reduceat((one << high) - (one << low), first_of_place)
    return COUNT_OF_BITS[months]


def _reporters(
    columns: Columns,
    episodes: Episodes,
    of_episode: Ints,
    in_window: NDArray[np.bool_],
    size: int,
) -> tuple[Ints, Ints, Floats]:
    """How many people at least and at most reported each place, and the loudest's share.

    One reporter counts once an episode, so that a telephone tree of one is one. Unnamed ones
    are at least one person and at most another one in each episode. Where no report names
    anybody, the least is 0: nothing is known.
    """
    in_scope = in_window[episodes.of_report]
    report = np.flatnonzero(in_scope)
    episode = episodes.of_report[report]
    who = columns.reporter[report]
    order = np.lexsort((who, episode))
    e, w = episode[order], who[order]
    keep = np.ones(len(e), dtype=bool)
    keep[1:] = (e[1:] != e[:-1]) | (w[1:] != w[:-1])
    place, w = of_episode[e[keep]], w[keep]
    order = np.lexsort((w, place))
    place, w = place[order], w[order]
    starts = np.ones(len(place), dtype=bool)
    starts[1:] = (place[1:] != place[:-1]) | (w[1:] != w[:-1])
    at = np.flatnonzero(starts)
    voices = np.diff(np.append(at, len(place)))
    loudest = np.zeros(size)
    named = w[at] > 0
    np.maximum.at(loudest, place[at][named], voices[named])
    total = np.bincount(of_episode[in_window], minlength=size)
    people = np.bincount(place[at][named], minlength=size).astype(np.int64)
    unnamed = np.bincount(place[w == 0], minlength=size)
    least = np.where(people > 0, people + (unnamed > 0), 0)
    return least, people + unnamed, loudest / np.maximum(total, 1)


def _cap(order: Ints, zone: Ints, most: int) -> Ints:
    """The first ``most`` of each zone, in the order given."""
    zones = zone[order]
    by_zone = np.argsort(zones, kind="stable")
    sorted_zones = zones[by_zone]
    first = np.searchsorted(sorted_zones, sorted_zones, side="left")
    place_in_zone = np.empty(len(order), dtype=np.int64)
    place_in_zone[by_zone] = np.arange(len(order)) - first
    return order[place_in_zone < most]


class _Details:
    """The figures of the chosen places only."""

    def __init__(
        self,
        columns: Columns,
        episodes: Episodes,
        of_episode: Ints,
        in_window: NDArray[np.bool_],
        came_back: NDArray[np.bool_],
        gap_days: Ints,
        month: Ints,
    ) -> None:
        self.columns, self.episodes, self.of_episode = columns, episodes, of_episode
        self.in_window, self.came_back, self.gap_days = in_window, came_back, gap_days
        self.month = month
        self.size = int(of_episode.max()) + 1 if len(of_episode) else 0
        self.by_place = np.searchsorted(of_episode, np.arange(self.size + 1))

    def _span(self, place: int) -> slice:
        return slice(int(self.by_place[place]), int(self.by_place[place + 1]))

    def count(self, mask: NDArray[np.bool_], chosen: Ints) -> Ints:
        return np.bincount(self.of_episode[mask], minlength=self.size)[chosen]

    def median_return(self, chosen: Ints) -> Floats:
        found = []
        for place in chosen.tolist():
            span = self._span(place)
            days = self.gap_days[span][self.came_back[span] & self.in_window[span]]
            found.append(float(np.median(days)) if len(days) else np.nan)
        return np.array(found)

    def topics(self, chosen: Ints) -> tuple[tuple[tuple[int, int], ...], ...]:
        found = []
        for place in chosen.tolist():
            span = self._span(place)
            topics = self.episodes.topic[span][self.in_window[span]]
            number, count = np.unique(topics, return_counts=True)
            order = np.lexsort((number, -count))
            found.append(tuple((int(number[i]), int(count[i])) for i in order))
        return tuple(found)

    def agencies(self, chosen: Ints) -> tuple[tuple[int, ...], ...]:
        place_of_report = self.of_episode[self.episodes.of_report]
        wanted = np.zeros(self.size, dtype=bool)
        wanted[chosen] = True
        mask = wanted[place_of_report] & self.in_window[self.episodes.of_report]
        pairs, count = np.unique(
            np.column_stack([place_of_report[mask], self.columns.agency[mask]]),
            axis=0,
            return_counts=True,
        )
        by_place: dict[int, list[tuple[int, int]]] = {}
        for (place, agency), number in zip(pairs.tolist(), count.tolist(), strict=True):
            by_place.setdefault(place, []).append((-number, agency))
        return tuple(
            tuple(agency for _, agency in sorted(by_place.get(place, ())))
            for place in chosen.tolist()
        )

    def months(self, chosen: Ints, last_month: int) -> Ints:
        found = np.zeros((len(chosen), MONTHS), dtype=np.int64)
        for n, place in enumerate(chosen.tolist()):
            back = last_month - self.month[self._span(place)]
            inside = (back >= 0) & (back < MONTHS)
            found[n] = np.bincount(MONTHS - 1 - back[inside], minlength=MONTHS)
        return found

    def first_month(self, chosen: Ints) -> Ints:
        firsts = [int(self.month[self._span(p)].min()) for p in chosen.tolist()]
        return np.array(firsts, dtype=np.int64)

    def last_started(self, chosen: Ints) -> Ints:
        lasts = [int(self.episodes.started[self._span(p)].max()) for p in chosen.tolist()]
        return np.array(lasts, dtype=np.int64)


def local_months(opened: Ints, zone: str) -> Ints:
    """The local calendar month of instants (n,), as years * 12 + month - 1; exact to the second.

    Clocks are taken to change at most once in a UTC day.
    """
    if not len(opened):
        return np.empty(0, dtype=np.int64)
    city = ZoneInfo(zone)
    day = opened // DAY
    first, last = int(day.min()), int(day.max())
    midnights = np.array([_offset(d * DAY, city) for d in range(first, last + 2)], dtype=np.int64)
    offset = midnights[day - first]
    for n in np.flatnonzero(np.diff(midnights)).tolist():
        changed = day == first + n
        if changed.any():
            late = opened >= _clock_change((first + n) * DAY, city)
            offset[changed & late] = midnights[n + 1]
    months = (opened + offset).astype("datetime64[s]").astype("datetime64[M]").astype(np.int64)
    return months + 1970 * 12


def _offset(instant: int, city: ZoneInfo) -> int:
    """Seconds that the city's clocks are ahead of UTC."""
    ahead = datetime.fromtimestamp(instant, tz=UTC).astimezone(city).utcoffset()
    return int(ahead.total_seconds()) if ahead else 0


def _clock_change(midnight: int, city: ZoneInfo) -> int:
    """The first second after the clocks change on the day that begins at a UTC midnight."""
    before, low, high = _offset(midnight, city), midnight, midnight + DAY
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset(middle, city) == before else (low, middle)
    return high
