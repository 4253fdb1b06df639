"""Reports for tests of the ranking, and the same arithmetic done slowly and plainly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

import numpy as np
from hypothesis import strategies as st
from wardroom.analysis.persistence import Columns

from wardroom.analysis.episodes import DAY, NEVER

SILENT = (7, 30)
RECURRENCE = (14, 60)
MONTH = 30 * DAY
START = 20_000 * DAY
SPAN = 500
KINDS = 1 << 60
OPEN = int(NEVER)


@dataclass(frozen=True)
class Report:
    """One report; times in seconds since 1970."""

    place: int
    topic: int
    opened: int
    closed: int
    zone: int = 0
    agency: int = 0
    reporter: int = 0

    @property
    def month(self) -> int:
        return self.opened // MONTH


@dataclass
class Episode:
    """What one place has of one topic for a while."""

    place: int
    topic: int
    reports: list[int] = field(default_factory=list)
    started: int = 0
    ended: int = 0
    quiet_after: int = 0


@st.composite
def reports(draw: st.DrawFn, *, places: int = 4, most: int = 40) -> list[Report]:
    """Up to so many reports, crowded enough to fold, no two of them at the same second."""
    minutes = draw(st.lists(st.integers(0, SPAN * 24 * 60), unique=True, min_size=1, max_size=most))
    zones = draw(st.lists(st.integers(0, 2), min_size=places, max_size=places))
    made = []
    for minute in minutes:
        opened = START + minute * 60
        stay = draw(st.one_of(st.none(), st.integers(-1, 90)))
        number = draw(st.integers(0, places - 1))
        made.append(
            Report(
                place=number + KINDS * (number % 2),
                topic=draw(st.integers(0, 1)),
                opened=opened,
                closed=OPEN if stay is None else opened + stay * DAY,
                zone=zones[number],
                agency=draw(st.integers(0, 2)),
                reporter=draw(st.integers(0, 3)),
            )
        )
    return made


def columns(rows: Sequence[Report]) -> Columns:
    """The same reports as columns."""

    def column(name: str) -> np.ndarray:
        return np.array([getattr(r, name) for r in rows], dtype=np.int64)

    return Columns(*(column(name) for name in Columns.__dataclass_fields__))


def folded(rows: Sequence[Report]) -> list[Episode]:
    """One report after the other: it joins while the episode is open or not yet silent."""
    found: list[Episode] = []
    for n in sorted(range(len(rows)), key=lambda n: rows[n].opened):
        row = rows[n]
        closed = max(row.closed, row.opened)
        quiet = max(closed, row.opened + SILENT[row.topic] * DAY)
        mine = [e for e in found if (e.place, e.topic) == (row.place, row.topic)]
        if mine and row.opened <= mine[-1].quiet_after:
            episode = mine[-1]
        else:
            episode = Episode(row.place, row.topic, started=row.opened)
            found.append(episode)
        episode.reports.append(n)
        episode.ended = max(episode.ended, closed)
        episode.quiet_after = max(episode.quiet_after, quiet)
    return found


def came_back(episodes: Sequence[Episode]) -> dict[int, int]:
    """The episodes, by their number, that began soon after the one before ended: after how long."""
    found = {}
    for n, episode in enumerate(episodes):
        before = [e for e in episodes[:n] if (e.place, e.topic) == (episode.place, episode.topic)]
        if not before:
            continue
        gap = episode.started - max(before, key=lambda e: e.started).ended
        if 0 < gap <= RECURRENCE[episode.topic] * DAY:
            found[n] = -(-gap // DAY)
    return found


@dataclass
class Place:
    """Everything the ranking says of one place."""

    zone: int
    episodes: int
    active_months: int
    reporters: int
    top_share: float
    possible_reporters: int
    returns: int
    recent_returns: int
    median_return_days: float | None
    closed: int
    stuck: int
    agencies: set[int]
    topics: Mapping[int, int]
    months: list[int]
    first_month: int
    last_started: int
    expected: float = 0.0


def places_of(rows: Sequence[Report], *, as_of: int, last_month: int) -> dict[int, Place]:
    """What there is to say of every place, found by walking through its reports."""
    seen = [r for r in rows if r.opened <= as_of]
    at_the_time = [
        Report(r.place, r.topic, r.opened, r.closed if r.closed <= as_of else OPEN,
               r.zone, r.agency, r.reporter)
        for r in seen
    ]  # fmt: skip
    episodes = folded(at_the_time)
    back = came_back(episodes)
    by_place: dict[int, list[int]] = defaultdict(list)
    for n, episode in enumerate(episodes):
        by_place[episode.place].append(n)
    made = {}
    for place, numbers in by_place.items():
        made[place] = _place(at_the_time, episodes, numbers, back, as_of, last_month)
    strata: dict[tuple[int, int], list[Place]] = defaultdict(list)
    for key, each in made.items():
        strata[each.zone, key // KINDS].append(each)
    for alike in strata.values():
        ordinary = sum(p.episodes for p in alike) / len(alike)
        for each in alike:
            each.expected = max(ordinary, 1e-6)
    return made


def _place(
    rows: Sequence[Report],
    episodes: Sequence[Episode],
    numbers: Sequence[int],
    back: Mapping[int, int],
    as_of: int,
    last_month: int,
) -> Place:
    now = [n for n in numbers if episodes[n].started > as_of - 365 * DAY]
    first = {n: rows[episodes[n].reports[0]] for n in numbers}
    voices = {n: {rows[r].reporter for r in episodes[n].reports} for n in now}
    known = {who for heard in voices.values() for who in heard} - {0}
    loudest = max((sum(who in voices[n] for n in now) for who in known), default=0)
    days = [back[n] for n in now if n in back]
    topics: dict[int, int] = defaultdict(int)
    for n in now:
        topics[episodes[n].topic] += 1
    months = [0] * 36
    for n in numbers:
        ago = last_month - first[n].month
        if 0 <= ago < 36:
            months[35 - ago] += 1
    active = {
        month
        for n in numbers
        for month in range(first[n].month, min(episodes[n].ended, as_of) // MONTH + 1)
        if month > last_month - 12
    }
    return Place(
        zone=first[numbers[0]].zone,
        episodes=len(now),
        active_months=len(active),
        reporters=len({who for heard in voices.values() for who in heard}) if known else 0,
        top_share=loudest / len(now) if now else 0.0,
        possible_reporters=len(known) + sum(0 in heard for heard in voices.values()),
        returns=len(days),
        recent_returns=sum(n in back and episodes[n].started > as_of - 90 * DAY for n in numbers),
        median_return_days=median(days) if days else None,
        closed=sum(episodes[n].ended < OPEN for n in now),
        stuck=sum(
            episodes[n].ended == OPEN and episodes[n].started < as_of - 365 * DAY for n in numbers
        ),
        agencies={rows[r].agency for n in now for r in episodes[n].reports},
        topics=dict(topics),
        months=months,
        first_month=min(row.month for row in first.values()),
        last_started=max(episodes[n].started for n in numbers),
    )
