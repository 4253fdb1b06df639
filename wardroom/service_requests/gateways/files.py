"""Reading a file of requests: any size, in bounded memory, bad rows set apart.

DuckDB reads the text and makes clean columns of it in SQL; rows come out in batches, in
the order of the file, each with its content digest and, where it is bad, the reason.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import numpy as np

from wardroom.kernel.errors import Refused
from wardroom.service_requests.rules import Layout, layout_from_toml

BATCH = 10_000
MEMORY = "160MB"
BETWEEN = "\x1f"
SHIPPED = (
    "dc-2014", "dc-2025", "dc-2015", "dc-snapshot", "plain-full", "plain", "chicago", "los-angeles",
)  # fmt: skip
CARRIED = (
    "service_code", "service_name", "agency", "status_given", "opened_at", "closed_at", "due_at",
    "address", "zip_code", "address_id", "latitude", "longitude", "ward_given", "priority",
    "calls", "channel", "reporter", "parent_id",
)  # fmt: skip


class Row(NamedTuple):
    """One clean row. Times are UTC text as both databases read it."""

    line: int
    external_id: str
    digest: int
    opened_on: str
    service_code: str
    service_name: str
    agency: str
    status_given: str
    opened_at: str
    closed_at: str | None
    due_at: str | None
    address: str
    zip_code: str
    address_id: int | None
    latitude: float | None
    longitude: float | None
    ward_given: str
    priority: str
    calls: int
    channel: str
    reporter: int | None
    parent_id: str


class Draft(NamedTuple):
    """A row as it comes from the file: what identifies it, and its clean values as one text.

    Most rows of a file that was read before are the same; their values are never taken apart.
    """

    external_id: str
    digest: int
    edited: str
    problem: str | None
    opened_on: str
    opened_at: str
    payload: str
    line: int

    def taken_apart(self) -> Row:
        """The row with its values."""
        (
            code, name, agency, status, opened, closed, due, address, zip_code, address_id,
            lat, lon, ward, priority, calls, channel, reporter, parent,
        ) = self.payload.split(BETWEEN)  # fmt: skip
        return Row(
            self.line, self.external_id, self.digest, self.opened_on, code, name, agency, status,
            opened, closed or None, due or None, address, zip_code,
            int(address_id) if address_id else None,
            float(lat) if lat else None, float(lon) if lon else None,
            ward, priority, int(calls), channel, int(reporter) if reporter else None, parent,
        )  # fmt: skip


@dataclass(frozen=True)
class Reject:
    """A row that was not kept: where it stands, which column, what stood there, and why."""

    line: int
    column: str
    value: str
    reason: str


def find_layout(word: str, header: Sequence[str]) -> Layout:
    """The layout by name or mapping file, or, for `auto`, the one that fits the header.

    Refuses: an unknown name; a header that fits none.
    """
    if word.endswith(".toml"):
        path = Path(word)
        if not path.is_file():
            raise Refused("no_file", f"There is no mapping file {word}.", field="layout")
        return layout_from_toml(path.read_text(), name=path.stem)
    if word != "auto":
        if word not in SHIPPED:
            known = ", ".join(("auto", *SHIPPED))
            raise Refused(
                "bad_layout", f"There is no layout {word}. Known: {known}.", field="layout"
            )
        layout = shipped_layout(word)
        if not layout.fits(header):
            lacks = sorted(set(layout.columns.values()) - set(header))
            raise Refused("bad_layout", f"The file has no column {lacks[0]}.", field="layout")
        return layout
    for name in SHIPPED:
        layout = shipped_layout(name)
        if layout.fits(header):
            return layout
    raise Refused(
        "bad_layout",
        "The columns of this file are none that we know. Write a mapping file and give it "
        "with --layout FILE.toml (docs/guide.md shows one).",
        field="layout",
    )


def shipped_layout(name: str) -> Layout:
    """A layout that comes with the product."""
    text = resources.files("wardroom.service_requests").joinpath(f"layouts/{name}.toml")
    return layout_from_toml(text.read_text(), name=name)


def file_digest(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def as_table(path: Path) -> Iterator[Path]:
    """The file as CSV: itself, or a GeoJSON snapshot written out as one."""
    if not path.is_file():
        raise Refused("no_file", f"There is no file {path}.", field="file")
    if ".geojson" not in path.name and ".json" not in path.name:
        yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "snapshot.csv"
        _write_features(path, table)
        yield table


def header_of(table: Path) -> list[str]:
    """The names of the columns.

    Refuses: a file that is empty or no text.
    """
    try:
        with _open(table) as file:
            header = next(csv.reader(file), [])
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Refused("not_a_table", f"This file cannot be read: {error}.", field="file") from None
    if len(header) < 2:
        raise Refused("not_a_table", "This file has no columns.", field="file")
    return header


class Reading:
    """One pass over a table in a layout."""

    def __init__(self, table: Path, layout: Layout, *, now: datetime) -> None:
        self.table = table
        self.layout = layout
        self.now = now
        self.db = duckdb.connect(config={"memory_limit": MEMORY, "threads": "2"})
        self.db.execute("SET TimeZone = 'UTC'")
        self.db.execute("SET preserve_insertion_order = true")
        self._clean = _clean_sql(layout, header_of(table), now)

    def __enter__(self) -> Reading:
        return self

    def __exit__(self, *_: object) -> None:
        self.db.close()

    def repeated_ids(self) -> frozenset[str]:
        """The request ids that stand in the file more than once."""
        number = f"trim({_quoted(self.layout.columns['external_id'])})"
        column = self.db.execute(
            f"SELECT hash({number}) AS h FROM {self._source()} WHERE {number} <> ''"  # noqa: S608
        ).fetchnumpy()["h"]
        column.sort()
        twice = np.unique(column[1:][column[1:] == column[:-1]]).tolist()
        if not twice:
            return frozenset()
        rows = self.db.execute(
            f"SELECT {number} FROM {self._source()} WHERE hash({number}) IN "  # noqa: S608
            "(SELECT unnest(?::UBIGINT[])) GROUP BY 1 HAVING count(*) > 1",
            [twice],
        ).fetchall()
        return frozenset(r[0] for r in rows)

    def batches(self) -> Iterator[list[Draft]]:
        """Rows in the order of the file, at most 10,000 at a time."""
        self._try(
            "SELECT external_id, (md5_number_lower(payload) >> 1)::BIGINT, edited, problem, "  # noqa: S608
            f"opened_on, opened_at, payload FROM (SELECT {self._clean} "
            f"FROM {self._source(rejects=True)})"
        )
        line = 1
        while True:
            rows = self.db.fetchmany(BATCH)
            if not rows:
                return
            yield [Draft._make((*row, n)) for n, row in enumerate(rows, start=line + 1)]
            line += len(rows)

    def malformed(self) -> list[Reject]:
        """Lines that are no rows at all: too many or too few columns, broken quotes."""
        rows = self.db.execute(
            "SELECT line, min(coalesce(column_name, '')), any_value(csv_line), "
            "any_value(error_message) FROM reject_errors GROUP BY line ORDER BY line"
        ).fetchall()
        return [
            Reject(int(line), column, (text or "")[:200], _first_line(why))
            for line, column, text, why in rows
        ]

    def _source(self, *, rejects: bool = False) -> str:
        path = str(self.table).replace("'", "''")
        keep = "store_rejects=true" if rejects else "ignore_errors=true"
        return (
            f"read_csv('{path}', all_varchar=true, header=true, delim=',', quote='\"', "
            f"escape='\"', null_padding=false, strict_mode=false, max_line_size=1048576, "
            f"buffer_size=4194304, {keep})"
        )

    def _try(self, sql: str) -> None:
        try:
            self.db.execute(sql)
        except duckdb.Error as error:
            why = _first_line(str(error))
            raise Refused("not_a_table", f"This file cannot be read: {why}", field="file") from None


def _clean_sql(layout: Layout, header: Sequence[str], now: datetime) -> str:
    absent = [c for c in layout.columns.values() if c not in header]
    if absent:
        raise Refused("bad_layout", f"The file has no column {absent[0]}.", field="layout")

    def raw(name: str) -> str:
        if name in layout.columns:
            return f"trim(coalesce({_quoted(layout.columns[name])}, ''))"
        default = str(layout.defaults.get(name, "")).replace("'", "''")
        return f"'{default}'"

    def text(name: str, size: int) -> str:
        return f"left({raw(name)}, {size})"

    def whole(name: str) -> str:
        return f"TRY_CAST(TRY_CAST(nullif({raw(name)}, '') AS DOUBLE) AS BIGINT)"

    def number(name: str) -> str:
        return f"TRY_CAST(nullif({raw(name)}, '') AS DOUBLE)"

    opened, closed, due, edited = (
        _instant(raw(n), layout) for n in ("opened", "closed", "due", "edited")
    )
    code = raw("service_code") if "service_code" in layout.columns else raw("service_name")
    name = raw("service_name") if "service_name" in layout.columns else code
    has_point = (
        f"({number('latitude')} BETWEEN -90 AND 90 AND {number('longitude')} BETWEEN -180 AND 180 "
        f"AND NOT ({number('latitude')} = 0 AND {number('longitude')} = 0))"
    )
    latest = (now + timedelta(days=1)).strftime("%Y-%m-%d %H:%M:%S")
    problem = f"""CASE
        WHEN {raw("external_id")} = '' THEN 'external_id||has no request number'
        WHEN length({raw("external_id")}) > 40
            THEN 'external_id|' || {raw("external_id")} || '|is longer than a request number'
        WHEN {code} = '' THEN 'service_code||names no service'
        WHEN {opened} IS NULL
            THEN 'opened|' || {raw("opened")} || '|is not a time we can read'
        WHEN {opened} > TIMESTAMP '{latest}'
            THEN 'opened|' || {raw("opened")} || '|lies in the future'
        WHEN {_unread("closed", raw, closed, layout)}
            THEN 'closed|' || {raw("closed")} || '|is not a time we can read'
        WHEN {_unread("due", raw, due, layout)}
            THEN 'due|' || {raw("due")} || '|is not a time we can read'
        WHEN {raw("latitude")} <> '' AND {number("latitude")} IS NULL
            THEN 'latitude|' || {raw("latitude")} || '|is not a number'
        WHEN {raw("longitude")} <> '' AND {number("longitude")} IS NULL
            THEN 'longitude|' || {raw("longitude")} || '|is not a number'
        END"""
    stamp = "strftime({}, '%Y-%m-%d %H:%M:%S')"
    values = {
        "service_code": f"left({code}, 120)",
        "service_name": f"left({name}, 200)",
        "agency": text("agency", 20),
        "status_given": text("status", 60),
        "opened_at": stamp.format(opened),
        "closed_at": stamp.format(closed),
        "due_at": stamp.format(due),
        "address": text("address", 200),
        "zip_code": f"left(regexp_replace({raw('zip_code')}, '\\.0$', ''), 10)",
        "address_id": whole("address_id"),
        "latitude": f"CASE WHEN {has_point} THEN {number('latitude')} END",
        "longitude": f"CASE WHEN {has_point} THEN {number('longitude')} END",
        "ward_given": text("ward", 20),
        "priority": text("priority", 20),
        "calls": f"greatest(coalesce({whole('calls')}, 1), 0)",
        "channel": text("channel", 20),
        "reporter": _reporter(raw("reporter")),
        "parent_id": text("parent_id", 40),
    }
    mixed = ", ".join(
        f"replace(coalesce(({v})::VARCHAR, ''), chr(31), ' ')" for v in values.values()
    )
    local = f"strftime(timezone('{layout.zone}', timezone('UTC', {opened})), '%Y-%m-%d')"
    columns = [
        f"{raw('external_id')} AS external_id",
        f"coalesce({stamp.format(edited)}, '') AS edited",
        f"{problem} AS problem",
        f"coalesce({local}, '') AS opened_on",
        f"coalesce({stamp.format(opened)}, '') AS opened_at",
        f"concat_ws(chr(31), {mixed}) AS payload",
    ]
    return ", ".join(columns)


def _instant(raw: str, layout: Layout) -> str:
    """SQL for a UTC timestamp, NULL where blank, unreadable, or a sentinel (1970, 9999)."""
    given = f"nullif({raw}, '')"
    if layout.clock == "epoch-ms":
        read = f"make_timestamp(TRY_CAST(TRY_CAST({given} AS DOUBLE) AS BIGINT) * 1000)"
        read = f"CASE WHEN abs(TRY_CAST({given} AS DOUBLE)) < 1e15 THEN {read} END"
    elif layout.clock == "instant":
        read = f"timezone('UTC', TRY_CAST({given} AS TIMESTAMPTZ))"
    else:
        formats = "[" + ", ".join(f"'{f}'" for f in layout.formats) + "]"
        read = f"try_strptime({given}, {formats})"
        if layout.clock == "fixed-offset":
            read = f"({read} - INTERVAL ({layout.offset_minutes}) MINUTE)"
        else:
            read = f"timezone('UTC', timezone('{layout.zone}', {read}))"
    return f"(CASE WHEN year({read}) BETWEEN 1980 AND 8999 THEN date_trunc('second', {read}) END)"


def _unread(name: str, raw: Any, instant: str, layout: Layout) -> str:
    """SQL: something is written there, it is no sentinel, and it is no time."""
    given = raw(name)
    sentinel = f"({given} LIKE '%1970%' OR {given} LIKE '%9999%' OR {given} LIKE '1899%')"
    if layout.clock == "epoch-ms":
        sentinel = f"(TRY_CAST({given} AS DOUBLE) IS NOT NULL)"
    return f"{given} <> '' AND {instant} IS NULL AND NOT {sentinel}"


def _reporter(raw: str) -> str:
    return f"CASE WHEN {raw} <> '' THEN (md5_number_lower({raw}) >> 1)::BIGINT END"


def _quoted(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def _first_line(text: str) -> str:
    return text.strip().splitlines()[0][:300] if text.strip() else "unreadable"


def _open(path: Path) -> Any:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open("r", encoding="utf-8-sig", newline="")


def _write_features(path: Path, table: Path) -> None:
    try:
        with _open(path) as file:
            features = json.load(file)["features"]
    except (ValueError, KeyError, TypeError, OSError):
        raise Refused("not_geojson", f"{path.name} is not GeoJSON.", field="file") from None
    names = dict.fromkeys(k for f in features for k in (f.get("properties") or {}))
    columns = [*(n for n in names if n not in {"LONGITUDE", "LATITUDE"}), "LONGITUDE", "LATITUDE"]
    with table.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        for feature in features:
            row = {k: "" if v is None else v for k, v in (feature.get("properties") or {}).items()}
            point = (feature.get("geometry") or {}).get("coordinates") or ["", ""]
            writer.writerow({**row, "LONGITUDE": point[0], "LATITUDE": point[1]})
