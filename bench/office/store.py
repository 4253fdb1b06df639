"""Rows as the database keeps them, written in bulk past the models.

A column that is not given holds its field's default, so that a new column does not stop this.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Max, Model
from django.db.models.expressions import DatabaseDefault

AT_ONCE = 5000
Row = dict[str, Any]


def plain(value: Any) -> Any:
    """A value as SQLite keeps it."""
    if isinstance(value, datetime):
        return str(value.astimezone(UTC).replace(tzinfo=None))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, dict | list | tuple):
        return json.dumps(value)
    return value


class Table:
    """The rows of one model that are still to be written."""

    def __init__(self, store: Store, model: type[Model]) -> None:
        meta = model._meta
        fields = [
            f for f in meta.concrete_fields if not isinstance(f.get_default(), DatabaseDefault)
        ]
        self.store = store
        self.blank: Row = {str(f.column): plain(f.get_default()) for f in fields}
        columns = ", ".join(f'"{column}"' for column in self.blank)
        marks = ", ".join("?" for _ in self.blank)
        self.sql = f'INSERT INTO "{meta.db_table}" ({columns}) VALUES ({marks})'
        last = model._default_manager.aggregate(last=Max("pk"))["last"]
        self.last = int(last or 0)
        self.waiting: list[tuple[Any, ...]] = []

    def number(self) -> int:
        """The number of the next row."""
        self.last += 1
        return self.last

    def row(self, **given: Any) -> Row:
        """A new row with its number, to be changed until it is put."""
        made = {**self.blank, "id": self.number(), **given}
        assert len(made) == len(self.blank), given
        return made

    def put(self, row: Row) -> None:
        """Write a row; the order of its columns is that of the table."""
        self.waiting.append(tuple(row.values()))
        if len(self.waiting) >= AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        self.store.write(self.sql, self.waiting)
        self.waiting = []


class Store:
    """All the tables, over one connection to an SQLite file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.tables: dict[type[Model], Table] = {}
        self.spelt: set[str] | None = None

    def table(self, model: type[Model]) -> Table:
        """The rows of this model; asked for the first time, it looks up the last number."""
        if model not in self.tables:
            self.tables[model] = Table(self, model)
        return self.tables[model]

    def write(self, sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Write some rows at once."""
        if rows:
            self.connection.executemany(sql, rows)

    def flush(self) -> None:
        """Write everything that waits."""
        for table in self.tables.values():
            table.flush()
