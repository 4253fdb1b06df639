"""The site as it is served, beside the systems that offices use today.

An office of 100,000 matters, and one of a tenth; on each database two web processes with four
threads each. The figures of the others were measured on a machine of two cores, in the same
manner and at the same sizes; compare CPU and multiples of an empty page, not milliseconds.
"""

from __future__ import annotations

import sys
from typing import Any

from bench.bench_casework import MATTERS, copied, filled
from bench.figures import MILLION, Figure, Scale, measured_in_child
from bench.homes import environment

CPU_MS = {"list": 30.0, "search": 30.0, "page": 30.0, "create": 25.0}
MEMORY_MB = 200.0
# CPU ms a request and the multiple of an empty page at 100,000 records; memory of the web in MB.
PEERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("django-helpdesk 2.6.1, PostgreSQL", ("626 x1026", "1866 x3059", "47 x77", "23 x37", "141")),
    ("django-helpdesk 2.6.1, SQLite", ("645 x1372", "1168 x2485", "57 x122", "26 x56", "154")),
    ("Signalen 2.50.12", ("462 x1185", "none", "63 x161", "117 x300", "372")),
    ("6aika issue-reporting", ("68 x147", "none", "26 x56", "49 x107", "151")),
    ("FixMyStreet 84d7c80", ("321 x479", "283 x423", "67 x100", "not told", "603")),
)


def run(scale: Scale) -> list[Figure]:
    """Both sizes on both databases; prints the table beside the peers."""
    from tests.postgres import NoServer, server, waiting_for_disk

    large = max(1000, MATTERS * scale.rows // MILLION)
    figures: list[Figure] = []
    made = {size: filled(scale, size, figures) for size in (large // 10, large)}
    rows = []
    for size, (home, what) in made.items():
        got = _measured(home, what)
        rows.append((f"Wardroom, SQLite, {size:,}", got))
        figures += _figures("SQLite", size, got, scale)
    try:
        with server() as address, waiting_for_disk(address):
            for size, (home, what) in made.items():
                its_own = copied(address, size, home, figures)
                got = _measured(home, what, {"DATABASE_URL": its_own})
                rows.append((f"Wardroom, PostgreSQL, {size:,}", got))
                figures += _figures("PostgreSQL", size, got, scale)
    except NoServer as no:
        figures.append(Figure(name=f"PostgreSQL was not measured: {no}", rows=0, seconds=0))
    print(beside(rows), file=sys.stderr, flush=True)
    return figures


def _measured(home: Any, made: dict[str, Any], given: dict[str, str] | None = None) -> Any:
    env = {**environment(home), **(given or {})}
    return measured_in_child("bench.office.served:measure", environment=env, made=made).value


def _figures(database: str, size: int, got: dict[str, Any], scale: Scale) -> list[Figure]:
    """One for each page and one for the memory; the bars are for the large office."""
    counts = scale.counts and size >= MATTERS
    found = []
    for name, one in got["pages"].items():
        note = (
            f"{one['cpu_ms']:.1f} ms CPU, x{one['cpu_ms'] / got['empty']:.0f} of an empty page; "
            f"{one['p50_ms']:.0f}/{one['p95_ms']:.0f} ms, {one['a_second']:.1f}/s; eight at once "
            f"{one['crowd_p50_ms']:.0f}/{one['crowd_p95_ms']:.0f} ms, {one['crowd_a_second']:.1f}/s"
        )
        found.append(
            Figure(
                name=f"{database} served: {name}",
                rows=size,
                seconds=one["p50_ms"] / 1000,
                cpu_seconds=one["cpu_ms"] / 1000,
                bar=f"{CPU_MS[name]:.0f} ms",
                ok=one["cpu_ms"] <= CPU_MS[name] if counts else None,
                note=note,
                extra={**one, "empty_ms": got["empty"]},
            )
        )
    memory = got["memory"]
    name = f"{database} served: memory of two web processes"
    ok = memory <= MEMORY_MB if counts else None
    bar = f"{MEMORY_MB:.0f} MB"
    return [
        *found,
        Figure(name=name, rows=size, seconds=0, bar=bar, ok=ok, note=f"{memory:.0f} MB PSS"),
    ]


def beside(rows: list[tuple[str, dict[str, Any]]]) -> str:
    """The table of ours and of the peers: CPU ms a request, multiple of an empty page, MB."""
    lines = [("CPU ms, x of an empty page", *CPU_MS, "web MB")]
    for name, got in rows:
        cells = (
            f"{one['cpu_ms']:.1f} x{one['cpu_ms'] / got['empty']:.0f}"
            for one in got["pages"].values()
        )
        lines.append((name, *cells, f"{got['memory']:.0f}"))
    lines += [(f"{name}, 100,000", *cells) for name, cells in PEERS]
    widths = [max(len(line[n]) for line in lines) for n in range(len(lines[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
