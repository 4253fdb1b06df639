"""The first page of the candidate list and of the map, in a city of a million requests."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from bench.figures import Figure, Scale, measured_in_child
from bench.homes import environment, full_home

CPU_MS, STATEMENTS = 40.0, 10
TIMES = 20
DIRECTOR = "director@wardroom.example"


def run(scale: Scale) -> list[Figure]:
    """The data of the list and of the map, and whole pages through a signed-in browser."""
    env = environment(full_home(scale))
    got = measured_in_child("bench.bench_candidate_pages:measure", environment=env)
    figures = []
    for name, one in got.value.items():
        fits = one["cpu_ms"] <= CPU_MS and one["statements"] <= STATEMENTS
        has_bar = one["has_bar"]
        figures.append(
            Figure(
                name=name,
                rows=one["rows"],
                seconds=one["wall_ms"] / 1000,
                cpu_seconds=one["cpu_ms"] / 1000,
                peak_mb=got.peak_mb,
                bar=f"{CPU_MS:.0f} ms CPU, {STATEMENTS} SQL" if has_bar else "",
                ok=fits if has_bar and scale.counts else None,
                note=f"{one['cpu_ms']:.1f} ms CPU, {one['statements']} SQL",
                extra=one,
            )
        )
    return figures


def prepare() -> None:
    """Django stands before the clock starts; style sheets are named without a manifest."""
    import os

    os.environ["WARDROOM_HOSTS"] = "testserver"
    import django
    from django.conf import settings

    django.setup()
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": plain}}


def measure() -> dict[str, Any]:
    """Median cost of each, after three warm calls."""
    from django.contrib.auth.signals import user_logged_in
    from django.test import Client

    from wardroom.access.models import User
    from wardroom.access.queries import actor_for
    from wardroom.problems.queries import candidate_map, candidate_page

    today = datetime.now(UTC).date()
    user = User.objects.get(email=DIRECTOR)
    director = actor_for(user, on=today)
    user_logged_in.disconnect(dispatch_uid="update_last_login")
    client = Client()
    client.force_login(user)

    first = candidate_page(director, on=today).rows[0]

    def page(path: str) -> int:
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return len(answer.content)

    return {
        "candidate list, data": _cost(
            lambda: len(candidate_page(director, on=today).rows), has_bar=True
        ),
        "candidate map, data": _cost(
            lambda: len(candidate_map(director, on=today)["features"]), has_bar=True
        ),
        "candidate list, whole page": _cost(lambda: page("/candidates/") and 1, has_bar=False),
        "candidate map, whole answer": _cost(
            lambda: page("/feeds/candidates.geojson") and 1, has_bar=False
        ),
        "first candidate's file, whole page": _cost(
            lambda: page(f"/candidates/{first.id}/") and 1, has_bar=False
        ),
    }


def _cost(call: Callable[[], int], *, has_bar: bool) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _ in range(3):
        call()
    walls, cpus = [], []
    rows = 0
    for _ in range(TIMES):
        wall, cpu = time.perf_counter(), time.process_time()
        rows = call()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    with CaptureQueriesContext(connection) as captured:
        call()
    return {
        "rows": rows,
        "wall_ms": 1000 * statistics.median(walls),
        "cpu_ms": 1000 * statistics.median(cpus),
        "statements": len(captured),
        "has_bar": has_bar,
    }
