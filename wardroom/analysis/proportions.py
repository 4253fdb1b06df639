"""A share with the interval that its number of cases allows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

LEVEL = 0.95


@dataclass(frozen=True)
class Share:
    """How many of how many, the share, and the interval it may lie in.

    ``value`` is None where there were no cases; the interval is then 0 to 1.
    """

    yes: int
    of: int
    value: float | None
    lower: float
    upper: float


def wilson_share(yes: int, of: int, *, level: float = LEVEL) -> Share:
    """A share with Wilson's interval: the right one for shares of requests.

    Raises ValueError where more are counted than there are. Source: Wilson 1927.
    """
    _check(yes, of)
    if not of:
        return Share(0, 0, None, 0.0, 1.0)
    z = float(stats.norm.ppf(0.5 + level / 2))
    p, denominator = yes / of, 1 + z * z / of
    middle = (p + z * z / (2 * of)) / denominator
    half = z * float(np.sqrt(p * (1 - p) / of + z * z / (4 * of * of))) / denominator
    lower = 0.0 if yes == 0 else max(0.0, middle - half)
    upper = 1.0 if yes == of else min(1.0, middle + half)
    return Share(yes, of, p, lower, upper)


def exact_share(yes: int, of: int, *, level: float = LEVEL) -> Share:
    """A share with the exact interval: for spot checks and other small numbers.

    None found in 20 is "at most 16.8 %", never "0 %". Source: Clopper and Pearson 1934.
    """
    _check(yes, of)
    if not of:
        return Share(0, 0, None, 0.0, 1.0)
    lower, upper = exact_interval(yes, of, level=level)
    return Share(yes, of, yes / of, lower, upper)


def exact_interval(yes: float, of: float, *, level: float = LEVEL) -> tuple[float, float]:
    """Clopper and Pearson's interval; the numbers may be effective ones and need not be whole."""
    tail = (1 - level) / 2
    lower = 0.0 if yes <= 0 else float(stats.beta.ppf(tail, yes, of - yes + 1))
    upper = 1.0 if yes >= of else float(stats.beta.ppf(1 - tail, yes + 1, of - yes))
    return lower, upper


def wilson_bounds(
    yes: NDArray[np.int64], of: NDArray[np.int64], *, level: float = LEVEL
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Wilson's interval of many shares at once, each of shape (n,); 0 to 1 where there are none."""
    z = float(stats.norm.ppf(0.5 + level / 2))
    n = np.maximum(of, 1).astype(np.float64)
    p, denominator = yes / n, 1 + z * z / n
    middle = (p + z * z / (2 * n)) / denominator
    half = z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / denominator
    lower = np.where((of == 0) | (yes == 0), 0.0, np.maximum(middle - half, 0.0))
    upper = np.where((of == 0) | (yes == of), 1.0, np.minimum(middle + half, 1.0))
    return lower, upper


def _check(yes: int, of: int) -> None:
    if not 0 <= yes <= of:
        raise ValueError(f"{yes} of {of} is no share.")
