"""The casework pages in an office of 100,000 matters and a million ledger entries.

Measured is the CPU of a whole request, through all of Django as a server calls it: signed in
by session, roles looked up, page drawn; everything warm; a liaison of the busiest ward and the
director. On PostgreSQL the backend's own CPU is added. Statements are counted twice: those of
the page's data alone, which the bars are about, and those of the whole request with session,
user, roles and frame. Each is measured at a tenth of the size too, for the ratio.

Creating a matter is `open_matter`: the matter, its row of the worklist, its search entry, its
line of the ledger with the chain. A complaint through the intake page does that and more: it
finds the ward, the owner, the first working day and whose ground it is, and writes the issue,
the complaint, a second line and what is due to follow; its statements have no bar of their own.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from bench.figures import MILLION, Figure, Measured, Scale, measured_in_child
from bench.homes import END, environment, wardroom

MATTERS = 100_000
CPU_MS = {"worklist": 30.0, "search": 30.0, "matter": 30.0, "create": 25.0, "complaint": 25.0}
STATEMENTS = {"worklist": 8, "search": 8, "matter": 15, "create": 15}
RATIO = 1.5
KEPT = "what-is-in-it.json"  # beside an office that is left for next time
PEERS = (
    "Peers at 100,000, CPU ms a request for list / search / page / create: django-helpdesk "
    "626 / 1866 / 47 / 23, Signalen 462 / none / 63 / 117, FixMyStreet 321 / 283 / 67 / slow."
)


def run(scale: Scale) -> list[Figure]:
    """Both sizes are filled on SQLite and copied to PostgreSQL; then each page is opened."""
    from tests.postgres import NoServer, server

    large = max(1000, MATTERS * scale.rows // MILLION)
    sizes = (large // 10, large)
    figures: list[Figure] = []
    made = {size: filled(scale, size, figures) for size in sizes}
    figures += _compared("SQLite", scale, made, {})
    try:
        with server() as address:
            copies = {size: copied(address, size, made[size][0], figures) for size in sizes}
            figures += _compared("PostgreSQL", scale, made, copies)
    except NoServer as no:
        figures.append(Figure(name=f"PostgreSQL was not measured: {no}", rows=0, seconds=0))
    print(PEERS, file=sys.stderr, flush=True)
    return figures


def filled(scale: Scale, size: int, figures: list[Figure]) -> tuple[Path, dict[str, Any]]:
    """An office of this size on SQLite, made once in a run; its folder and what it holds."""
    home, value, figure = _made(scale, size)
    if figure not in figures:
        figures.append(figure)
    return home, value


@cache
def _made(scale: Scale, size: int) -> tuple[Path, dict[str, Any], Figure]:
    home = scale.folder / f"office-{size}"
    kept = home / KEPT
    if not kept.exists():
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        wardroom(home, "setup")
        got = measured_in_child(
            "bench.bench_casework:fill_office",
            environment=environment(home),
            matters=size,
            end=END,
            seed=scale.seed,
        )
        kept.write_text(json.dumps(asdict(got)))
    got = Measured(**json.loads(kept.read_text()))
    figure = Figure(
        name=f"an office of {size:,} matters is filled",
        rows=got.value["entries"],
        seconds=got.seconds,
        cpu_seconds=got.cpu_seconds,
        peak_mb=got.peak_mb,
        note="{entries:,} ledger entries".format(**got.value),
    )
    return home, got.value, figure


def copied(address: str, size: int, home: Path, figures: list[Figure]) -> str:
    """The same office in a database of its own on this server; gives its address."""
    from bench.office.postgres import make_database

    its_own = make_database(address, f"office_{size}")
    wardroom(home, "setup", given={"DATABASE_URL": its_own})
    got = measured_in_child(
        "bench.bench_casework:copy_to",
        environment={**environment(home), "DATABASE_URL": its_own},
        source=str(home / "wardroom.sqlite3"),
        address=its_own,
    )
    name = f"an office of {size:,} matters is copied to PostgreSQL"
    figures.append(Figure(name=name, rows=size, seconds=got.seconds))
    return its_own


def _compared(
    database: str,
    scale: Scale,
    offices: Mapping[int, tuple[Path, dict[str, Any]]],
    addresses: Mapping[int, str],
) -> list[Figure]:
    found: dict[int, Any] = {}
    for size, (home, made) in offices.items():
        env = {**environment(home), **({"DATABASE_URL": addresses[size]} if addresses else {})}
        got = measured_in_child("bench.office.pages:measure", environment=env, made=made)
        found[size] = got.value
    small, large = (found[size] for size in sorted(found))
    return [
        _figure(f"{database}: {name}", scale, sorted(found)[1], one, small[name])
        for name, one in large.items()
    ]


def _figure(
    name: str, scale: Scale, size: int, one: dict[str, Any], small: dict[str, Any]
) -> Figure:
    kind = one["kind"]
    ratio = one["cpu_ms"] / small["cpu_ms"]
    fits = True
    bar = ""
    if kind:
        most = STATEMENTS.get(kind)
        bar = f"{CPU_MS[kind]:.0f} ms, x{RATIO}" + (f", {most} SQL" if most else "")
        fits = (
            one["cpu_ms"] <= CPU_MS[kind]
            and (most is None or one["data"] <= most)
            and one["data_100"] in (0, one["data"])
            and ratio <= RATIO
        )
    server = f" ({one['server_ms']:.1f} in the server)" if one["server_ms"] else ""
    rows = f", {one['data_100']} for 100 rows" if one["data_100"] else ""
    note = (
        f"{one['cpu_ms']:.1f} ms{server}, x{ratio:.2f}, SQL {one['data']} data{rows}, "
        f"{one['whole']} whole"
    )
    note += f" and {one['control']} to begin and end" if one["control"] else ""
    return Figure(
        name=name,
        rows=size,
        seconds=one["wall_ms"] / 1000,
        cpu_seconds=one["cpu_ms"] / 1000,
        bar=bar,
        ok=fits if kind and scale.counts else None,
        note=note,
        extra={**one, "ratio": ratio},
    )


def prepare() -> None:
    """Django stands before the clock starts."""
    import django

    django.setup()


def fill_office(*, matters: int, end: str, seed: int) -> dict[str, Any]:
    """Fill the database of the settings."""
    from bench.office.city import fill

    return fill(matters=matters, end=end, seed=seed)


def copy_to(*, source: str, address: str) -> None:
    """Copy the rows of an SQLite file to PostgreSQL."""
    from bench.office.postgres import copy_office

    copy_office(Path(source), address)
