"""Ranking every place of a city with a million requests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.figures import Figure, Scale, measured_in_child
from bench.homes import environment, full_home

CPU_SECONDS, PEAK_MB = 5.0, 500.0
DAY = 86_400


def run(scale: Scale) -> list[Figure]:
    """The snapshot apart; then the whole action from the snapshot, and the ranking alone."""
    home = full_home(scale)
    env = environment(home)
    for old in (home / "snapshots").glob("requests-*.parquet"):
        old.unlink()
    build = measured_in_child("bench.bench_detection:snapshot", environment=env)
    whole = measured_in_child("bench.bench_detection:detect", environment=env)
    fits = whole.cpu_seconds <= CPU_SECONDS and whole.peak_mb <= PEAK_MB
    return [
        Figure(
            name="snapshot from the database",
            rows=build.value["rows"],
            seconds=build.seconds,
            cpu_seconds=build.cpu_seconds,
            peak_mb=build.peak_mb,
            bar=f"{PEAK_MB:.0f} MB",
            ok=build.peak_mb <= PEAK_MB if scale.counts else None,
            note=f"{build.value['bytes'] / 1e6:.0f} MB of Parquet",
        ),
        Figure(
            name="detection from the snapshot",
            rows=scale.rows,
            seconds=whole.seconds,
            cpu_seconds=whole.cpu_seconds,
            peak_mb=whole.peak_mb,
            bar=f"{CPU_SECONDS:.0f} CPU s, {PEAK_MB:.0f} MB",
            ok=fits if scale.counts else None,
            note=(
                f"{whole.value['candidates']:,} candidates of {whole.value['places']:,} places,"
                f" {whole.value['episodes']:,} episodes"
            ),
            extra=whole.value,
        ),
    ]


def prepare() -> None:
    """Django stands before the clock starts."""
    import django

    django.setup()


def snapshot() -> dict[str, Any]:
    """Write the copy of the columns."""
    from wardroom.service_requests.gateways.snapshot import current_snapshot

    path: Path = current_snapshot().whole
    import duckdb

    with duckdb.connect() as db:
        rows = db.execute("SELECT count(*) FROM read_parquet(?)", [str(path)]).fetchall()[0][0]
    return {"rows": rows, "bytes": path.stat().st_size}


def detect() -> dict[str, Any]:
    """The whole action: read the copy, rank, note the places, keep the candidates."""
    from wardroom.jobs.stamps import shell_stamp
    from wardroom.problems.gateways import detect

    detection = detect(stamp=shell_stamp())
    return {
        "candidates": detection.candidates.count(),
        "places": detection.places,
        "episodes": detection.episodes,
        "requests": detection.requests,
    }
