"""What a portfolio's figures would be had other places been chosen, drawn anew within strata.

A portfolio is the set of places that a plan treats. Every place is expected to go as the
comparison places of its stratum went. Source: engine notes, section 5, point 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product
from math import comb, prod

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
STRATA = 4
FEWEST_COMPARED = 5
MOST_LISTED = 5_000
HALF = 0.5


@dataclass(frozen=True)
class Portfolios:
    """The figures of d choices of places, shape (d,).

    ``difference`` is the studentised difference of the residuals; ``ratio`` episodes over
    those expected; ``spread`` the standard error of its logarithm, by the places' own spread.
    """

    difference: Floats
    ratio: Floats
    spread: Floats

    @property
    def studentised(self) -> Floats:
        """The logarithm of the ratio over its standard error."""
        t: Floats = np.log(self.ratio) / self.spread
        return t


def strata_of(before: Ints, treated: Flags) -> Ints:
    """The stratum of each place by its count before, shape (n,): quartiles.

    Fewer strata where one with treated places would have fewer than 5 to compare with.
    """
    stratum = np.zeros(len(before), dtype=np.int64)
    for number in range(STRATA, 1, -1):
        cuts = np.quantile(before, np.arange(1, number) / number) if len(before) else np.empty(0)
        stratum = np.searchsorted(cuts, before, side="left").astype(np.int64)
        acted = np.bincount(stratum[treated], minlength=number)
        compared = np.bincount(stratum[~treated], minlength=number)
        if bool((compared[acted > 0] >= FEWEST_COMPARED).all()):
            return stratum
    return np.zeros(len(before), dtype=np.int64)


def ways_to_choose(stratum: Ints, treated: Flags) -> int:
    """In how many ways as many places could have been chosen in each stratum."""
    here = [stratum == s for s in np.unique(stratum)]
    return prod(comb(int(h.sum()), int(treated[h].sum())) for h in here)


def every_choice(stratum: Ints, treated: Flags) -> Flags | None:
    """All ways to choose as many places in each stratum, shape (ways, n); None if over 5,000."""
    ways = ways_to_choose(stratum, treated)
    if ways > MOST_LISTED:
        return None
    members = [np.flatnonzero(stratum == s) for s in np.unique(stratum)]
    chosen = [int(treated[m].sum()) for m in members]
    made = np.zeros((ways, len(treated)), dtype=np.bool_)
    parts = [combinations(m.tolist(), k) for m, k in zip(members, chosen, strict=True)]
    for way, part in enumerate(product(*parts)):
        made[way, [at for some in part for at in some]] = True
    return made


def drawn_choices(
    stratum: Ints, treated: Flags, draws: int, rng: np.random.Generator
) -> Flags:  # fmt: skip
    """As many places in each stratum, drawn by lot again and again; shape (draws, n)."""
    made = np.zeros((draws, len(treated)), dtype=np.bool_)
    row = np.arange(draws)[:, None]
    for s in np.unique(stratum[treated]):
        members = np.flatnonzero(stratum == s)
        some = int(treated[members].sum())
        order = np.argsort(rng.random((draws, len(members))), axis=1, kind="stable")
        made[row, members[order[:, :some]]] = True
    return made


def portfolios(chosen: Flags, ordinary: Floats, after: Floats, stratum: Ints) -> Portfolios:
    """The figures of each choice of places.

    ``chosen`` has shape (d, n). ``ordinary`` (n,) is what a place would have had the city's
    way; ``after`` (n,) what it had.
    """
    d = len(chosen)
    difference, ratio, spread = np.empty(d), np.empty(d), np.empty(d)
    strata = int(stratum.max()) + 1 if len(stratum) else 1
    _portfolios(chosen, ordinary, after, stratum, strata, difference, ratio, spread)
    return Portfolios(difference, ratio, spread)


def expected_at(treated: Flags, ordinary: Floats, after: Floats, stratum: Ints) -> Floats:
    """What each place was to be expected to have, by the comparison places of its stratum."""
    strata = int(stratum.max()) + 1 if len(stratum) else 1
    compared = ~treated
    had = np.bincount(stratum[compared], after[compared], strata)
    would = np.bincount(stratum[compared], ordinary[compared], strata)
    expected: Floats = ordinary * ((had + HALF) / (would + HALF))[stratum]
    return expected


def fallen_back(ordinary: Floats, after: Floats, treated: Flags, stratum: Ints) -> Floats:
    """``ordinary`` drawn to the mean of its stratum, as far as comparison places went there.

    The worst of a stratum were partly unlucky, and an office chooses the worst.
    """
    strata = int(stratum.max()) + 1 if len(stratum) else 1
    size = np.bincount(stratum, minlength=strata)
    middle = (np.bincount(stratum, ordinary, strata) / np.maximum(size, 1))[stratum]
    usual = expected_at(treated, middle, after, stratum)
    apart = usual / np.maximum(middle, HALF) * (ordinary - middle)
    weight = np.where(treated, 0.0, 1 / (usual + HALF))
    total = float((weight * apart * apart).sum())
    kept = float((weight * apart * (after - usual)).sum()) / total if total > 0 else 1.0
    drawn: Floats = middle + min(max(kept, 0.0), 1.0) * (ordinary - middle)
    return drawn


@njit(cache=True, nogil=True)
def _portfolios(chosen, ordinary, after, stratum, strata, difference, ratio, spread):  # type: ignore[no-untyped-def]
    n = len(ordinary)
    had, would = np.empty(strata), np.empty(strata)
    wanted, off = np.empty(strata), np.empty(strata)
    for d in range(len(chosen)):
        had[:], would[:], wanted[:], off[:] = 0.0, 0.0, 0.0, 0.0
        for i in range(n):
            if not chosen[d, i]:
                had[stratum[i]] += after[i]
                would[stratum[i]] += ordinary[i]
        number, total, expected = 0, 0.0, 0.0
        sums, squares = np.zeros(2), np.zeros(2)
        for i in range(n):
            s = stratum[i]
            e = ordinary[i] * (had[s] + HALF) / (would[s] + HALF)
            residual = (after[i] - e) / np.sqrt(e + HALF)
            side = 0 if chosen[d, i] else 1
            sums[side] += residual
            squares[side] += residual * residual
            if side == 0:
                number += 1
                total += after[i]
                expected += e
                wanted[s] += e
            else:
                off[s] += (after[i] - e) ** 2
        ratio[d] = (total + HALF) / (expected + HALF)
        own = 0.0
        for i in range(n):
            if chosen[d, i]:
                s = stratum[i]
                e = ordinary[i] * (had[s] + HALF) / (would[s] + HALF)
                own += (after[i] - ratio[d] * e) ** 2
        variance = (own + HALF) * number / max(number - 1, 1) / (total + HALF) ** 2
        for s in range(strata):
            weight = wanted[s] / max(expected, HALF)
            variance += weight * weight * off[s] / (had[s] + HALF) ** 2
        spread[d] = np.sqrt(variance)
        others = n - number
        noise = _of_mean(sums[0], squares[0], number) + _of_mean(sums[1], squares[1], others)
        apart = sums[0] / max(number, 1) - sums[1] / max(others, 1)
        difference[d] = apart / np.sqrt(max(noise, 1e-12))


@njit(cache=True, nogil=True)
def _of_mean(total, squares, number):  # type: ignore[no-untyped-def]
    """The variance of the mean of so many residuals."""
    if number < 2:
        return 0.0
    return max(squares - total * total / number, 0.0) / number / (number - 1)
