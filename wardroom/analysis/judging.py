"""Did the plan work? A verdict by an interval, against places that were as bad on the same day.

The places of a plan are judged together: one place alone can hardly carry a verdict, and says
"cannot tell yet". Source: engine notes, section 5.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil, exp, inf, log

import numpy as np
from numpy.typing import NDArray

from wardroom.analysis.comparison_pool import Counts
from wardroom.analysis.redraws import (
    HALF,
    Portfolios,
    drawn_choices,
    every_choice,
    expected_at,
    fallen_back,
    portfolios,
    strata_of,
    ways_to_choose,
)

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
METHOD = "Studentized stratified randomization 1"
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
FEWEST_PLACES, FEWEST_WAYS, FEWEST_EXPECTED = 10, 20, 5.0
STEPS = 3
CLOSE, FURTHEST = 1e-12, 20.0
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
    ``exact`` where all choices that a lot could have made were looked at. ``draws`` is 0, and
    the interval says nothing, where there are under 10 places to compare with or under 5
    episodes to be expected.
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
    test = _Test.of(counts, treated, drawn_in)
    enough = test.others >= (FEWEST_PLACES if drawn_in is None else 1)
    if not test.number or not enough or test.in_all < FEWEST_EXPECTED:
        return test.verdict(effect=1.0, low=0.0, high=inf, p_value=1.0)
    test = test if drawn_in is not None else test.fallen_back()
    if test.number == 1 and drawn_in is None:
        return _judge_one(test)
    chosen = every_choice(test.stratum, test.treated) if drawn_in is not None else None
    exact = chosen is not None
    if chosen is None:
        chosen = drawn_choices(test.stratum, test.treated, draws, np.random.default_rng(seed))
    mine, drawn = test.portfolios(test.treated[None, :]), test.portfolios(chosen)
    lower = int((drawn.difference <= mine.difference[0] + CLOSE).sum())
    effect, spread = float(mine.ratio[0]), float(mine.spread[0])
    low, high = 0.0, inf
    if ways_to_choose(test.stratum, test.treated) >= FEWEST_WAYS:
        low = min(_end(test, chosen, effect, spread, ENDS[1]), effect)
        high = max(_end(test, chosen, effect, spread, ENDS[0]), effect)
    return test.verdict(
        effect=effect,
        low=low,
        high=high,
        p_value=lower / len(chosen) if exact else (1 + lower) / (len(chosen) + 1),
        draws=len(chosen),
        exact=exact,
    )


@dataclass(frozen=True)
class _Test:
    """The places of a test in an order of their own, shape (n,)."""

    ordinary: Floats
    after: Floats
    treated: Flags
    stratum: Ints
    months: int

    @classmethod
    def of(cls, counts: Counts, treated: Flags, drawn_in: Ints | None) -> _Test:
        ordinary, after = counts.ordinary.sum(axis=1), counts.after.sum(axis=1)
        groups = strata_of(counts.before, treated) if drawn_in is None else drawn_in
        order = np.lexsort((treated, ordinary, after, counts.before, groups))
        return cls(
            ordinary[order], after[order].astype(np.float64), treated[order], groups[order],
            counts.after.shape[1],
        )  # fmt: skip

    @property
    def number(self) -> int:
        return int(self.treated.sum())

    @property
    def others(self) -> int:
        return len(self.treated) - self.number

    @property
    def expected(self) -> Floats:
        return expected_at(self.treated, self.ordinary, self.after, self.stratum)

    @property
    def in_all(self) -> float:
        return float(self.expected[self.treated].sum())

    def fallen_back(self) -> _Test:
        drawn = fallen_back(self.ordinary, self.after, self.treated, self.stratum)
        return replace(self, ordinary=drawn)

    def portfolios(self, chosen: Flags) -> Portfolios:
        return portfolios(chosen, self.ordinary, self.after, self.stratum)

    def verdict(
        self, *, effect: float, low: float, high: float, p_value: float, draws: int = 0,
        exact: bool = False,
    ) -> Verdict:  # fmt: skip
        return Verdict(
            word=word_for(low, high),
            effect=effect,
            low=low,
            high=high,
            p_value=p_value,
            after=int(self.after[self.treated].sum()),
            expected=self.in_all,
            treated=self.number,
            compared=self.others,
            strata=len(np.unique(self.stratum)),
            draws=draws,
            exact=exact,
            needed=_needed(self) if self.number and self.others else (),
        )


def _end(test: _Test, chosen: Flags, effect: float, spread: float, share: float) -> float:
    """One end of the effects that the draws do not speak against.

    An effect is taken out of the treated places; the draws then show how far the ratio strays
    of itself. Repeated at the end that this gives, until it stays.
    """
    at = effect
    for _ in range(STEPS):
        undone = replace(test, after=np.where(test.treated, test.after / at, test.after))
        t = undone.portfolios(chosen).studentised
        strayed = float(np.quantile(t, share, method="weibull")) * spread
        at = effect * exp(-min(max(strayed, -FURTHEST), FURTHEST))
    return at


def _judge_one(test: _Test) -> Verdict:
    """One place by its rank among those of its stratum, with a wider interval.

    It never gets another word: of a hundred places judged one by one, some would look like a
    success, or worse, by luck alone.
    """
    ratio = (test.after + HALF) / (test.expected + HALF)
    like = ~test.treated & (test.stratum == test.stratum[test.treated][0])
    mine = float(ratio[test.treated][0])
    few, many = np.quantile(ratio[like], WIDE_ENDS)
    lower, number = int((ratio[like] <= mine).sum()), int(like.sum())
    seen = test.verdict(
        effect=mine,
        low=mine / float(many),
        high=mine / float(few),
        p_value=(1 + lower) / (1 + number),
        draws=number,
    )
    return replace(seen, word=CANNOT_TELL)


def _needed(test: _Test) -> tuple[Needed, ...]:
    """What it takes, from how far comparison places stray from what is expected of them.

    A part of that is chance, which shrinks with months; the rest is places going their own way,
    which only more places even out.
    """
    expected, compared = test.expected, ~test.treated
    e, y = expected[compared], test.after[compared]
    own_way = max(float(((y - e) ** 2 - e).sum()) / max(float((e * e).sum()), HALF), 0.0)
    mine = expected[test.treated]
    total = max(float(mine.sum()), HALF)
    own = own_way * float((mine * mine).sum()) / total**2
    theirs, chance = 0.0, 0.0
    for s in np.unique(test.stratum[test.treated]):
        here = test.stratum == s
        there = expected[compared & here]
        weight = float(expected[test.treated & here].sum()) / total
        size = max(float(there.sum()), HALF)
        theirs += weight**2 * own_way * float((there * there).sum()) / size**2
        chance += weight**2 / size
    made = []
    for hope in HOPES:
        room = (log(WORTH / hope) / (SURE + LIKELY)) ** 2
        by_luck = 1 / (hope * total)
        places = _more(own + by_luck, room - theirs - chance, test.number)
        months = _more(chance + by_luck, room - own - theirs, test.months)
        made.append(Needed(hope, places, months))
    return tuple(made)


def _more(noise: float, room: float, size: int) -> int | None:
    """How many more, where ``size`` of them have so much noise and there is room for less."""
    return None if room <= 0 else max(ceil(size * (noise / room - 1)), 0)
