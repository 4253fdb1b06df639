"""Weekly counts against what the season and the trend of two years lead one to expect."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wardroom.analysis.charts import Chart, sigma_of_z, what_stands_out
from wardroom.analysis.definitions import Definition

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
BASELINE_WEEKS = 104
WEEKS_A_YEAR = 365.25 / 7
FEWEST_A_WEEK = 10.0
ROUNDS = 50

DEFINITION = Definition(
    "Weekly chart",
    1,
    "Requests a week beside what the season and the trend of the first 104 weeks lead one to "
    "expect, with limits as wide as the weeks of those two years really differed.",
    "Two harmonics and a trend, fitted as Poisson counts; limits by Laney 2002",
)


@dataclass(frozen=True)
class Expectation:
    """What each week was expected to bring, shape (n,), and the relative variance of that."""

    count: Floats
    relative_variance: Floats


def weekly_chart(count: Ints, *, baseline: int = BASELINE_WEEKS) -> Chart:
    """Chart n weekly counts; the first 104 set the expectation and the limits.

    ``count`` has shape (n,) in order of time. The limits of later weeks are wider by how
    little two years tell about them. Of ordinary weeks 2 to 8 in a thousand lie beyond a limit,
    where the weeks vary up to five times as much as by chance. Raises ValueError for a baseline
    under 104 weeks, or of fewer than 10 a week: use `charts.g_chart` for what is rarer.
    """
    if baseline < BASELINE_WEEKS or len(count) < baseline:
        raise ValueError("A season is told from 104 weeks or more.")
    if float(count[:baseline].mean()) < FEWEST_A_WEEK:
        raise ValueError("Fewer than 10 a week are too few for a weekly chart.")
    expected = expectation(count, baseline=baseline)
    plain = np.sqrt(expected.count)
    value = count.astype(np.float64)
    spread = max(1.0, sigma_of_z(((value - expected.count) / plain)[:baseline]))
    sigma = spread * np.sqrt(expected.count + expected.count**2 * expected.relative_variance)
    sigma[:baseline] = spread * plain[:baseline]
    centre = expected.count
    sides = np.maximum(centre - 3 * sigma, 0.0), centre + 3 * sigma
    found = what_stands_out(value, centre, *sides, centre - 2 * sigma, centre + 2 * sigma, sigma)
    return Chart(value, centre, *sides, spread, found)


def expectation(count: Ints, *, baseline: int = BASELINE_WEEKS) -> Expectation:
    """Fit two harmonics and a trend to the first weeks, and carry them on to all n.

    A Poisson regression by iteratively reweighted least squares (McCullagh and Nelder 1989).
    """
    week = np.arange(len(count), dtype=np.float64)
    turn = 2 * np.pi * week / WEEKS_A_YEAR
    trend = (week - baseline / 2) / baseline
    waves = [f(k * turn) for k in (1, 2) for f in (np.cos, np.sin)]
    table = np.stack([np.ones(len(count)), trend, *waves], axis=1)
    fitted, y = table[:baseline], count[:baseline].astype(np.float64)
    beta = np.zeros(table.shape[1])
    beta[0] = np.log(y.mean())
    for _ in range(ROUNDS):
        eta = np.clip(fitted @ beta, -20.0, 20.0)
        mu = np.exp(eta)
        weighed = fitted * mu[:, None]
        step = np.linalg.solve(_information(fitted, weighed), fitted.T @ (y - mu))
        beta += step * min(1.0, 2.0 / max(float(np.abs(step).max()), 1e-12))
        if float(np.abs(step).max()) < 1e-10:
            break
    mu = np.exp(np.clip(fitted @ beta, -20.0, 20.0))
    known = np.linalg.inv(_information(fitted, fitted * mu[:, None]))
    relative = np.einsum("ij,jk,ik->i", table, known, table)
    return Expectation(np.exp(np.clip(table @ beta, -20.0, 20.0)), relative)


def _information(table: Floats, weighed: Floats) -> Floats:
    return table.T @ weighed + 1e-9 * np.eye(table.shape[1])
