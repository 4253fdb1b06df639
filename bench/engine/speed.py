"""What the engine costs: CPU seconds, each part in a process of its own, with everything compiled.

The clock starts after the reports are loaded and the compiled code has been read: on a tiny
city first. Peak memory is of the whole process, reports included.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from bench import bench_point_in_polygon, bench_time_to_close
from bench.engine import peers
from bench.engine.city import City, Sites, build
from bench.engine.judged_city import JudgedCity
from bench.engine.report import Bar
from bench.figures import SHARED, Scale, measured_in_child, peak_mb
from wardroom.analysis.folding import Reports
from wardroom.analysis.live_ranking import LiveRanking
from wardroom.analysis.ordinary_places import Calibration
from wardroom.analysis.persistent_places import rank
from wardroom.analysis.ready import make_ready

MILLION, TEN = 1_000_000, 10_000_000
SEED, NEW_REPORTS = 404, 2_000
GRAINS = ({"cell_m": 25.0, "reach_m": 70.0}, {"cell_m": 76.0, "reach_m": 110.0})
COLUMNS = ("x", "y", "kind", "opened", "closed")


def bars(folder: Path) -> list[Bar]:
    """Every bar of speed and memory."""
    make_ready()
    for rows in (MILLION, TEN):
        measured_in_child("bench.engine.speed:keep", path=str(_path(folder, rows)), rows=rows)
    million = measured_in_child("bench.engine.speed:engine", path=str(_path(folder, MILLION))).value
    ten = measured_in_child("bench.engine.speed:engine", path=str(_path(folder, TEN))).value
    esda = [
        measured_in_child("bench.engine.speed:permuted", path=str(_path(folder, MILLION)), **grain)  # type: ignore[arg-type]
        for grain in GRAINS
    ]
    live = measured_in_child("bench.engine.speed:live", path=str(_path(folder, MILLION))).value
    return [
        Bar.most("fold and rank 1,000,000", million["again"], 1.0, " CPU s"),
        *(
            _against(peer.value, million["again"], grain)
            for peer, grain in zip(esda, GRAINS, strict=True)
        ),
        Bar.most("fold and rank 10,000,000", ten["again"], 5.0, " CPU s"),
        Bar.most("calibration beside it, 10,000,000", ten["calibration"], 5.0, " CPU s"),
        Bar.most("peak memory, 10,000,000", ten["peak_mb"] / 1024, 1.4, " GB"),
        Bar.most("one new report to new ranks, mean", live["mean"], 1.0, " ms"),
        Bar.most("one new report to new ranks, 99 of 100", live["most"], 1.0, " ms"),
        *_point_in_polygon(folder),
        *_time_to_close(folder),
    ]


def prepare() -> None:
    """Nothing is compiled while the clock runs."""
    make_ready()


def keep(*, path: str, rows: int) -> None:
    """Make a city and leave its columns in a file."""
    city = build(rows, SEED)
    columns = {name: getattr(city.reports, name) for name in COLUMNS}
    np.savez(path, agency=city.agency, routine=city.routine, start=city.start, **columns)


def engine(*, path: str) -> dict[str, float]:
    """The first run with its calibration; then a run with that of the night before."""
    _warm()
    judged = _loaded(path)
    kept, calibration = _calibrated(judged)
    _, again = _cpu(lambda: rank(judged.looked_at(), calibration=kept))
    return {"again": again, "calibration": calibration, "peak_mb": peak_mb()}


def _calibrated(judged: JudgedCity) -> tuple[Calibration, float]:
    seen = judged.looked_at()
    ranking, first = _cpu(lambda: rank(seen))
    kept: Calibration = ranking.calibration
    return kept, first - _cpu(lambda: rank(seen, calibration=kept))[1]


def permuted(*, path: str, cell_m: float, reach_m: float) -> float:
    """CPU seconds of esda's G_Local on the same reports; what it compiles is not counted."""
    grain = {"cell_m": cell_m, "reach_m": reach_m}
    peers.permuted_g(_warm(), **grain)
    judged = _loaded(path)
    reports = judged.made.reports
    points = peers.Points(reports.x, reports.y, reports.kind.astype(np.int64))
    return _cpu(lambda: peers.permuted_g(points, **grain))[1]


def live(*, path: str) -> dict[str, float]:
    """Milliseconds of CPU from a report to new ranks: the mean and what 99 of 100 stay under."""
    judged = _loaded(path)
    seen = judged.looked_at()
    ranks = LiveRanking(seen, rank(seen))
    rng = np.random.default_rng(SEED)
    reports = judged.made.reports
    took = []
    for n, at in enumerate(rng.integers(0, len(reports), NEW_REPORTS).tolist()):
        x, y, kind = float(reports.x[at]), float(reports.y[at]), int(reports.kind[at])
        new = {"x": x, "y": y, "kind": kind, "opened": seen.as_of + n, "month": 35}
        took.append(_cpu(lambda new=new: ranks.add(**new))[1] * 1_000)  # type: ignore[misc]
    return {"mean": float(np.mean(took)), "most": float(np.quantile(took, 0.99))}


def _against(theirs: float, ours: float, grain: dict[str, float]) -> Bar:
    """esda on cells as fine as ours has to meet the bar; coarser ones are shown beside it."""
    name = f"esda's G_Local, 999 permutations, cells of {grain['cell_m']:.0f} m, to the same"
    if grain is GRAINS[0]:
        return Bar.least(name, theirs / ours, 50, " x")
    return Bar(name, f"{theirs / ours:.0f} x", "", None)


def _cpu(call: Callable[[], Any]) -> tuple[Any, float]:
    started = time.process_time()
    made = call()
    return made, time.process_time() - started


def _warm() -> peers.Points:
    judged = JudgedCity.build(20_000, 1)
    seen = judged.looked_at()
    rank(seen, calibration=rank(seen).calibration)
    return judged.trouble(seen, months=36, folded=False)


def _path(folder: Path, rows: int) -> Path:
    return folder / f"city-{rows}.npz"


def _loaded(path: str) -> JudgedCity:
    with np.load(path) as kept:
        reports = Reports(*(kept[name] for name in COLUMNS))
        none = np.empty(0)
        nowhere = Sites(none, none, none, none, none, np.empty((0, 4), dtype=np.int64))
        return JudgedCity(
            City(reports, nowhere, kept["agency"], kept["routine"], int(kept["start"]))
        )


def _point_in_polygon(folder: Path) -> list[Bar]:
    name = "point in polygon against geopandas"
    if not (SHARED / "boundaries").is_dir():
        return [Bar.absent(name, "the boundaries are not on this machine")]
    found = []
    for figure in bench_point_in_polygon.run(Scale(MILLION, folder)):
        ours, theirs = figure.extra["ours"], figure.extra["geopandas"]
        wrong, times = figure.extra["mismatches"], theirs["cpu"] / ours["cpu"]
        found.append(
            Bar(
                f"{figure.name} against geopandas", f"{times:.0f} x CPU, {wrong} wrong",
                "at least 20 x, 0 wrong", times >= 20 and wrong == 0,
            )
        )  # fmt: skip
    return found


def _time_to_close(folder: Path) -> list[Bar]:
    return [
        Bar(f"{f.name}, Kaplan-Meier", f.note, f.bar, f.ok)
        for f in bench_time_to_close.run(Scale(MILLION, folder))
    ]
