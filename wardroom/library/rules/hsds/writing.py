"""Services out: as a CSV data package in a ZIP that describes itself."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any

from wardroom.library.rules.hsds.cells import Row, written
from wardroom.library.rules.hsds.tables import PROFILE, TABLES, Kind, Table

AT_ONCE = 500
ALWAYS = (1980, 1, 1, 0, 0, 0)
TYPES = {Kind.ID: "string", Kind.DAYS: "string", Kind.MONTH_DAYS: "string"}


def packed(tables: Mapping[str, Iterable[Row]]) -> bytes:
    """The tables as a data package. The same rows make the same bytes."""
    ordered = {name: sorted(rows, key=lambda row: row["id"]) for name, rows in tables.items()}
    return b"".join(pieces_of_package(ordered))


def pieces_of_package(tables: Mapping[str, Iterable[Row]]) -> Iterator[bytes]:
    """The same piece by piece, of rows in the order of their numbers; none is held for long."""
    held = Passage()
    with zipfile.ZipFile(held, "w") as archive:
        with archive.open(_part("datapackage.json"), "w") as part:
            part.write(json.dumps(_description(), indent=2).encode())
        for name, table in TABLES.items():
            with archive.open(_part(table.file), "w") as part:
                for text in _csv(table, tables.get(name, ())):
                    part.write(text.encode())
                    yield held.taken()
    yield held.taken()


class Passage(io.RawIOBase):
    """A file that is written from one side and taken away from the other."""

    def __init__(self) -> None:
        super().__init__()
        self._held: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, some: Any) -> int:
        """Hold this until it is taken."""
        self._held.append(bytes(some))
        return len(some)

    def taken(self) -> bytes:
        """What was written since it was taken last."""
        made, self._held = b"".join(self._held), []
        return made


def _part(name: str) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name, ALWAYS)
    made.compress_type = zipfile.ZIP_DEFLATED
    return made


def _csv(table: Table, rows: Iterable[Row]) -> Iterator[str]:
    """A table as text, some hundred rows at a time."""
    head = [column.name for column in table.columns]
    lines = ([written(c, row[c.name]) for c in table.columns] for row in rows)
    mark = "\ufeff"
    left = chain([head], lines)
    while some := list(islice(left, AT_ONCE)):
        text = io.StringIO(newline="")
        csv.writer(text, quoting=csv.QUOTE_ALL).writerows(some)
        yield mark + text.getvalue()
        mark = ""


def _description() -> dict[str, Any]:
    return {
        "name": "services",
        "title": "Services that people can be sent to",
        "profile": "tabular-data-package",
        "homepage": PROFILE,
        "resources": [_resource(table) for table in TABLES.values()],
    }


def _resource(table: Table) -> dict[str, Any]:
    fields = [_field(column.name, column.kind, column.needed) for column in table.columns]
    keys = [
        {"fields": c.name, "reference": {"resource": c.to, "fields": "id"}}
        for c in table.columns
        if c.to
    ]
    return {
        "name": table.name,
        "path": table.file,
        "profile": "tabular-data-resource",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "primaryKey": "id", "foreignKeys": keys},
    }


def _field(name: str, kind: Kind, needed: bool) -> dict[str, Any]:
    made: dict[str, Any] = {"name": name, "type": TYPES.get(kind, kind.value)}
    if kind is Kind.ID:
        made["format"] = "uuid"
    if needed:
        made["constraints"] = {"required": True}
    return made
