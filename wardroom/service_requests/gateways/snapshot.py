"""A Parquet copy of the columns that counting needs, kept up with the database.

It is never the truth: the database is. The copy's name says which readings it holds, and a
note beside it how far each of them had come. What was read since is laid over it as a patch,
in a moment even where there are a million; only when that has grown long is all copied anew.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from django.conf import settings
from django.db import connection
from django.db.models import F, Max, Sum
from numpy.typing import NDArray

from wardroom.analysis.episodes import GOES_ON, NEVER
from wardroom.directory.models import Service
from wardroom.ledger.models import Entry
from wardroom.service_requests.models import ImportRun, ServiceRequest

if TYPE_CHECKING:
    import duckdb

CHUNK = 100_000
VERSION = 5
MOST_PATCHED = 50_000
LATE_READINGS = 50
TABLE = ServiceRequest._meta.db_table
NUMBERS = ("place", "service", "reporter", "opened", "closed", "latitude", "longitude")
INSTANTS = ("due", "ended")
WORDS = ("agency", "ward", "status")
COLUMNS = (
    "id BIGINT, place BIGINT, service BIGINT, reporter BIGINT, opened BIGINT, closed BIGINT, "
    "latitude DOUBLE, longitude DOUBLE, due BIGINT, ended BIGINT, agency VARCHAR, ward VARCHAR, "
    "status VARCHAR"
)
MODEST: dict[str, Any] = {"memory_limit": "200MB", "threads": "1"}


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
        """The readings that took something in since; none where that cannot be told.

        A request that was placed since bears no mark of it, so then all is copied anew.
        """
        alike = ("version", "database", "placed", "test_only")
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


@dataclass(frozen=True)
class Snapshot:
    """A whole copy, and what is laid over it; none where the copy is of now."""

    whole: Path
    patch: Path | None = None


def current_snapshot() -> Snapshot:
    """The Parquet copy of what is in the database now, made anew or patched where it is old."""
    folder = _folder()
    mark = current_mark()
    whole = folder / f"requests-{mark.digest}.parquet"
    if whole.exists():
        return Snapshot(whole)
    folder.mkdir(parents=True, exist_ok=True)
    base, readings = _earlier(folder, mark)
    if base is None:
        _write(whole, _chunks())
        _put(whole.with_suffix(".json"), mark.text)
        _clear(folder, whole)
        return Snapshot(whole)
    patch = folder / f"{base.stem}-{mark.digest}.patch"
    if not patch.exists():
        _write(patch, _patched(readings))
    return Snapshot(base, patch)


def forget_copies() -> None:
    """Throw away what was copied, so that the next copy is made of the database alone."""
    for path in sorted(_folder().glob("requests-*"), key=lambda p: p.suffix != ".json"):
        path.unlink(missing_ok=True)


@contextmanager
def opened_copy(copy: Snapshot) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection in which ``kept`` holds all requests of the copy, with what is laid over it."""
    import duckdb  # it starts a thread: not in a web process that is about to fork

    with duckdb.connect(config=MODEST) as db:
        source = f"SELECT * FROM read_parquet('{_escaped(copy.whole)}')"  # noqa: S608
        if copy.patch is not None:
            patch = f"read_parquet('{_escaped(copy.patch)}')"
            db.execute(f"CREATE VIEW patch AS SELECT * FROM {patch}")  # noqa: S608
            source += " WHERE id NOT IN (SELECT id FROM patch) UNION ALL SELECT * FROM patch"
        db.execute(f"CREATE VIEW kept AS SELECT * FROM ({source}) WHERE agency IS NOT NULL")  # noqa: S608
        yield db


def by_number(copy: Snapshot, got: Mapping[str, Any]) -> dict[str, Any]:
    """Columns that were read with their ``id``, in the order of these and without them."""
    order = np.argsort(np.asarray(got["id"]), kind="stable") if copy.patch else slice(None)
    return {name: np.asarray(column)[order] for name, column in got.items() if name != "id"}


