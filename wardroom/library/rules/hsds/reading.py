"""A file of services as somebody sends it: a CSV data package in a ZIP, or JSON. Nothing in it
is trusted: sizes, names, encodings and shapes are checked before a row is looked at.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from wardroom.kernel.errors import Refused
from wardroom.kernel.outside import TORN, read_json
from wardroom.library.rules.hsds.cells import BadCell, Row, read_row, unset
from wardroom.library.rules.hsds.nesting import flattened
from wardroom.library.rules.hsds.tables import TABLES, Table

LARGEST_FILE = 5_000_000
LARGEST_INSIDE = 25_000_000
MOST_FILES = 60
MOST_ROWS = 30_000
BY_FILE = {table.file: table for table in TABLES.values()}
BY_LIST = {table.many: table for table in TABLES.values()}
NOT_KEPT = frozenset({"metadata", "attributes"})


@dataclass(frozen=True)
class LeftOut:
    """A row that is not taken, and why."""

    table: str
    line: int
    name: str
    why: str


@dataclass
class Package:
    """What a file holds: the rows of each table by number, what is left out, what is not kept."""

    rows: dict[str, dict[str, Row]] = field(default_factory=lambda: {t: {} for t in TABLES})
    left_out: list[LeftOut] = field(default_factory=list)
    not_kept: set[str] = field(default_factory=set)

    @property
    def count(self) -> int:
        return sum(len(rows) for rows in self.rows.values())


def read_package(data: bytes) -> Package:
    """Every row of a file, read strictly. Refuses: what is neither a ZIP of CSV files nor JSON
    by the standard; one that is too large or not in UTF-8; one with no row of any table.
    """
    if len(data) > LARGEST_FILE:
        raise Refused("too_large", "Keep the file within five megabytes.", field="file")
    packed = data[:4] == b"PK\x03\x04"
    found = _of_zip(data) if packed else _of_json(data)
    package = Package()
    for number, (table, line, given) in enumerate(found):
        if number >= MOST_ROWS:
            raise Refused("too_many_rows", f"Keep it within {MOST_ROWS:,} rows.", field="file")
        _take(package, table, line, given)
    if not package.count and not package.left_out:
        raise Refused(
            "nothing_there",
            "There is no table of services in this file. A data package has services.csv,"
            " organizations.csv and so on.",
            field="file",
        )
    return package


def _take(package: Package, table: Table, line: int, given: Mapping[str, Any]) -> None:
    known = {column.name for column in table.columns}
    package.not_kept |= {
        f"{table.many}.{name}"[:80]
        for name, value in given.items()
        if name not in known and name not in NOT_KEPT and value not in (None, "", [], {})
    }
    try:
        row = read_row(table, given)
    except BadCell as no:
        name = str(given.get("name") or given.get("id") or "")[:80]
        package.left_out.append(LeftOut(table.name, line, name, str(no)))
        return
    before = package.rows[table.name].setdefault(row["id"], row)
    if before != row:
        why = "The same number stands for something else further up."
        package.left_out.append(LeftOut(table.name, line, str(row.get("name", ""))[:80], why))


def _of_zip(data: bytes) -> Iterator[tuple[Table, int, Mapping[str, Any]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MOST_FILES:
                raise Refused("too_many_files", "There are too many files in it.", field="file")
            if sum(member.file_size for member in members) > LARGEST_INSIDE:
                raise _bomb()
            texts = [(m.filename, _text_of(archive, m)) for m in members if _table_of(m.filename)]
    except TORN:
        raise Refused("bad_zip", "This ZIP file cannot be opened.", field="file") from None
    except zipfile.LargeZipFile:
        raise _bomb() from None
    seen: set[str] = set()
    for name, text in texts:
        table = _table_of(name)
        assert table is not None
        if table.name in seen:
            raise Refused("twice", f"{table.file} is in the file twice.", field="file")
        seen.add(table.name)
        yield from _of_csv(table, text)


def _table_of(name: str) -> Table | None:
    return BY_FILE.get(name.replace("\\", "/").rsplit("/", 1)[-1].lower())


def _text_of(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> str:
    """One file of a ZIP; what it says of its own size is not believed."""
    with archive.open(member) as opened:
        data = opened.read(LARGEST_INSIDE + 1)
    if len(data) > LARGEST_INSIDE:
        raise _bomb()
    return _decoded(data, member.filename.rsplit("/", 1)[-1][:60])


def _bomb() -> Refused:
    return Refused("too_large", "What is packed in this file is far too large.", field="file")


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(
            "bad_encoding", f"{name} is not in UTF-8. Save it as UTF-8 first.", field="file"
        ) from None


def _of_csv(table: Table, text: str) -> Iterator[tuple[Table, int, Mapping[str, Any]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        heads = [head.strip() for head in next(reader, [])]
        if "id" not in heads or len(set(heads)) != len(heads):
            raise Refused(
                "bad_heads",
                f"The first line of {table.file} must name its columns, each once, with “id”.",
                field="file",
            )
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield table, reader.line_num, dict(zip(heads, map(unset, cells), strict=False))
    except csv.Error:
        raise Refused(
            "bad_csv", f"{table.file} is broken near line {reader.line_num}.", field="file"
        ) from None


def _of_json(data: bytes) -> Iterator[tuple[Table, int, Mapping[str, Any]]]:
    text = _decoded(data, "The file")
    try:
        given = read_json(text, strict=True)
    except ValueError:
        raise Refused(
            "bad_json", "This is neither a ZIP file nor JSON. Look at the file.", field="file"
        ) from None
    if isinstance(given, dict) and isinstance(given.get("contents"), list):
        given = given["contents"]
    if isinstance(given, dict) and "id" in given:
        given = [given]
    yield from _listed(given) if isinstance(given, dict) else _services(given)


def _listed(given: Mapping[str, Any]) -> Iterator[tuple[Table, int, Mapping[str, Any]]]:
    """Rows by table, as a data package has them."""
    for name, table in BY_LIST.items():
        rows = given.get(name, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise Refused("bad_shape", f"“{name}” must be a list of objects.", field="file")
        for number, row in enumerate(rows, 1):
            if name == "services" and _is_nested(row):
                yield from ((BY_LIST[many], number, part) for many, part in flattened(row))
            else:
                yield table, number, row


def _services(given: Any) -> Iterator[tuple[Table, int, Mapping[str, Any]]]:
    """Services with everything that belongs to them inside."""
    if not isinstance(given, list) or not all(isinstance(row, dict) for row in given):
        raise Refused("bad_shape", "JSON must be a list of services.", field="file")
    for number, row in enumerate(given, 1):
        yield from ((BY_LIST[many], number, part) for many, part in flattened(row))


def _is_nested(row: Mapping[str, Any]) -> bool:
    return any(isinstance(value, dict | list) for value in row.values())
