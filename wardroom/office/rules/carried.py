"""What people carried before a rota, as a proposal counts it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Past:
    """The weight, the weekends and the holidays that somebody carried."""

    weight: int = 0
    weekends: int = 0
    holidays: int = 0


def counted_past(
    had: Mapping[int, Past], here: Mapping[int, Fraction], to_share: Past
) -> dict[int, Past]:
    """What each person starts a rota with, as a proposal counts it.

    Nobody makes up for a time at which they were not here: who carried nothing before starts
    with the average of the others, and who is ``here`` for a part of the rota alone starts with
    their part of what there is ``to_share`` in the rest of it.
    """
    began = [past for past in had.values() if past.weight]
    usual = Past(
        *(_mean([getattr(p, n) for p in began]) for n in ("weight", "weekends", "holidays"))
    )
    every = sum(here.values())
    found = {}
    for user_id, past in had.items():
        start = past if past.weight else usual
        missing = (1 - here[user_id]) / every if every else Fraction(0)
        found[user_id] = Past(
            start.weight + round(to_share.weight * missing),
            start.weekends + round(to_share.weekends * missing),
            start.holidays + round(to_share.holidays * missing),
        )
    return found


def _mean(counts: Collection[int]) -> int:
    return round(Fraction(sum(counts), len(counts))) if counts else 0
