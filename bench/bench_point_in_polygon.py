"""Which ward, ANC and SMD are a million points in: our grid against geopandas, in one run."""

from __future__ import annotations

import gzip
import json
import time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.figures import SHARED, Figure, Scale, measured_in_child

FILES = {"wards": "wards_2022", "ANCs": "ancs_2023", "SMDs": "smds_2023"}
FACTOR = 10.0
BOX = (-77.12, 38.79, -76.909, 38.996)


def run(scale: Scale) -> list[Figure]:
    """Three layers; the bar is ten times geopandas' sjoin by wall clock, and no mismatch."""
    figures = []
    for name, file in FILES.items():
        got = measured_in_child(
            "bench.bench_point_in_polygon:compare", file=file, rows=scale.rows, seed=scale.seed
        )
        ours, theirs = got.value["ours"], got.value["geopandas"]
        times = theirs["seconds"] / ours["seconds"]
        exact = got.value["mismatches"] == 0
        figures.append(
            Figure(
                name=f"point in polygon, {got.value['districts']} {name}",
                rows=scale.rows,
                seconds=ours["seconds"],
                cpu_seconds=ours["cpu"],
                peak_mb=ours["peak_mb"],
                bar=f"{FACTOR:.0f} x geopandas, exact",
                ok=exact and times >= FACTOR if scale.counts else None,
                note=(
                    f"{times:.0f} x geopandas ({theirs['seconds']:.2f} s),"
                    f" {got.value['mismatches']} mismatches, build {ours['build']:.2f} s"
                ),
                extra=got.value,
            )
        )
    return figures


def compare(*, file: str, rows: int, seed: int) -> dict[str, Any]:
    """Both answers for the same points, and what each cost; best of three."""
    from shapely.geometry import shape

    from bench.figures import peak_mb
    from wardroom.analysis.point_in_polygon import DistrictIndex

    with gzip.open(SHARED / "boundaries" / f"{file}.geojson.gz", "rt") as opened:
        shapes = [shape(f["geometry"]) for f in json.load(opened)["features"]]
    rng = np.random.default_rng(seed)
    lon, lat = rng.uniform(BOX[0], BOX[2], rows), rng.uniform(BOX[1], BOX[3], rows)
    few = slice(0, 1000)
    DistrictIndex.build(shapes[:1]).locate(lon[few], lat[few])
    index = DistrictIndex.build(shapes)
    started = time.perf_counter()
    index.locate(lon[few], lat[few])
    build = time.perf_counter() - started
    best = min((_timed(index, lon, lat) for _ in range(3)), key=lambda t: t["seconds"])
    ours = {**best, "build": build, "peak_mb": peak_mb()}
    found = index.locate(lon, lat)
    theirs, expected = _by_geopandas(shapes, lon, lat)
    return {
        "districts": len(shapes),
        "ours": ours,
        "geopandas": theirs,
        "mismatches": int((found != expected).sum()),
        "inside": int((found >= 0).sum()),
    }


def _timed(index: Any, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> dict[str, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    index.locate(lon, lat)
    return {"seconds": time.perf_counter() - wall, "cpu": time.process_time() - cpu}


def _by_geopandas(
    shapes: list[Any], lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> tuple[dict[str, float], NDArray[np.int64]]:
    import geopandas

    points = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(lon, lat), crs=4326)
    areas = geopandas.GeoDataFrame({"number": range(len(shapes))}, geometry=shapes, crs=4326)
    best: dict[str, float] = {}
    for _ in range(2):
        wall, cpu = time.perf_counter(), time.process_time()
        joined = geopandas.sjoin(points, areas, how="inner", predicate="within")
        cost = {"seconds": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
        best = min(best or cost, cost, key=lambda t: t["seconds"])
    expected = np.full(len(lon), -1, dtype=np.int64)
    at = joined.index.to_numpy()[::-1]
    expected[at] = joined["number"].to_numpy()[::-1]
    return best, expected
