"""Did the plan work? A verdict by an interval, against places that were as bad on the same day.

The places of a plan are judged together: one place alone can hardly carry a verdict, and says
"cannot tell yet". Source: engine notes, section 5.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, inf, log

import numpy as np
from numpy.typing import NDArray

from wardroom.analysis.comparison_pool import Counts
from wardroom.analysis.redraws import (
    HALF,
    drawn_choices,
    every_choice,
    expected_at,
    fallen_back,
    portfolios,
    strata_of,
)

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
METHOD = "Studentised stratified randomisation 1"
WORKED, NO_BETTER, WORSE, CANNOT_TELL = (
    "worked",
    "no better than ordinary",
    "made worse",
    "cannot tell yet",
)
VERDICTS = (WORKED, NO_BETTER, WORSE, CANNOT_TELL)
WORTH = 0.9
DRAWS = 999
ENDS = (0.05, 0.95)
WIDE_ENDS = (0.03, 0.97)
FEWEST_PLACES = 10
STEPS = 3
HOPES = (0.7, 0.5)
SURE, LIKELY = 1.645, 0.842


@dataclass(frozen=True)
class Needed:
    """How much more it takes for a clear answer, four times in five, if the plan does this.

    ``effect`` is what becomes of 1 episode. ``places`` and ``months`` are each alone enough, 0
    where what there is suffices; None where no number of them would do.
    """

    effect: float
    places: int | None
    months: int | None


@dataclass(frozen=True)
class Verdict:
    """What is said of a plan.

    ``effect`` is episodes after over those expected, 1 for no effect, with ``low`` and ``high``
    as the ends of its 90 % interval. ``p_value`` is the chance of doing so well by luck.
    ``exact`` where all choices that a lot could have made were looked at.
    """

    word: str
    effect: float
    low: float
    high: float
    p_value: float
    after: int
    expected: float
    treated: int
    compared: int
    strata: int
    draws: int
    exact: bool
    needed: tuple[Needed, ...]


def word_for(low: float, high: float) -> str:
    """The verdict in words, by the ends of the interval.

    A tenth fewer is the least that is worth having, and a tenth as bad the other way.
    """
    if high < WORTH:
        return WORKED
    if low > 1 / WORTH:
        return WORSE
    return NO_BETTER if low > WORTH else CANNOT_TELL


def judge(
    counts: Counts,
    treated: Flags,
    *,
    seed: int,
    draws: int = DRAWS,
    drawn_in: Ints | None = None,
) -> Verdict:
    """Judge the treated places of a plan together against all the other places in ``counts``.

    ``treated`` has shape (n,); the others must be comparison places. ``drawn_in`` (n,) is the
    group within which a lot decided who is treated first; without it quartiles of the count
    before stand for it. The order of the places does not matter.
    """
    ordinary, after = counts.ordinary.sum(axis=1), counts.after.sum(axis=1).astype(np.float64)
    groups = np.zeros(len(counts), dtype=np.int64) if drawn_in is None else drawn_in
    order = np.lexsort((treated, ordinary, after, counts.before, groups))
    before, treated, groups = counts.before[order], treated[order], groups[order]
    ordinary, after = ordinary[order], after[order]
    stratum = strata_of(before, treated) if drawn_in is None else groups
    number, others = int(treated.sum()), int((~treated).sum())
    months = counts.after.shape[1]
    if not number or others < (FEWEST_PLACES if drawn_in is None else 1):
        return _nothing_to_say(after, ordinary, treated)
    if drawn_in is None:
        ordinary = fallen_back(ordinary, after, treated, stratum)
    if number == 1 and drawn_in is None:
        return _judge_one(ordinary, after, treated, stratum, months)
    rng = np.random.default_rng(seed)
    listed = every_choice(stratum, treated) if drawn_in is not None else None
    chosen = drawn_choices(stratum, treated, draws, rng) if listed is None else listed
    mine = portfolios(treated[None, :], ordinary, after, stratum)
    drawn = portfolios(chosen, ordinary, after, stratum)
    lower = int((drawn.difference <= mine.difference[0] + 1e-12).sum())
    effect, spread = float(mine.ratio[0]), float(mine.spread[0])
    low, high = _interval(chosen, treated, ordinary, after, stratum, effect, spread)
    expected = expected_at(treated, ordinary, after, stratum)
    return Verdict(
        word=word_for(low, high),
        effect=effect,
        low=low,
        high=high,
        p_value=lower / len(chosen) if listed is not None else (1 + lower) / (len(chosen) + 1),
        after=int(after[treated].sum()),
        expected=float(expected[treated].sum()),
        treated=number,
        compared=others,
        strata=len(np.unique(stratum)),
        draws=len(chosen),
        exact=listed is not None,
        needed=_needed(expected, after, treated, stratum, months),
    )


def _interval(
    chosen: Flags, treated: Flags, ordinary: Floats, after: Floats, stratum: Ints,
    effect: float, spread: float,
) -> tuple[float, float]:  # fmt: skip
    """The effects that the draws do not speak against.

    An effect is taken out of the treated places; the draws then show how far the ratio strays
    of itself. Repeated at the end that it gives, until it stays.
    """

    def end(share: float) -> float:
        at = effect
        for _ in range(STEPS):
            undone = np.where(treated, after / at, after)
            t = portfolios(chosen, ordinary, undone, stratum).studentised
            at = effect * float(
                np.exp(-np.clip(np.quantile(t, share, method="weibull") * spread, -20, 20))
            )
        return at

    return min(end(ENDS[1]), effect), max(end(ENDS[0]), effect)


def _judge_one(
    ordinary: Floats, after: Floats, treated: Flags, stratum: Ints, months: int
) -> Verdict:
    """One place by its rank among those of its stratum, with a wider interval."""
    expected = expected_at(treated, ordinary, after, stratum)
    ratio = (after + HALF) / (expected + HALF)
    like = ~treated & (stratum == stratum[treated][0])
    mine = float(ratio[treated][0])
    few, many = np.quantile(ratio[like], WIDE_ENDS)
    low, high = mine / float(many), mine / float(few)
    lower = int((ratio[like] <= mine).sum())
    return Verdict(
        word=word_for(low, high),
        effect=mine,
        low=low,
        high=high,
        p_value=(1 + lower) / (1 + int(like.sum())),
        after=int(after[treated][0]),
        expected=float(expected[treated][0]),
        treated=1,
        compared=int(like.sum()),
        strata=1,
        draws=int(like.sum()),
        exact=False,
        needed=_needed(expected, after, treated, stratum, months),
    )


def _nothing_to_say(after: Floats, ordinary: Floats, treated: Flags) -> Verdict:
    """Too few places to compare with, or none that was treated."""
    return Verdict(
        word=CANNOT_TELL,
        effect=1.0,
        low=0.0,
        high=inf,
        p_value=1.0,
        after=int(after[treated].sum()),
        expected=float(ordinary[treated].sum()),
        treated=int(treated.sum()),
        compared=int((~treated).sum()),
        strata=0,
        draws=0,
        exact=False,
        needed=tuple(Needed(hope, None, None) for hope in HOPES),
    )


def _needed(
    expected: Floats, after: Floats, treated: Flags, stratum: Ints, months: int
) -> tuple[Needed, ...]:
    """What it takes, from how far comparison places stray from what is expected of them.

    A part of that is chance, which shrinks with months; the rest is places going their own way,
    which only more places even out.
    """
    compared = ~treated
    e, y = expected[compared], after[compared]
    own_way = max(float(((y - e) ** 2 - e).sum()) / max(float((e * e).sum()), HALF), 0.0)
    mine = expected[treated]
    total = max(float(mine.sum()), HALF)
    own = own_way * float((mine * mine).sum()) / total**2
    theirs, chance = 0.0, 0.0
    for s in np.unique(stratum[treated]):
        there = expected[compared & (stratum == s)]
        weight = float(expected[treated & (stratum == s)].sum()) / total
        size = max(float(there.sum()), HALF)
        theirs += weight**2 * own_way * float((there * there).sum()) / size**2
        chance += weight**2 / size
    made = []
    for hope in HOPES:
        room = (log(WORTH / hope) / (SURE + LIKELY)) ** 2
        mine_alone = own + 1 / (hope * total)
        by_chance = chance + 1 / (hope * total)
        places = _times(mine_alone, room - theirs - chance, int(treated.sum()))
        made.append(Needed(hope, places, _times(by_chance, room - own - theirs, months)))
    return tuple(made)


def _times(noise: float, room: float, size: int) -> int | None:
    """How many more, where ``size`` of them have so much noise and there is room for less."""
    return None if room <= 0 else max(ceil(size * (noise / room - 1)), 0)
