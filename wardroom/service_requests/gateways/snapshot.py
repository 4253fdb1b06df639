"""A Parquet copy of the columns that counting needs, rebuilt from the database when it is old.

It is never the truth: the database is. The copy's name says which readings it holds.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from django.conf import settings
from django.db import connection
from django.db.models import Max, Sum
from numpy.typing import NDArray

from wardroom.analysis.episodes import GOES_ON, NEVER
from wardroom.ledger.models import Entry
from wardroom.service_requests.models import ImportRun, ServiceRequest

CHUNK = 100_000
VERSION = 4
TABLE = ServiceRequest._meta.db_table
NUMBERS = ("place", "service", "reporter", "opened", "closed", "latitude", "longitude")
INSTANTS = ("due", "ended")
WORDS = ("agency", "ward", "status")


@dataclass(frozen=True)
class SnapshotColumns:
    """Requests as columns of shape (n,); times in seconds since 1970 UTC, 0 for no place."""

    place: NDArray[np.int64]
    service: NDArray[np.int64]
    reporter: NDArray[np.int64]
    opened: NDArray[np.int64]
    closed: NDArray[np.int64]
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    agency: NDArray[np.int64]
    agency_codes: tuple[str, ...]


def current_snapshot() -> Path:
    """The Parquet copy of what is in the database now, made anew where it is old."""
    folder = Path(settings.FILES_ROOT).parent / "snapshots"
    path = folder / f"requests-{_stamp()}.parquet"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _write(path)
        for old in folder.glob("requests-*.parquet"):
            if old != path:
                old.unlink(missing_ok=True)
    return path


def read_snapshot(path: Path, *, opened_from: int) -> SnapshotColumns:
    """The columns of requests opened since an instant, from the copy."""
    with duckdb.connect(config={"memory_limit": "200MB", "threads": "1"}) as db:
        names = ", ".join(NUMBERS)
        source = f"read_parquet('{escaped(path)}')"
        where = f"WHERE opened >= {int(opened_from)}"
        got = db.execute(f"SELECT {names}, agency FROM {source} {where}").fetchnumpy()  # noqa: S608
        codes = db.execute(
            f"SELECT DISTINCT agency FROM {source} ORDER BY 1"  # noqa: S608
        ).fetchall()
    agency_codes = tuple(c[0] for c in codes)
    agency = np.asarray(got["agency"])
    numbers = np.zeros(len(agency), dtype=np.int64)
    for n, code in enumerate(agency_codes):
        numbers[agency == code] = n
    columns: dict[str, Any] = {name: np.asarray(got[name]) for name in NUMBERS}
    return SnapshotColumns(**columns, agency=numbers, agency_codes=agency_codes)


def _stamp() -> str:
    runs = ImportRun.objects.aggregate(
        last=Max("pk"), new=Sum("rows_new"), moved=Sum("rows_changed")
    )
    placed = Entry.objects.filter(kind="RequestsPlaced").aggregate(last=Max("pk"))["last"]
    base = str(settings.DATABASES["default"]["NAME"])
    mark = f"{VERSION}|{base}|{runs['last']}|{runs['new']}|{runs['moved']}|{placed}"
    import hashlib

    return hashlib.blake2b(mark.encode(), digest_size=8).hexdigest()


def _write(path: Path) -> None:
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    with duckdb.connect(config={"memory_limit": "200MB", "threads": "1"}) as db:
        db.execute(
            "CREATE TABLE r (place BIGINT, service BIGINT, reporter BIGINT, "
            "opened BIGINT, closed BIGINT, latitude DOUBLE, longitude DOUBLE, due BIGINT, "
            "ended BIGINT, agency VARCHAR, ward VARCHAR, status VARCHAR)"
        )
        for chunk in _chunks():
            db.register("chunk", chunk)
            db.execute("INSERT INTO r SELECT * FROM chunk")
            db.unregister("chunk")
        db.execute(f"COPY r TO '{escaped(temporary)}' (FORMAT parquet, COMPRESSION zstd)")
    temporary.replace(path)


def _chunks() -> Any:
    """Batches of columns, straight from the database, cancelled and test requests left out."""
    seconds = (
        "extract(epoch FROM {})::bigint"
        if connection.vendor == "postgresql"
        else "CAST(strftime('%%s', {}) AS INTEGER)"
    )
    opened, closed = seconds.format("r.opened_at"), seconds.format("r.closed_at")
    due = seconds.format("r.due_at")
    live = ", ".join(f"'{status}'" for status in GOES_ON)
    sql = f"""
        SELECT r.id, coalesce(r.place_key, 0), r.service_id, coalesce(r.reporter_key, 0), {opened},
               coalesce({closed}, CASE WHEN r.status IN ({live}) THEN {NEVER} ELSE {opened} END),
               coalesce(r.latitude, 0), coalesce(r.longitude, 0), coalesce({due}, {NEVER}),
               coalesce({closed}, {NEVER}), r.agency_code, r.ward_code, r.status
        FROM {TABLE} r JOIN directory_service s ON s.id = r.service_id
        WHERE r.id > %s AND r.status <> 'cancelled' AND NOT s.test_only
        ORDER BY r.id LIMIT {CHUNK}"""  # noqa: S608
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(sql, [last])
            rows = cursor.fetchall()
        if not rows:
            return
        last = rows[-1][0]
        by_column = list(zip(*rows, strict=True))[1:]
        kinds = [np.int64] * 5 + [np.float64] * 2 + [np.int64] * 2 + [np.object_] * 3
        names = (*NUMBERS, *INSTANTS, *WORDS)
        chunk: dict[str, Any] = {
            name: np.array(values, dtype=kind)
            for name, values, kind in zip(names, by_column, kinds, strict=True)
        }
        yield chunk


def escaped(path: Path) -> str:
    """A path inside quotes of a statement."""
    return str(path).replace("'", "''")