def read_snapshot(copy: Snapshot, *, opened_from: int) -> SnapshotColumns:
    """The columns of requests opened since an instant, in the order of their numbers."""
    with opened_copy(copy) as db:
        codes = db.execute("SELECT DISTINCT agency FROM kept ORDER BY 1").fetchall()
        agency_codes = tuple(code[0] for code in codes)
        listed = ", ".join("'" + code.replace("'", "''") + "'" for code in agency_codes)
        number = "0"
        if agency_codes:
            db.execute(f"CREATE TYPE code AS ENUM ({listed})")
            number = "enum_code(agency::code)"
        got = db.execute(
            f"SELECT id, {', '.join(NUMBERS)}, {number}::BIGINT AS agency FROM kept "  # noqa: S608
            f"WHERE opened >= {int(opened_from)}"
        ).fetchnumpy()
    return SnapshotColumns(**by_number(copy, got), agency_codes=agency_codes)


def _folder() -> Path:
    return Path(settings.FILES_ROOT).parent / "snapshots"


def _write(path: Path, chunks: Iterator[dict[str, Any]]) -> None:
    import duckdb

    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    with duckdb.connect(config=MODEST) as db:
        db.execute(f"CREATE TABLE r ({COLUMNS})")
        for chunk in chunks:
            db.register("chunk", chunk)
            db.execute("INSERT INTO r SELECT * FROM chunk")
            db.unregister("chunk")
        db.execute(f"COPY r TO '{_escaped(temporary)}' (FORMAT parquet, COMPRESSION zstd)")
    temporary.replace(path)


def _patched(readings: Sequence[int]) -> Iterator[dict[str, Any]]:
    """The rows that some readings took in; one that counts no more has no agency, not even ''."""
    taken = ServiceRequest.objects.filter(last_run__in=readings).order_by()
    numbers = sorted(taken.values_list("pk", flat=True))
    on_server = connection.vendor == "postgresql"
    among = "r.id = ANY(%s)" if on_server else "r.id IN (SELECT value FROM json_each(%s))"
    for at in range(0, len(numbers), CHUNK):
        part = numbers[at : at + CHUNK]
        rows = _selected(among, [part if on_server else json.dumps(part)])
        if rows:
            yield _columns(rows)
        gone = np.array(sorted(set(part) - {row[0] for row in rows}), dtype=np.int64)
        zeros, none = np.zeros(len(gone), dtype=np.int64), np.full(len(gone), None, dtype=object)
        numbers_of_none: dict[str, Any] = dict.fromkeys((*NUMBERS, *INSTANTS), zeros)
        yield {"id": gone, **numbers_of_none, **dict.fromkeys(WORDS, none)}


def _put(path: Path, text: str) -> None:
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    temporary.write_text(text)
    temporary.replace(path)


def _clear(folder: Path, newest: Path) -> None:
    """Throw away all older copies but one, which another worker may be reading."""
    old = [(_age(p), p) for p in folder.glob("requests-*.parquet") if p != newest]
    for _, path in sorted(old)[:-1]:
        for part in (path.with_suffix(".json"), *folder.glob(f"{path.stem}-*.patch"), path):
            part.unlink(missing_ok=True)


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _earlier(folder: Path, mark: Mark) -> tuple[Path | None, tuple[int, ...]]:
    """The newest whole copy that can be patched, and the readings that it lacks."""
    for note in sorted(folder.glob("requests-*.json"), key=_age, reverse=True):
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


def _chunks() -> Iterator[dict[str, Any]]:
    """Batches of columns of all requests, straight from the database."""
    last = 0
    while rows := _selected(f"r.id > %s ORDER BY r.id LIMIT {CHUNK}", [last]):
        last = rows[-1][0]
        yield _columns(rows)


def _selected(where: str, values: Sequence[Any]) -> list[Any]:
    """The rows of some requests, cancelled and test requests left out."""
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
        WHERE r.status <> 'cancelled' AND NOT s.test_only AND {where}"""  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _columns(rows: Sequence[Any]) -> dict[str, Any]:
    """Rows as columns, shape (rows,)."""
    by_column = list(zip(*rows, strict=True))
    kinds = [np.int64] * 6 + [np.float64] * 2 + [np.int64] * 2 + [np.object_] * 3
    names = ("id", *NUMBERS, *INSTANTS, *WORDS)
    return {
        name: np.array(values, dtype=kind)
        for name, values, kind in zip(names, by_column, kinds, strict=True)
    }


def _escaped(path: Path) -> str:
    return str(path).replace("'", "''")
