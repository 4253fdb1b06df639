"""Services out: as a CSV data package in a ZIP that describes itself."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from wardroom.library.rules.hsds.cells import Row, written
from wardroom.library.rules.hsds.tables import PROFILE, TABLES, Kind, Table

ALWAYS = (1980, 1, 1, 0, 0, 0)
TYPES = {Kind.ID: "string", Kind.DAYS: "string", Kind.MONTH_DAYS: "string"}


def packed(tables: Mapping[str, Iterable[Row]]) -> bytes:
    """The tables as a data package. The same rows make the same bytes."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        described = json.dumps(_description(), indent=2)
        archive.writestr(zipfile.ZipInfo("datapackage.json", ALWAYS), described)
        for name, table in TABLES.items():
            rows = sorted(tables.get(name, ()), key=lambda row: row["id"])
            archive.writestr(zipfile.ZipInfo(table.file, ALWAYS), _csv(table, rows))
    return held.getvalue()


def _csv(table: Table, rows: Iterable[Row]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([column.name for column in table.columns])
    for row in rows:
        writer.writerow([written(column, row[column.name]) for column in table.columns])
    return text.getvalue().encode("utf-8-sig")


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
