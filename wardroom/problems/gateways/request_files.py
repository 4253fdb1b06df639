"""A city's file of requests as columns for the engine, without our database.

DuckDB reads the text in bounded memory; only numbers are held. Rows without a readable time,
kind or point are left out and counted.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from wardroom.analysis.folding import NEVER, REACH_M, Reports, in_order
from wardroom.analysis.observed_city import Kinds
from wardroom.analysis.plane import Plane
from wardroom.kernel.errors import Refused
from wardroom.service_requests.gateways.clean import instant_sql, quoted
from wardroom.service_requests.gateways.files import as_table, find_layout, header_of
from wardroom.service_requests.rules import Layout

if TYPE_CHECKING:
    import duckdb

MEMORY = "400MB"
FARTHEST_M = 100_000.0
MOST_KINDS = 5_000
YES = {"yes", "y", "true", "1"}
NO = {"no", "n", "false", "0", ""}


@dataclass(frozen=True)
class KindList:
    """The kinds of a file by their numbers: names, agencies, and what the engine knows of them."""

    names: tuple[str, ...]
    agencies: tuple[str, ...]
    kinds: Kinds


@dataclass(frozen=True)
class RequestFile:
    """The requests of a file that can be placed in time and space, in the order of `in_order`.

    ``row`` gives each one's place among the rows read; ``left_out`` counts the others by reason.
    """

    reports: Reports
    row: NDArray[np.int64]
    ids: NDArray[np.object_]
    kinds: KindList
    plane: Plane
    zone: str
    left_out: dict[str, int]


@dataclass(frozen=True)
class GivenKind:
    """One line of the list of kinds: its agency, and whether people order it."""

    agency: str
    routine: bool
    reach_m: float


def read_requests(
    path: Path,
    *,
    layout_word: str,
    kinds_path: Path | None,
    with_ids: bool = False,
) -> RequestFile:
    """Read a file of requests, CSV or Parquet, for the engine.

    Refuses: a file that is missing or no table; a column that is missing; no row that can be
    placed; a list of kinds that is off.
    """
    import duckdb

    given = _given_kinds(kinds_path)
    if not path.is_file():
        raise Refused("no_file", f"There is no file {path}.", field="requests")
    parquet = path.suffix == ".parquet"
    table: AbstractContextManager[Path] = nullcontext(path) if parquet else as_table(path)
    with (
        table as plain,
        TemporaryDirectory() as folder,
        duckdb.connect(
            config={"memory_limit": MEMORY, "threads": "2", "temp_directory": folder}
        ) as db,
    ):
        db.execute("SET TimeZone = 'UTC'")
        header = _parquet_header(db, plain) if parquet else header_of(plain)
        layout = find_layout(layout_word, header)
        source = _source(plain, header, parquet)
        return _read(db, source, layout, given, with_ids)


def end_of_day(day: str, zone: str) -> int:
    """The last second of a day such as 2024-12-31 in a time zone, in seconds since 1970.

    Refuses: a day that cannot be read.
    """
    try:
        on = date.fromisoformat(day)
    except ValueError:
        raise Refused("bad_day", f"'{day}' is not a day such as 2024-12-31.") from None
    midnight = datetime.combine(on + timedelta(days=1), time(), ZoneInfo(zone))
    return int(midnight.timestamp()) - 1


def _given_kinds(path: Path | None) -> dict[str, GivenKind]:
    if path is None:
        return {}
    if not path.is_file():
        raise Refused("no_file", f"There is no file {path}.", field="kinds")
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (UnicodeDecodeError, csv.Error):
        raise Refused("not_a_table", f"{path.name} is not a CSV of kinds.", field="kinds") from None
    absent = next((c for c in ("kind", "agency", "routine") if not rows or c not in rows[0]), None)
    if absent is not None:
        raise Refused(
            "no_column",
            f"{path.name} has no column {absent}. It needs kind, agency and routine (yes or no).",
            field="kinds",
        )
    found: dict[str, GivenKind] = {}
    for line, row in enumerate(rows, start=2):
        found[(row["kind"] or "").strip()] = _given_kind(row, f"{path.name}, line {line}")
    return found


def _given_kind(row: dict[str, str], where: str) -> GivenKind:
    routine = (row["routine"] or "").strip().lower()
    if routine not in YES | NO:
        raise Refused("bad_kind", f"{where}: routine is yes or no, not '{routine}'.", field="kinds")
    reach = (row.get("reach_m") or "").strip()
    try:
        metres = float(reach) if reach else REACH_M
    except ValueError:
        metres = -1.0
    if not 1.0 <= metres <= 500.0:
        raise Refused(
            "bad_kind", f"{where}: reach_m is meters from 1 to 500, not '{reach}'.", field="kinds"
        )
    return GivenKind((row["agency"] or "").strip(), routine in YES, metres)


def _parquet_header(db: duckdb.DuckDBPyConnection, path: Path) -> list[str]:
    import duckdb

    try:
        db.execute("SELECT * FROM read_parquet(?) LIMIT 0", [str(path)])
    except duckdb.Error:
        raise Refused("not_a_table", f"{path.name} is not Parquet.", field="requests") from None
    return [column[0] for column in db.description or ()]


def _source(path: Path, header: Sequence[str], parquet: bool) -> str:
    name = str(path).replace("'", "''")
    if parquet:
        return f"read_parquet('{name}')"
    columns = ", ".join(f"{quoted(c)}: 'VARCHAR'" for c in header)
    return (
        f"read_csv('{name}', auto_detect=false, columns={{{columns}}}, header=true, delim=',', "
        "quote='\"', escape='\"', null_padding=false, ignore_errors=true)"
    )


def _read(
    db: duckdb.DuckDBPyConnection,
    source: str,
    layout: Layout,
    given: dict[str, GivenKind],
    with_ids: bool,
) -> RequestFile:
    import duckdb

    def text(name: str) -> str:
        if name not in layout.columns:
            return "'" + str(layout.defaults.get(name, "")).replace("'", "''") + "'"
        return f"trim(coalesce({quoted(layout.columns[name])}::VARCHAR, ''))"

    kind_of = text("service_code" if "service_code" in layout.columns else "service_name")
    opened, closed = (f"epoch({instant_sql(text(n), layout)})" for n in ("opened", "closed"))
    number = [f"TRY_CAST(nullif({text(n)}, '') AS DOUBLE)" for n in ("longitude", "latitude")]
    kinds = _kinds(db, source, kind_of, text("agency"), given)
    db.execute("CREATE TABLE kinds (name VARCHAR, number SMALLINT)")
    db.executemany("INSERT INTO kinds VALUES (?, ?)", [(n, i) for i, n in enumerate(kinds.names)])
    ids = text("external_id") if with_ids else "NULL::VARCHAR"
    try:
        got = db.execute(
            f"SELECT coalesce({opened}, 0)::BIGINT AS opened, coalesce({closed}, 0)::BIGINT AS "  # noqa: S608
            f"closed, coalesce({number[0]}, 0)::DOUBLE AS lon, coalesce({number[1]}, 0)::DOUBLE AS "
            f"lat, coalesce(k.number, -1)::SMALLINT AS kind, {ids} AS id FROM {source} "
            f"LEFT JOIN kinds k ON k.name = {kind_of}"
        ).fetchnumpy()
    except duckdb.Error as error:
        why = str(error).strip().splitlines()[0][:200]
        raise Refused("not_a_table", f"This file cannot be read: {why}", field="requests") from None
    return _placed(got, kinds, layout.zone)


def _kinds(
    db: duckdb.DuckDBPyConnection,
    source: str,
    kind_of: str,
    agency_of: str,
    given: dict[str, GivenKind],
) -> KindList:
    """All kinds that are named, by name; what the list does not name counts as trouble."""
    import duckdb

    try:
        rows = db.execute(
            f"SELECT {kind_of} AS kind, min({agency_of}) FROM {source} GROUP BY 1 "  # noqa: S608
            f"HAVING kind <> '' ORDER BY 1 LIMIT {MOST_KINDS + 1}"
        ).fetchall()
    except duckdb.Error as error:
        why = str(error).strip().splitlines()[0][:200]
        raise Refused("not_a_table", f"This file cannot be read: {why}", field="requests") from None
    if len(rows) > MOST_KINDS:
        raise Refused(
            "too_many_kinds",
            f"This file names over {MOST_KINDS:,} kinds; is its column of kinds the right one?",
            field="requests",
        )
    lines = [
        (name, given.get(name, GivenKind(agency or "", False, REACH_M))) for name, agency in rows
    ]
    codes = sorted({line.agency for _, line in lines})
    number = {code: n for n, code in enumerate(codes)}
    return KindList(
        names=tuple(name for name, _ in lines),
        agencies=tuple(line.agency for _, line in lines),
        kinds=Kinds(
            problem=np.array([not line.routine for _, line in lines], dtype=bool),
            agency=np.array([number[line.agency] for _, line in lines], dtype=np.int64),
            reach_m=np.array([line.reach_m for _, line in lines] or [REACH_M], dtype=np.float64),
        ),
    )


def _placed(got: dict[str, Any], kinds: KindList, zone: str) -> RequestFile:
    """Leave out what has no time, kind or point, and lay the rest flat."""
    opened, kind, lon, lat = (got[name] for name in ("opened", "kind", "lon", "lat"))
    no_time = opened <= 0
    no_kind = ~no_time & (kind < 0)
    no_point = (lon == 0) & (lat == 0) | (abs(lon) > 180) | (abs(lat) > 90)
    no_point &= ~no_time & ~no_kind
    usable = ~(no_time | no_kind | no_point)
    plane = Plane.around(lon[usable], lat[usable])
    x, y = plane.metres(lon, lat)
    far = usable & ((abs(x) > FARTHEST_M) | (abs(y) > FARTHEST_M))
    row = np.flatnonzero(usable & ~far)
    if not len(row):
        raise Refused(
            "no_requests",
            "No row of this file has a time, a kind and a point that can be read.",
            field="requests",
        )
    closed = np.where(got["closed"][row] > 0, np.maximum(got["closed"][row], opened[row]), NEVER)
    reports = Reports(x[row], y[row], kind[row].astype(np.int16), opened[row], closed)
    ordered, order = in_order(reports)
    reasons = {
        "without a readable time": no_time,
        "without a kind": no_kind,
        "without a point": no_point,
        "over 100 km away": far,
    }
    ids = np.asarray(got["id"], dtype=object)[row][order]
    left_out = {why: int(mask.sum()) for why, mask in reasons.items() if mask.any()}
    return RequestFile(ordered, row[order], ids, kinds, plane, zone, left_out)
