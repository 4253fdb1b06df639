"""The few reports of one place folded into episodes, as the engine folds a whole city.

A page shows the requests behind one place; it needs no compiled loops for them. The rule is
that of `wardroom.analysis.folding`: a report of the same kind within reach of one that was
still open is a repeat of its episode.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

NEVER = 1 << 34
DAY = 86_400
GOES_ON = ("open", "in_progress")


@dataclass(frozen=True)
class Report:
    """One report: metres, its kind, and seconds since 1970; ``closed`` is `NEVER` while open."""

    x: float
    y: float
    kind: str
    opened: int
    closed: int


@dataclass(frozen=True)
class Episode:
    """The reports of one trouble by their numbers, the first of them first."""

    kind: str
    reports: tuple[int, ...]
    started: int
    ended: int


def goes_on(status: str) -> bool:
    """Whether trouble lasts while a report of this status has no closing time.

    Only a plainly live report keeps its episode open. Another status without a closing time,
    above all a duplicate that the city left open, says nothing about the end: for folding
    such a report ends when it is opened.
    """
    return status in GOES_ON


def fold_few(reports: Sequence[Report], reach_m: Mapping[str, float]) -> tuple[Episode, ...]:
    """Fold reports into episodes, in the order in which they began."""
    first: dict[int, int] = {}
    members: dict[int, list[int]] = {}
    lively: dict[str, list[int]] = {}
    for me in sorted(range(len(reports)), key=lambda n: _order(reports[n])):
        mine = reports[me]
        still = [n for n in lively.get(mine.kind, ()) if reports[n].closed > mine.opened]
        near = next((n for n in still if _is_near(reports[n], mine, reach_m[mine.kind])), None)
        first[me] = me if near is None else first[near]
        members.setdefault(first[me], []).append(me)
        lively[mine.kind] = [*still, me]
    return tuple(
        Episode(
            kind=reports[start].kind,
            reports=tuple(of),
            started=reports[start].opened,
            ended=max(reports[n].closed for n in of),
        )
        for start, of in members.items()
    )


def days_until_return(
    episodes: Sequence[Episode], recurrence_days: Mapping[str, int]
) -> dict[int, int]:
    """Which episodes, by their number, are returns, and how many days after the closing.

    They began soon after the one of their kind before them had ended. Source: field notes 6.6.
    """
    last: dict[str, Episode] = {}
    found: dict[int, int] = {}
    for number, episode in enumerate(episodes):
        before = last.get(episode.kind)
        last[episode.kind] = episode
        if before is not None:
            days = (episode.started - before.ended) / DAY
            if 0 < days <= recurrence_days[episode.kind]:
                found[number] = ceil(days)
    return found


def _order(r: Report) -> tuple[int, str, float, float, int]:
    return r.opened, r.kind, r.x, r.y, r.closed


def _is_near(a: Report, b: Report, reach: float) -> bool:
    across, along = a.x - b.x, a.y - b.y
    return across * across + along * along <= reach * reach
