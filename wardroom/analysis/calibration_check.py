"""How often the judge is wrong on this very data: plans that nobody made, judged as if made.

Places without a plan are drawn, the worst more readily, as an office would choose them. The
judge should see an effect that is not there one time in twenty. Source: engine notes,
section 5, point 8.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from wardroom.analysis.comparison_pool import Counts, FollowedPlaces, comparison_places
from wardroom.analysis.judging import CANNOT_TELL, WORKED, WORSE, Verdict, judge

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
SIZES = (10, 20, 40)
PORTFOLIOS = 600
REDRAWS = 299
NOMINAL = 0.05
PASSES = (0.03, 0.07)
FEWEST_TIMES = 3


@dataclass(frozen=True)
class Trial:
    """Places of one date, real or pretended, and what was counted after it."""

    places: FollowedPlaces
    counts: Counts


@dataclass(frozen=True)
class Checked:
    """What the judge said of so many portfolios of one size, all with the same true effect.

    ``rate`` is how often p was at most 0.05: the A/A rate where ``effect`` is 1, else the
    power. ``covered`` is how often the 90 % interval held the truth; ``mean_effect`` the mean
    estimate, by logarithms. The rest are shares of verdicts.
    """

    size: int
    effect: float
    portfolios: int
    rate: float
    covered: float
    mean_effect: float
    worked: float
    worse: float
    cannot_tell: float

    @property
    def honest(self) -> bool:
        """Whether an A/A rate is where it should be."""
        return PASSES[0] <= self.rate <= PASSES[1]


def check(
    trials: Sequence[Trial],
    *,
    seed: int,
    sizes: Sequence[int] = SIZES,
    effects: Sequence[float] = (1.0,),
    portfolios: int = PORTFOLIOS,
    redraws: int = REDRAWS,
) -> tuple[Checked, ...]:
    """Judge made-up plans of each size and effect, taking turns among the trials.

    An effect of 0.5 leaves each episode after the start with a chance of one half. A size for
    which no trial has three times as many places is left out.
    """
    made = []
    for size in sizes:
        fit = [t for t in trials if len(t.places) >= FEWEST_TIMES * size]
        for effect in effects if fit else ():
            verdicts = []
            for n in range(portfolios):
                rng = np.random.default_rng([seed, size, round(1000 * effect), n])
                verdicts.append(_one(fit[n % len(fit)], size, effect, redraws, rng))
            made.append(_checked(size, effect, verdicts))
    return tuple(made)


def chosen_by_an_office(before: Ints, size: int, rng: np.random.Generator) -> Flags:
    """So many places, each with a chance that goes with its count before; shape (n,)."""
    weight = before + 1.0
    at = rng.choice(len(before), size, replace=False, p=weight / weight.sum())
    chosen = np.zeros(len(before), dtype=np.bool_)
    chosen[at] = True
    return chosen


def thinned(counts: Counts, treated: Flags, effect: float, rng: np.random.Generator) -> Counts:
    """The counts had a plan left this share of the episodes at the treated places."""
    fewer = rng.binomial(counts.after, effect)
    return replace(counts, after=np.where(treated[:, None], fewer, counts.after))


def _one(trial: Trial, size: int, effect: float, redraws: int, rng: np.random.Generator) -> Verdict:
    treated = chosen_by_an_office(trial.counts.before, size, rng)
    taken = treated | comparison_places(trial.places, treated)
    counts, treated = trial.counts.part(taken), treated[taken]
    if effect < 1:
        counts = thinned(counts, treated, effect, rng)
    return judge(counts, treated, seed=int(rng.integers(1 << 31)), draws=redraws)


def _checked(size: int, effect: float, verdicts: Sequence[Verdict]) -> Checked:
    return Checked(
        size=size,
        effect=effect,
        portfolios=len(verdicts),
        rate=float(np.mean([v.p_value <= NOMINAL for v in verdicts])),
        covered=float(np.mean([v.low <= effect <= v.high for v in verdicts])),
        mean_effect=float(np.exp(np.mean([np.log(v.effect) for v in verdicts]))),
        worked=float(np.mean([v.word == WORKED for v in verdicts])),
        worse=float(np.mean([v.word == WORSE for v in verdicts])),
        cannot_tell=float(np.mean([v.word == CANNOT_TELL for v in verdicts])),
    )
