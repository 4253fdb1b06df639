"""Reading a million requests from a file, with wards, ANCs and SMDs; then the same file again."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bench.figures import Figure, Scale, measured_in_child
from bench.homes import END, environment, wardroom

FIRST, AGAIN, PEAK_MB = 25_000.0, 100_000.0, 500.0


def run(scale: Scale) -> list[Figure]:
    """The file is made first; then SQLite, then PostgreSQL, each in a house of its own."""
    from tests.postgres import NoServer, server

    folder = scale.folder / "import"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    path = folder / "requests.csv"
    made = measured_in_child(
        "bench.bench_import:generate",
        environment=environment(folder),
        path=str(path),
        rows=scale.rows,
        seed=scale.seed,
    )
    figures = [
        Figure(
            name="generator writes the file",
            rows=scale.rows,
            seconds=made.seconds,
            cpu_seconds=made.cpu_seconds,
            peak_mb=made.peak_mb,
            note=f"{path.stat().st_size / 1e6:.0f} MB of CSV",
        ),
        *_both(scale, path, "SQLite", folder / "sqlite", {}),
    ]
    try:
        with server() as address:
            given = {"DATABASE_URL": address}
            figures += _both(scale, path, "PostgreSQL", folder / "postgresql", given)
    except NoServer as no:
        figures.append(Figure(name=f"PostgreSQL was not measured: {no}", rows=0, seconds=0))
    return figures


def _both(
    scale: Scale, path: Path, database: str, home: Path, given: Mapping[str, str]
) -> list[Figure]:
    home.mkdir(parents=True)
    env = {**environment(home), **given}
    wardroom(home, "setup", given=given)
    measured_in_child("bench.bench_import:settle", environment=env)
    figures = []
    for name, least in ((f"import, {database}", FIRST), (f"the same again, {database}", AGAIN)):
        got = measured_in_child("bench.bench_import:take", environment=env, path=str(path))
        fits = scale.rows / got.seconds >= least and got.peak_mb <= PEAK_MB
        figures.append(
            Figure(
                name=name,
                rows=scale.rows,
                seconds=got.seconds,
                cpu_seconds=got.cpu_seconds,
                peak_mb=got.peak_mb,
                bar=f"{least:,.0f} rows/s, {PEAK_MB:.0f} MB",
                ok=fits if scale.counts else None,
                note="{new:,} new, {same:,} same, {rejected:,} rejected".format(**got.value),
                extra=got.value,
            )
        )
    return figures


def prepare() -> None:
    """Django stands before the clock starts."""
    import django

    django.setup()


def generate(*, path: str, rows: int, seed: int) -> None:
    """Write the requests of the demonstration district."""
    from wardroom.demonstration.requests import write_csv

    write_csv(Path(path), rows, seed=seed, end=date.fromisoformat(END))


def settle() -> None:
    """Boundaries, agencies and services, as a house has them before its first file."""
    from wardroom.demonstration.loader import Plan, load_district

    load_district(Plan(requests=0, seed=0, end=date.fromisoformat(END)), say=lambda _: None)


def take(*, path: str) -> dict[str, Any]:
    """The whole import, as the command does it."""
    from wardroom.jobs.stamps import shell_stamp
    from wardroom.service_requests.gateways.importing import import_file

    summary = import_file(
        Path(path), layout_word="plain-full", feed_code="bench", stamp=shell_stamp()
    )
    return {
        "read": summary.read,
        "new": summary.new,
        "changed": summary.changed,
        "same": summary.same,
        "rejected": summary.rejected,
    }
