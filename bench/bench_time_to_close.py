"""The curve of a million times to close: ours against lifelines, in one run."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from bench.figures import Figure, Scale, measured_in_child

FACTOR, NEAR = 3.0, 1e-9
CLOCKS = {"seconds": 86_400.0, "whole days": 1.0}


def run(scale: Scale) -> list[Figure]:
    """Times by the second, and by the day; three times as quick, and the same to 1e-9."""
    figures = []
    for name, a_day in CLOCKS.items():
        got = measured_in_child(
            "bench.bench_time_to_close:compare", rows=scale.rows, seed=scale.seed, a_day=a_day
        ).value
        times = got["lifelines"] / got["ours"]
        same = got["largest_gap"] < NEAR
        figures.append(
            Figure(
                name=f"time to close, in {name}",
                rows=scale.rows,
                seconds=got["wall"],
                cpu_seconds=got["ours"],
                bar=f"{FACTOR:.0f} x lifelines, equal to 1e-9",
                ok=same and times >= FACTOR if scale.counts else None,
                note=(
                    f"{times:.1f} x lifelines ({got['lifelines']:.3f} CPU s),"
                    f" largest gap {got['largest_gap']:.0e}"
                ),
                extra=got,
            )
        )
    return figures


def compare(*, rows: int, seed: int, a_day: float) -> dict[str, Any]:
    """Both curves of the same durations, a fifth of them still open; best of five and of two."""
    from lifelines import KaplanMeierFitter

    from wardroom.analysis.survival import curve

    rng = np.random.default_rng(seed)
    days = np.round(rng.lognormal(1.2, 1.6, rows) * a_day) / a_day
    closed = rng.random(rows) < 0.8
    curve(days[:9], closed[:9])
    made, wall, ours = _best(lambda: curve(days, closed), 5)
    peer, _, theirs = _best(lambda: KaplanMeierFitter().fit(days, closed), 2)
    gap = peer.survival_function_at_times(made.time).to_numpy() - made.still_open
    return {
        "ours": ours,
        "wall": wall,
        "lifelines": theirs,
        "largest_gap": float(np.abs(gap).max()),
    }


def _best(call: Callable[[], Any], rounds: int) -> tuple[Any, float, float]:
    """The answer, and the least wall and CPU seconds it took."""
    walls, cpus, made = [], [], None
    for _ in range(rounds):
        wall, cpu = time.perf_counter(), time.process_time()
        made = call()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return made, min(walls), min(cpus)
