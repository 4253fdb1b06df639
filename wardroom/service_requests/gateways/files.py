"""Reading a file of requests: any size, in bounded memory, bad rows set apart.

DuckDB reads the text and makes clean columns of it in SQL; rows come out in batches, in
the order of the file, each with its content digest and, where it is bad, the reason.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import re
import shutil
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple, TextIO

import numpy as np
from numpy.typing import NDArray

from wardroom.kernel.errors import Refused
from wardroom.kernel.outside import read_json
from wardroom.service_requests.gateways.clean import clean_columns, quoted
from wardroom.service_requests.gateways.lines import with_lines
from wardroom.service_requests.gateways.rejects import Reject
from wardroom.service_requests.rules import Layout, layout_from_toml

BATCH = 5_000
FIRST_ROW = 2
LONGEST_LINE = 1_048_576
MEMORY = "160MB"
BETWEEN, ROW = "\x1f", "\x1e"
WHY = {
    "UNQUOTED VALUE": "has a quotation mark that never ends",
    "INVALID ENCODING": "has letters that are not UTF-8",
    "LINE SIZE OVER MAXIMUM": "is longer than a line can be",
}
SHIPPED = (
    "dc-2014", "dc-2025", "dc-2015", "dc-snapshot", "plain-full", "plain", "chicago", "los-angeles",
    "open311",
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
    edited: str
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
            self.line, self.external_id, self.digest, self.edited, self.opened_on, code, name,
            agency, status, opened, closed or None, due or None, address, zip_code,
            int(address_id) if address_id else None,
            float(lat) if lat else None, float(lon) if lon else None,
            ward, priority, int(calls), channel, int(reporter) if reporter else None, parent,
        )  # fmt: skip


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
    """The file as plain CSV: itself, or a packed file or GeoJSON snapshot written out as one.

    Refuses: a file that is missing, is no GeoJSON, or was cut off while it was packed.
    """
    if not path.is_file():
        raise Refused("no_file", f"There is no file {path}.", field="file")
    is_snapshot = ".geojson" in path.name or ".json" in path.name
    if not is_snapshot and path.suffix != ".gz":
        yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "table.csv"
        if is_snapshot:
            _write_features(path, table)
        else:
            _unpack(path, table)
        yield table


def header_of(table: Path) -> list[str]:
    """The names of the columns.

    Refuses: a file that is empty, is no text, or has two columns of the same name.
    """
    try:
        with _open(table) as file:
            first = file.readline(LONGEST_LINE)
            header = next(csv.reader([first]), [])
    except (OSError, csv.Error):
        header = []
    if len(header) < 2 or "\0" in first:
        raise Refused("not_a_table", "This file has no columns.", field="file")
    twice = next((name for name in header if header.count(name) > 1), None)
    if twice is not None:
        raise Refused("not_a_table", f"This file has two columns “{twice}”.", field="file")
    return header


class Reading:
    """One pass over a table in a layout."""

    def __init__(self, table: Path, layout: Layout, *, now: datetime, file_name: str = "") -> None:
        self.table = table
        self.layout = layout
        self.now = now
        self._folder = tempfile.TemporaryDirectory()
        import duckdb  # it starts a thread: not in a web process that is about to fork

        self.db = duckdb.connect(
            config={"memory_limit": MEMORY, "threads": "2", "temp_directory": self._folder.name}
        )
        self.db.execute("SET TimeZone = 'UTC'")
        self.db.execute("SET preserve_insertion_order = true")
        self._header = header_of(table)
        self._clean = clean_columns(layout, self._header, now, shown=layout.instant_of(file_name))

    def __enter__(self) -> Reading:
        return self

    def __exit__(self, *_: object) -> None:
        self.db.close()
        self._folder.cleanup()

    def superseded(self) -> NDArray[np.int64]:
        """The rows whose request stands in the file again, edited later or further down.

        As they are counted by `batches`, in order. Of the file only hashes are held.
        """
        number = f"trim({quoted(self.layout.columns['external_id'])})"
        column = self.db.execute(
            f"SELECT hash({number}) AS h FROM {self._source()} WHERE {number} <> ''"  # noqa: S608
        ).fetchnumpy()["h"]
        column.sort()
        twice = np.unique(column[1:][column[1:] == column[:-1]])
        if not len(twice):
            return np.empty(0, dtype=np.int64)
        got = self.db.execute(
            "SELECT hash(external_id) AS h, md5_number_lower(external_id) AS k, "  # noqa: S608
            "coalesce(epoch(TRY_CAST(edited AS TIMESTAMP))::BIGINT, 0) AS edited, "
            f"problem IS NULL AS good FROM (SELECT {self._clean} FROM {self._source()})"
        ).fetchnumpy()
        rows = np.flatnonzero(np.asarray(got["good"]) & np.isin(got["h"], twice))
        h, k, edited = (np.asarray(got[name])[rows] for name in ("h", "k", "edited"))
        order = np.lexsort((rows, edited, k, h))
        h, k = h[order], k[order]
        beaten = (h[1:] == h[:-1]) & (k[1:] == k[:-1])
        return np.sort(rows[order][:-1][beaten]) + FIRST_ROW

    def batches(self) -> Iterator[list[Draft]]:
        """Rows in the order of the file, at most 5,000 at a time."""
        number = "replace(external_id, chr(30), ' ')"
        problem = "replace(coalesce(problem, ''), chr(30), ' ')"
        self._try(
            f"SELECT replace(concat_ws(chr(30), {number}, "  # noqa: S608
            f"{self._digest('payload')}, edited, {problem}, opened_on, "
            f"opened_at, payload), chr(0), '') FROM (SELECT {self._clean} "
            f"FROM {self._source(rejects=True)})"
        )
        line = FIRST_ROW
        # One text a row: to take seven values over one by one costs more than to read them.
        while rows := self.db.fetchmany(BATCH):
            yield [_draft(text, n) for n, (text,) in enumerate(rows, start=line)]
            line += len(rows)

    def _digest(self, payload: str) -> str:
        """SQL for what tells whether a row is the same: its values, and which it carries."""
        carried = ",".join(sorted(self.layout.carried - {"edited"}))
        mask = int.from_bytes(hashlib.blake2b(carried.encode(), digest_size=8).digest()) >> 1
        return f"xor((md5_number_lower({payload}) >> 1)::BIGINT, {mask}::BIGINT)"

    def malformed_count(self) -> int:
        """How many records are no rows at all."""
        found = self.db.execute("SELECT count(DISTINCT line) FROM reject_errors").fetchone()
        return int(found[0]) if found else 0

    def malformed(self) -> Iterator[Reject]:
        """What is no row at all: the record's number in the file, its text, and why."""
        self.db.execute(
            "SELECT line, left(any_value(csv_line), 200), any_value(error_type), "
            "any_value(error_message) FROM reject_errors GROUP BY line ORDER BY line"
        )
        while found := self.db.fetchmany(BATCH):
            for record, text, kind, why in found:
                yield Reject(int(record), "", text or "", WHY.get(kind) or self._why(why))

    def _why(self, told: str) -> str:
        found = re.search(r"Found: (\d+)", told)
        if found is None:
            return _first_line(told)
        return f"has {found.group(1)} columns where {len(self._header)} belong"

    def rejects(self, rows: Iterator[Reject]) -> Iterator[Reject]:
        """These rows and all that is malformed, with the lines of the file they begin on."""
        with _open(self.table) as text:
            yield from with_lines(text, rows=rows, malformed=self.malformed())

    def _source(self, *, rejects: bool = False) -> str:
        path = str(self.table).replace("'", "''")
        keep = "store_rejects=true" if rejects else "ignore_errors=true"
        names = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in self._header)
        return (
            f"read_csv('{path}', auto_detect=false, columns={{{names}}}, header=true, "
            f"delim=',', quote='\"', escape='\"', null_padding=false, "
            f"max_line_size={LONGEST_LINE}, buffer_size=4194304, {keep})"
        )

    def _try(self, sql: str) -> None:
        import duckdb

        try:
            self.db.execute(sql)
        except duckdb.Error as error:
            why = _first_line(str(error))
            raise Refused("not_a_table", f"This file cannot be read: {why}", field="file") from None


