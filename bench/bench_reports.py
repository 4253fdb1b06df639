"""The weekly report of the busiest ward, in a year of 400,000 requests and 20,000 matters.

Measured is what a liaison waits for: drafting (gathering the rows, telling the report from them
and keeping both, in one commit), the PDF, the Word file, the page, and telling a signed report
again. The requests are three years of 400,000 each; the ward is the one with the most matters.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from bench.figures import MILLION, Figure, Scale, measured_in_child
from bench.homes import END, environment, wardroom
from bench.office.pages import NOW, WORST

REQUESTS, MATTERS, TIMES = 1_200_000, 20_000, 5
MOST_SECONDS = {"draft": 1.0, "PDF": 3.0}


def run(scale: Scale) -> list[Figure]:
    """An office is filled, its city's requests are read and measured; then a week is drafted."""
    requests = REQUESTS * scale.rows // MILLION
    matters = max(500, MATTERS * scale.rows // MILLION)
    env = environment(_filled(scale, requests, matters))
    got = measured_in_child("bench.bench_reports:measure", environment=env)
    figures = []
    for name, one in got.value.items():
        most = MOST_SECONDS.get(name)
        fits = most is None or one["seconds"] <= most
        figures.append(
            Figure(
                name=f"weekly report of Ward {WORST}: {name}",
                rows=requests // 3,
                seconds=one["seconds"],
                cpu_seconds=one["cpu_seconds"],
                peak_mb=got.peak_mb,
                bar=f"{most:.0f} s" if most else "",
                ok=fits if most and scale.counts else None,
                note=f"{1000 * one['seconds']:.0f} ms, {one['statements']} SQL, {one['about']}",
                extra=one,
            )
        )
    return figures


def _filled(scale: Scale, requests: int, matters: int) -> Path:
    home = scale.folder / f"reports-{requests}"
    if (home / "filled").exists():
        return home
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    print(f"  making an office of {matters:,} matters", file=sys.stderr, flush=True)
    wardroom(home, "setup")
    measured_in_child(
        "bench.bench_casework:fill_office",
        environment=environment(home),
        matters=matters,
        end=END,
        seed=scale.seed,
    )
    path = home / "requests.csv"
    measured_in_child(
        "bench.bench_reports:write_requests",
        environment=environment(home),
        path=str(path),
        n=requests,
    )
    wardroom(home, "import", "requests", str(path))
    wardroom(home, "detect")
    wardroom(home, "measure")
    path.unlink()
    (home / "filled").touch()
    return home


def write_requests(*, path: str, n: int) -> None:
    """Three years of requests as a file."""
    from wardroom.demonstration.requests import write_csv

    write_csv(Path(path), n, end=date.fromisoformat(END))


def prepare() -> None:
    """Django stands before the clock starts."""
    import django

    django.setup()


def measure() -> dict[str, Any]:
    """The cost of each thing that a report needs, the median of some times."""
    from wardroom.access.actor import SYSTEM, Stamp, Window
    from wardroom.reporting.actions import draft_weekly_report
    from wardroom.reporting.models import Edition, FrozenRows
    from wardroom.reporting.queries import report_file, report_pdf, report_word, this_week
    from wardroom.reporting.rules import telling
    from wardroom.reporting.rules.packing import unpacked

    stamp = Stamp(actor=SYSTEM, at=NOW, window=Window.SHELL)
    week = this_week(NOW).name
    edition: Edition = draft_weekly_report(None, ward_code=WORST, week=week, stamp=stamp)
    kept = FrozenRows.objects.get(edition=edition)
    size = f"{len(kept.content) / 1024:.0f} KB of frozen rows"

    def draft() -> str:
        draft_weekly_report(None, ward_code=WORST, week=week, stamp=stamp)
        return size

    def told_again() -> str:
        rows, _ = unpacked(FrozenRows.objects.get(edition=edition).content)
        return f"{len(telling.told(rows, edition.method))} parts"

    return {
        "draft": _cost(draft),
        "PDF": _cost(lambda: _kilobytes(report_pdf(edition.pk, SYSTEM)[1])),
        "Word file": _cost(lambda: _kilobytes(report_word(edition.pk, SYSTEM)[1])),
        "page's data": _cost(lambda: f"{len(report_file(edition.pk, SYSTEM).items)} lines"),
        "told again from its rows": _cost(told_again),
    }


def _kilobytes(content: bytes) -> str:
    return f"{len(content) / 1024:.0f} KB"


def _cost(call: Callable[[], str]) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    about = call()
    walls, cpus = [], []
    for _ in range(TIMES):
        wall, cpu = time.perf_counter(), time.process_time()
        call()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    with CaptureQueriesContext(connection) as captured:
        call()
    return {
        "seconds": statistics.median(walls),
        "cpu_seconds": statistics.median(cpus),
        "statements": len(captured),
        "about": about,
    }
