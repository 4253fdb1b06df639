"""A Parquet copy of the columns that counting needs, kept up with the database.

It is never the truth: the database is. The copy's name says which readings it holds, and a
note beside it how far each of them had come. So the next copy is made of this one and of the
rows that were read since, in a second even where there are a million.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from django.conf import settings
from django.db import connection
from django.db.models import F, Max, Sum
from numpy.typing import NDArray

from wardroom.analysis.episodes import GOES_ON, NEVER
from wardroom.directory.models import Service
from wardroom.ledger.models import Entry
from wardroom.service_requests.models import ImportRun, ServiceRequest

CHUNK = 100_000
VERSION = 4
MOST_PATCHED = 50_000
LATE_READINGS = 50
TABLE = ServiceRequest._meta.db_table
NUMBERS = ("place", "service", "reporter", "opened", "closed", "latitude", "longitude")
COLUMNS = (
    "id BIGINT, place BIGINT, service BIGINT, reporter BIGINT, opened BIGINT, closed BIGINT, "
    "latitude DOUBLE, longitude DOUBLE, agency VARCHAR"
)
MODEST = {"memory_limit": "200MB", "threads": "1"}


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


@dataclass(frozen=True)
class Mark:
    """How far the readings had come: rows that were new or changed, in all and of the newest.

    ``recent`` goes by the number of the reading, for the last of them and those under way.
    """

    version: int
    database: str
    rows: int
    last: int
    recent: dict[str, int]
    placed: int
    test_only: tuple[int, ...]

    @property
    def digest(self) -> str:
        """A short name for it."""
        return hashlib.blake2b(self.text.encode(), digest_size=8).hexdigest()

    @property
    def text(self) -> str:
        """All of it as one line."""
        return json.dumps(asdict(self), sort_keys=True)

    def readings_since(self, earlier: Mark) -> tuple[int, ...] | None:
        """The readings that took something in since; none where that cannot be told."""
        alike = ("version", "database", "test_only")
        if any(getattr(self, name) != getattr(earlier, name) for name in alike):
            return None
        grown = {
            int(run): rows - earlier.recent.get(run, 0)
            for run, rows in self.recent.items()
            if int(run) > earlier.last or run in earlier.recent
        }
        new = sum(grown.values())
        if new != self.rows - earlier.rows or new > MOST_PATCHED:
            return None
        return tuple(sorted(run for run, rows in grown.items() if rows))


def rows_taken_in() -> int:
    """How many rows all readings so far found new or changed: it only grows."""
    return current_mark().rows


def current_mark() -> Mark:
    """How far the readings have come now."""
    taken = F("rows_new") + F("rows_changed")
    runs = ImportRun.objects.aggregate(last=Max("pk"), rows=Sum(taken))
    newest = ImportRun.objects.order_by("-pk").values_list("pk", flat=True)[:LATE_READINGS]
    under_way = ImportRun.objects.filter(state=ImportRun.State.RUNNING)
    recent = {*newest, *under_way.values_list("pk", flat=True)}
    rows = ImportRun.objects.filter(pk__in=recent).values_list("pk", taken)
    placed = Entry.objects.filter(kind="RequestsPlaced").aggregate(last=Max("pk"))["last"]
    tests = Service.objects.filter(test_only=True).order_by("pk").values_list("pk", flat=True)
    return Mark(
        version=VERSION,
        database=str(settings.DATABASES["default"]["NAME"]),
        rows=runs["rows"] or 0,
        last=runs["last"] or 0,
        recent={str(pk): n for pk, n in rows.order_by("pk")},
        placed=placed or 0,
        test_only=tuple(tests),
    )


def current_snapshot() -> Path:
    """The Parquet copy of what is in the database now, made anew where it is old."""
    folder = Path(settings.FILES_ROOT).parent / "snapshots"
    mark = current_mark()
    path = folder / f"requests-{mark.digest}.parquet"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _renew(path, mark)
        _clear(folder, path)
    return path


def forget_copies() -> None:
    """Throw away what was copied, so that the next copy is made of the database alone."""
    folder = Path(settings.FILES_ROOT).parent / "snapshots"
    for path in (*folder.glob("requests-*.json"), *folder.glob("requests-*.parquet")):
        path.unlink(missing_ok=True)


def read_snapshot(path: Path, *, opened_from: int) -> SnapshotColumns:
    """The columns of requests opened since an instant, from the copy."""
    with duckdb.connect(config=MODEST) as db:
        source = f"read_parquet('{_escaped(path)}')"
        found = db.execute(f"SELECT DISTINCT agency FROM {source} ORDER BY 1")  # noqa: S608
        codes = tuple(c[0] for c in found.fetchall())
        number = "0"
        if codes:
            listed = ", ".join("'" + code.replace("'", "''") + "'" for code in codes)
            db.execute(f"CREATE TYPE code AS ENUM ({listed})")
            number = "enum_code(agency::code)"
        got = db.execute(
            f"SELECT {', '.join(NUMBERS)}, {number}::BIGINT AS agency FROM {source} "  # noqa: S608
            f"WHERE opened >= {int(opened_from)}"
        ).fetchnumpy()
    columns: dict[str, Any] = {name: np.asarray(got[name]) for name in (*NUMBERS, "agency")}
    return SnapshotColumns(**columns, agency_codes=codes)


def _renew(path: Path, mark: Mark) -> None:
    """Write the copy, of an earlier one and what was read since where there is such a one."""
    base, readings = _earlier(path.parent, mark)
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    with duckdb.connect(config=MODEST) as db:
        db.execute(f"CREATE TABLE r ({COLUMNS})")
        db.execute("CREATE TABLE read (id BIGINT)")
        rows = "SELECT * FROM r"
        if base is None:
            _fill(db, _chunks("TRUE", []))
        else:
            for run in readings:
                numbers = ServiceRequest.objects.filter(last_run=run).values_list("pk", flat=True)
                db.register("chunk", {"id": np.array(list(numbers), dtype=np.int64)})
                db.execute("INSERT INTO read SELECT * FROM chunk")
                db.unregister("chunk")
                _fill(db, _chunks("r.last_run_id = %s", [run]))
            db.execute(
                f"CREATE VIEW kept AS SELECT * FROM read_parquet('{_escaped(base)}') "  # noqa: S608
                "WHERE id NOT IN (SELECT id FROM read)"
            )
            rows = "SELECT * FROM kept UNION ALL SELECT * FROM r ORDER BY id"
        db.execute(f"COPY ({rows}) TO '{_escaped(temporary)}' (FORMAT parquet, COMPRESSION zstd)")
    note = path.with_suffix(f".{os.getpid()}.note")
    note.write_text(mark.text)
    note.replace(path.with_suffix(".json"))
    temporary.replace(path)


def _clear(folder: Path, newest: Path) -> None:
    """Throw away all older copies but one, which another worker may be reading."""
    old = [(_age(p), p) for p in folder.glob("requests-*.parquet") if p != newest]
    for _, path in sorted(old)[:-1]:
        path.unlink(missing_ok=True)
        path.with_suffix(".json").unlink(missing_ok=True)


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _earlier(folder: Path, mark: Mark) -> tuple[Path | None, tuple[int, ...]]:
    """A copy that this one can be made of, and the readings that it lacks."""
    for note in sorted(folder.glob("requests-*.json")):
        base = note.with_suffix(".parquet")
        try:
            kept = json.loads(note.read_text())
            earlier = Mark(**{**kept, "test_only": tuple(kept["test_only"])})
        except (OSError, ValueError, TypeError, KeyError):
            continue
        readings = mark.readings_since(earlier)
        if readings is not None and base.exists():
            return base, readings
    return None, ()


def _fill(db: duckdb.DuckDBPyConnection, chunks: Iterator[dict[str, Any]]) -> None:
    for chunk in chunks:
        db.register("chunk", chunk)
        db.execute("INSERT INTO r SELECT * FROM chunk")
        db.unregister("chunk")


def _chunks(where: str, values: Sequence[Any]) -> Iterator[dict[str, Any]]:
    """Batches of columns, straight from the database, cancelled and test requests left out."""
    seconds = (
        "extract(epoch FROM {})::bigint"
        if connection.vendor == "postgresql"
        else "CAST(strftime('%%s', {}) AS INTEGER)"
    )
    opened, closed = seconds.format("r.opened_at"), seconds.format("r.closed_at")
    live = ", ".join(f"'{status}'" for status in GOES_ON)
    sql = f"""
        SELECT r.id, coalesce(r.place_key, 0), r.service_id, coalesce(r.reporter_key, 0), {opened},
               coalesce({closed}, CASE WHEN r.status IN ({live}) THEN {NEVER} ELSE {opened} END),
               coalesce(r.latitude, 0), coalesce(r.longitude, 0), r.agency_code
        FROM {TABLE} r JOIN directory_service s ON s.id = r.service_id
        WHERE {where} AND r.id > %s AND r.status <> 'cancelled' AND NOT s.test_only
        ORDER BY r.id LIMIT {CHUNK}"""  # noqa: S608
    last = 0
    names = ("id", *NUMBERS)
    kinds = [np.int64] * 6 + [np.float64] * 2
    while True:
        with connection.cursor() as cursor:
            cursor.execute(sql, [*values, last])
            rows = cursor.fetchall()
        if not rows:
            return
        last = rows[-1][0]
        by_column = list(zip(*rows, strict=True))
        chunk: dict[str, Any] = {
            name: np.array(values_of, dtype=kind)
            for name, values_of, kind in zip(names, by_column, kinds, strict=False)
        }
        chunk["agency"] = np.array(by_column[-1], dtype=object)
        yield chunk


def _escaped(path: Path) -> str:
    return str(path).replace("'", "''")