def _draft(text: str, line: int) -> Draft:
    number, digest, edited, problem, opened_on, opened_at, payload = text.split(ROW, 6)
    return Draft(number, int(digest), edited, problem or None, opened_on, opened_at, payload, line)


def _first_line(text: str) -> str:
    return text.strip().splitlines()[0][:300] if text.strip() else "unreadable"


def _open(path: Path) -> TextIO:
    """The text of a table; a letter that is not UTF-8 is shown as a question mark."""
    return path.open("r", encoding="utf-8-sig", errors="replace", newline="")


def _unpack(path: Path, table: Path) -> None:
    try:
        with gzip.open(path) as packed, table.open("wb") as plain:
            shutil.copyfileobj(packed, plain, 1_048_576)
    except (OSError, EOFError, zlib.error):
        raise Refused(
            "not_a_table", f"{path.name} cannot be read: it is damaged or cut off.", field="file"
        ) from None


def _write_features(path: Path, table: Path) -> None:
    try:
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        features = read_json(raw)["features"]
    except (ValueError, KeyError, TypeError, OSError, EOFError, zlib.error):
        raise Refused("not_geojson", f"{path.name} is not GeoJSON.", field="file") from None
    if not isinstance(features, list) or not all(_is_feature(f) for f in features):
        raise Refused("not_geojson", f"{path.name} is not GeoJSON.", field="file")
    shapes = {str((f.get("geometry") or {}).get("type", "Point")) for f in features} - {"Point"}
    if shapes:
        raise Refused(
            "not_requests",
            f"{path.name} holds shapes ({min(shapes)}), not the points of requests. Boundaries are "
            "read with: wardroom import boundaries",
            field="file",
        )
    names = dict.fromkeys(k for f in features for k in (f.get("properties") or {}))
    columns = [*(n for n in names if n not in {"LONGITUDE", "LATITUDE"}), "LONGITUDE", "LATITUDE"]
    with table.open("w", newline="", encoding="utf-8", errors="replace") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        for feature in features:
            row = {k: "" if v is None else v for k, v in (feature.get("properties") or {}).items()}
            point = (feature.get("geometry") or {}).get("coordinates")
            if not isinstance(point, list) or len(point) < 2:
                point = ["", ""]
            writer.writerow({**row, "LONGITUDE": point[0], "LATITUDE": point[1]})


def _is_feature(row: Any) -> bool:
    """Whether a row is built as GeoJSON builds them; what stands in it may still be anything."""
    return isinstance(row, dict) and all(
        isinstance(row.get(part) or {}, dict) for part in ("geometry", "properties")
    )
