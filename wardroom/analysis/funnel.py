"""Wards and agencies beside each other without a league table.

What each was expected to have, given its mix of kinds, is the yardstick; the limits are as
wide as its number of cases, and as the ordinary differences between all of them, allow.
Nothing here is sorted or ranked, on purpose. Source: Spiegelhalter 2005; field notes, 6.8.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from wardroom.analysis.definitions import Definition

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
INNER, OUTER = 0.95, 0.998
TRIMMED = 0.1
LEFT_BY_TRIMMING = 0.679

DEFINITION = Definition(
    "Funnel",
    1,
    "Each one's count beside what the city's rates would give for its own mix of kinds. Within "
    "the inner limits a difference is ordinary; beyond the outer ones it wants an explanation. "
    "The order says nothing.",
    "Spiegelhalter 2005: exact limits, indirect standardisation, over-dispersion",
)


class Standing(StrEnum):
    """Where one lies in the funnel, in the words of a page."""

    TOO_FEW = "too few to say"
    ORDINARY = "within the ordinary"
    UNUSUAL = "unusual: look closer"
    OUTSIDE = "outside: find out why"


@dataclass(frozen=True)
class Standard:
    """What each unit had, what its mix of kinds leads one to expect, and of how many."""

    observed: Floats
    expected: Floats
    number: Floats


@dataclass(frozen=True)
class Funnel:
    """Ratios of observed to expected with their limits, shape (units,), in the order given.

    1 is what was expected. ``inner`` and ``outer`` are (lower, upper), each of shape (units,);
    ``overdispersion`` is 1 where the units differ no more than by chance.
    """

    ratio: Floats
    inner: tuple[Floats, Floats]
    outer: tuple[Floats, Floats]
    overdispersion: float
    standing: tuple[Standing, ...]


def standardise(unit: Ints, kind: Ints, hit: Flags, *, units: int) -> Standard:
    """What each unit would have, had the city's rate held in every kind.

    ``unit`` and ``kind`` have shape (n,), numbers from 0; ``hit`` of shape (n,) is what is
    counted, such as late.
    """
    if not len(unit):
        return Standard(np.zeros(units), np.zeros(units), np.zeros(units))
    of_kind = np.maximum(np.bincount(kind), 1)
    weight = hit.astype(np.float64)
    rate: Floats = np.bincount(kind, weights=weight) / of_kind
    return Standard(
        observed=np.bincount(unit, weights=weight, minlength=units).astype(np.float64),
        expected=np.bincount(unit, weights=rate[kind], minlength=units).astype(np.float64),
        number=np.bincount(unit, minlength=units).astype(np.float64),
    )


def funnel(standard: Standard, *, of_shares: bool = True) -> Funnel:
    """Place each unit in the funnel.

    ``of_shares`` takes the counts for so many of ``number`` (binomial); otherwise they have no
    upper end (Poisson). The outermost tenth at each side does not widen the limits for the
    others.
    """
    expected = standard.expected
    usable = expected > 0
    e = np.where(usable, expected, 1.0)
    p = np.clip(e / np.maximum(standard.number, 1.0), 0.0, 1.0) if of_shares else np.zeros(len(e))
    usable &= p < 1
    spread = np.sqrt(e * np.where(p < 1, 1 - p, 1.0))
    widening = _overdispersion(((standard.observed - e) / spread)[usable])
    grow = np.sqrt(widening)
    bands = []
    for level in (INNER, OUTER):
        tail = (1 - level) / 2
        lower, upper = (
            np.array([_exact(q, e[i], standard.number[i], p[i]) for i in range(len(e))])
            for q in (tail, 1 - tail)
        )
        bands.append((np.maximum(1 + grow * (lower / e - 1), 0.0), 1 + grow * (upper / e - 1)))
    ratio = np.where(usable, standard.observed / e, 1.0)
    inner, outer = bands
    words = [_standing(bool(usable[i]), float(ratio[i]), i, inner, outer) for i in range(len(e))]
    return Funnel(ratio, inner, outer, widening, tuple(words))


def _standing(
    usable: bool, ratio: float, i: int, inner: tuple[Floats, Floats], outer: tuple[Floats, Floats]
) -> Standing:
    if not usable:
        return Standing.TOO_FEW
    if not outer[0][i] <= ratio <= outer[1][i]:
        return Standing.OUTSIDE
    ordinary = inner[0][i] <= ratio <= inner[1][i]
    return Standing.ORDINARY if ordinary else Standing.UNUSUAL


def _overdispersion(z: Floats) -> float:
    """How much more the units differ than by chance; 1 where that is not established.

    Drawing in the outer tenths leaves 0.679 of the variance of a normal law.
    """
    if len(z) < 2:
        return 1.0
    lower, upper = np.quantile(z, [TRIMMED, 1 - TRIMMED])
    phi = float((np.clip(z, lower, upper) ** 2).mean()) / LEFT_BY_TRIMMING
    return phi if phi > 1 + 2 * np.sqrt(2 / len(z)) else 1.0


def _exact(tail: float, expected: float, number: float, p: float) -> float:
    """The limit for a count, between the whole numbers as Spiegelhalter's appendix has it."""
    law = stats.binom(round(number), p) if p > 0 else stats.poisson(expected)
    at = float(law.ppf(tail))
    here, below = float(law.cdf(at)), float(law.cdf(at - 1))
    return at - (here - tail) / max(here - below, 1e-300)
