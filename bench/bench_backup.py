"""A backup of a house with 100,000 requests, its trial, and the same brought back elsewhere."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.figures import Figure, Scale, measured_in_child
from bench.homes import END, environment, full_home, wardroom

ROWS = 100_000
MAKES, RESTORES = 10.0, 60.0


def run(scale: Scale) -> list[Figure]:
    """SQLite first, then PostgreSQL, each in a house of its own."""
    from tests.postgres import NoServer, server, waiting_for_disk
    from tests.upkeep.places import programs

    small = replace(scale, rows=min(scale.rows, ROWS))
    home = full_home(small)
    figures = _figures(small, home, environment(home), "SQLite", "")
    try:
        with server() as address, waiting_for_disk(address):
            home = small.folder / f"home-{small.rows}-postgresql"
            home.mkdir(parents=True, exist_ok=True)
            given = {"DATABASE_URL": address, "WARDROOM_PG_PROGRAMS": programs()}
            wardroom(home, "setup", given=given)
            words = ("--requests", str(small.rows), "--seed", str(small.seed), "--end", END)
            wardroom(home, "demo", *words, given=given)
            env = {**environment(home), **given}
            figures += _figures(small, home, env, "PostgreSQL", address)
    except NoServer as no:
        figures.append(Figure(name=f"PostgreSQL was not measured: {no}", rows=0, seconds=0))
    return figures


def _figures(
    scale: Scale, home: Path, env: Mapping[str, str], database: str, address: str
) -> list[Figure]:
    folder = home / "measured"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    figures = []
    for name, target, most in (
        ("backup", "make", MAKES),
        ("restore elsewhere", "bring_back", RESTORES),
    ):
        given = {"folder": str(folder), "address": address}
        got = measured_in_child(f"bench.bench_backup:{target}", environment=env, **given)
        fits = got.seconds <= most and not got.value["found"]
        figures.append(
            Figure(
                name=f"{name}, {database}",
                rows=scale.rows,
                seconds=got.seconds,
                cpu_seconds=got.cpu_seconds,
                peak_mb=got.peak_mb,
                bar=f"{most:.0f} s, whole",
                ok=fits if scale.rows == ROWS else None,
                note=got.value["note"],
                extra=got.value,
            )
        )
    return figures


def prepare() -> None:
    """Django stands before the clock starts."""
    import django

    django.setup()


def make(*, folder: str, address: str) -> dict[str, Any]:
    """The backup, as the command makes it and reads it back."""
    from wardroom.jobs.backups import make_backup

    made = make_backup(Path(folder) / "measured.tar")
    return {"found": [], "note": f"{made.size / 1e6:.0f} MB, {made.manifest.files:,} files"}


def bring_back(*, folder: str, address: str) -> dict[str, Any]:
    """The restoration into an empty place, looked through to its last file and line."""
    from wardroom.upkeep.gateways import postgres, restore

    source, into = Path(folder) / "measured.tar", Path(folder) / "restored"
    if not address:
        back = restore(source, into)
    else:
        beside = postgres.address_in(address)
        with postgres.passing_database(beside, "measured_restoration") as empty:
            back = restore(source, into, database=postgres.url_of(empty))
    return {"found": list(back.found), "note": f"{back.manifest.lines:,} lines of the ledger"}
