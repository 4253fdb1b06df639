"""What reading a file in would do, row by row, against what the office has."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wardroom.library.rules.hsds.cells import Row
from wardroom.library.rules.hsds.tables import TABLES, Table

NEW, CHANGED, SAME, REFUSED = "new", "changed", "same", "refused"
STATES: Mapping[str, str] = {
    REFUSED: "Left out",
    CHANGED: "Changed",
    NEW: "New",
    SAME: "The same",
}
Known = Mapping[str, Mapping[str, Row]]


@dataclass(frozen=True)
class Differs:
    """A column whose value would change."""

    column: str
    before: str
    after: str


@dataclass(frozen=True)
class Compared:
    """One row of the file: what would become of it, and what would change."""

    table: str
    id: str
    name: str
    state: str
    row: Row
    differs: tuple[Differs, ...] = ()
    why: str = ""


def compare(given: Known, known: Known) -> tuple[Compared, ...]:
    """Every row of a file against what the office has.

    A row that points to nothing, here or in the file, is left out, and so is what points to it.
    """
    there = {name: set(known.get(name, {})) for name in TABLES}
    made: list[Compared] = []
    for name, table in TABLES.items():
        for row in _parents_first(table, given.get(name, {})):
            found = _compared(table, row, known.get(name, {}).get(row["id"]), there)
            made.append(found)
            if found.state != REFUSED:
                there[name].add(row["id"])
    return tuple(made)


def digest_of(rows: tuple[Compared, ...]) -> str:
    """The fingerprint of exactly what would be written."""
    told = [(r.table, r.state, r.row, [d.before for d in r.differs]) for r in rows if writes(r)]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:32]


def writes(row: Compared) -> bool:
    """Whether anything of it would be written."""
    return row.state in (NEW, CHANGED)


def _parents_first(table: Table, rows: Mapping[str, Row]) -> list[Row]:
    """The rows in an order in which what a row of the same table points to comes before it."""
    own = next((c.name for c in table.columns if c.to == table.name), None)
    if own is None:
        return list(rows.values())
    ordered: dict[str, Row] = {}
    for row in rows.values():
        chain: list[Row] = []
        seen: set[str] = set()
        while row is not None and row["id"] not in ordered and row["id"] not in seen:
            chain.append(row)
            seen.add(row["id"])
            row = rows.get(row[own] or "")  # type: ignore[assignment]
        ordered |= {link["id"]: link for link in reversed(chain)}
    return list(ordered.values())


def _compared(
    table: Table, row: Row, before: Row | None, there: Mapping[str, set[str]]
) -> Compared:
    name = str(row.get("name") or row.get("number") or row.get("address_1") or "")
    for column in table.columns:
        if column.to and row[column.name] and row[column.name] not in there[column.to]:
            label = TABLES[column.to].label.lower()
            why = f"“{column.name}” points to a {label} that is not there."
            return Compared(table.name, row["id"], name, REFUSED, row, why=why)
    if before is None:
        return Compared(table.name, row["id"], name, NEW, row)
    differs = tuple(
        Differs(c.name, _said(before[c.name]), _said(row[c.name]))
        for c in table.columns
        if before[c.name] != row[c.name]
    )
    return Compared(table.name, row["id"], name, CHANGED if differs else SAME, row, differs)


def _said(value: Any) -> str:
    return "" if value is None else str(value)[:300]
