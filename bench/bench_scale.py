"""A large city beside a small one: every page that somebody can open by its address.

The small one is the demonstration with 50,000 requests. The large one is the same house with
each request a hundred times, 200,000 matters more with two million lines in the ledger, written
as rows the way the house's actions would leave them, and 200 people in the office. The same
pages, of the same things, are opened in both, by the director and by a liaison. Then the large
one lives through a month of what the worker does by the clock.
"""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.bench_open311 import SMALL, TIMES, grown
from bench.figures import MILLION, Figure, Scale, measured_in_child
from bench.homes import END, environment, full_home
from bench.office.month import DAYS, WEEK

MATTERS, STAFF, MOST_RATIO = 200_000, 200, 2.0
KEPT = "what-is-in-it.json"
LEAST_MS = 1.0  # below this a ratio says nothing
# CPU seconds of a routine that comes all day long, and of the longest one at night.
ALL_DAY_SECONDS, NIGHT_SECONDS = 2.0, 1800.0


def run(scale: Scale) -> list[Figure]:
    """Both cities, each page in both, and one line for every page."""
    home = full_home(replace(scale, rows=SMALL))
    large, what = _large_city(scale, home)
    few = measured_in_child("bench.office.sweep:sweep", environment=environment(home)).value
    many = measured_in_child("bench.office.sweep:sweep", environment=environment(large)).value
    held = Figure(
        name="a large city: requests, matters, lines, people",
        rows=what["requests"],
        seconds=what["seconds"],
        note="{requests:,}, {matters:,}, {entries:,}, {staff:,}".format(**what),
    )
    shown = [
        _figure(name, few[name], one, scale, what["requests"]) for name, one in sorted(many.items())
    ]
    return [held, *shown, *_month(scale, large, what["requests"])]


def _month(scale: Scale, large: Path, rows: int) -> list[Figure]:
    """What the worker does by the clock, four weeks of it, in the large city.

    A quick look plays one week. A day of the smallest size takes about 20 s CPU.
    """
    (large / KEPT).unlink()
    days = DAYS if scale.counts else WEEK
    print(f"  {days} days of what runs by the clock", file=sys.stderr, flush=True)
    try:
        got = measured_in_child(
            "bench.office.month:replay", environment=environment(large), end=END, days=days
        )
    except RuntimeError as broken:  # what was measured before stays
        name = f"a month in a large city was not played: {broken}"
        return [Figure(name=name, rows=rows, seconds=0, ok=False)]
    found = []
    for name, one in got.value["routines"].items():
        most = ALL_DAY_SECONDS if one["all_day"] else NIGHT_SECONDS
        found.append(
            Figure(
                name=f"a month in a large city: {name}",
                rows=rows,
                seconds=one["most_s"],
                cpu_seconds=one["whole_s"],
                bar=f"{most:.0f} s CPU each",
                ok=one["most_s"] <= most if scale.counts else None,
                note=f"{one['times']} times, {one['median_s']:.2f} s CPU in the middle, "
                f"{one['most_s']:.2f} at most",
                extra=one,
            )
        )
    wrong = got.value["wrong"]
    for line in wrong:
        print(f"  wrong: {line}", file=sys.stderr, flush=True)
    whole = Figure(
        name="a month in a large city: all of it",
        rows=rows,
        seconds=got.seconds,
        cpu_seconds=got.cpu_seconds,
        peak_mb=got.peak_mb,
        bar="nothing goes wrong",
        ok=not wrong if scale.counts else None,
        note=f"{len(wrong)} errors",
    )
    return [*found, whole]


def _figure(
    name: str, small: dict[str, Any], large: dict[str, Any], scale: Scale, rows: int
) -> Figure:
    ratio = large["cpu_ms"] / max(small["cpu_ms"], LEAST_MS)
    budget = large["budget"]
    fits = ratio <= MOST_RATIO and (budget is None or large["statements"] <= budget)
    return Figure(
        name=f"large city: {name}",
        rows=rows,
        seconds=large["wall_ms"] / 1000,
        cpu_seconds=large["cpu_ms"] / 1000,
        bar=f"x{MOST_RATIO:.0f}" + (f", {budget} SQL" if budget is not None else ""),
        ok=fits if scale.counts else None,
        note=f"{large['cpu_ms']:.1f} ms against {small['cpu_ms']:.1f}: x{ratio:.2f}, "
        f"SQL {large['statements']} against {small['statements']}",
        extra={"small": small, "large": large},
    )


def _large_city(scale: Scale, home: Path) -> tuple[Path, dict[str, Any]]:
    """The small house grown; how long that took, and what is in it.

    One that was left for next time (`--keep`) is used again until it lived through its month.
    """
    times = max(2, TIMES * scale.rows // MILLION)
    into = scale.folder / f"city-{times}"
    kept = into / KEPT
    if kept.exists():
        return into, json.loads(kept.read_text())
    base = grown(home, scale.folder / f"home-{SMALL}-times-{times}", times)
    shutil.rmtree(into, ignore_errors=True)
    shutil.copytree(base, into)
    got = measured_in_child(
        "bench.office.sweep:grow",
        environment=environment(into),
        matters=max(1000, MATTERS * scale.rows // MILLION),
        staff=STAFF,
        end=END,
        seed=scale.seed,
    )
    what = {**got.value, "seconds": got.seconds}
    kept.write_text(json.dumps(what))
    return into, what
