"""One cell of a file: read strictly, and written so that no table program runs it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from typing import Any
from uuid import UUID

from wardroom.kernel.cells import would_run
from wardroom.library.rules.hsds.tables import Column, Kind, Table

Row = dict[str, Any]
DAY = r"[+-]?[1-5]?(?:MO|TU|WE|TH|FR|SA|SU)"
DAYS = re.compile(rf"{DAY}(?:,{DAY})*")
MONTH_DAYS = re.compile(r"-?(?:[1-9]|[12][0-9]|3[01])(?:,-?(?:[1-9]|[12][0-9]|3[01]))*")
HOUR = re.compile(r"([01][0-9]|2[0-4]):([0-5][0-9])(?::[0-5][0-9](?:\.0+)?)?(Z|[+-]\d\d:?\d\d)?")
OWN_ZONE = frozenset({"", "-05:00", "-04:00", "-0500", "-0400"})
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class BadCell(ValueError):
    """A cell that says nothing the column can hold; its words say why."""


def read_row(table: Table, given: Mapping[str, Any]) -> Row:
    """The row with every column the office keeps. Raises `BadCell` with the reason."""
    row = {column.name: read_cell(column, given.get(column.name)) for column in table.columns}
    if table.owners and not any(row[name] for name in table.owners):
        raise BadCell("It belongs to nothing that is kept here.")
    return row


def read_cell(column: Column, given: Any) -> Any:
    """What a cell says, as plain JSON. Raises `BadCell` where it says nothing of the kind."""
    if isinstance(given, dict | list | bool):
        raise BadCell(f"“{column.name}” holds no single value.")
    text = "" if given is None else str(given).strip()
    if not text:
        if column.needed:
            raise BadCell(f"“{column.name}” is missing.")
        return "" if is_text(column) else None
    if CONTROL.search(text):
        raise BadCell(f"“{column.name}” holds signs that no text has.")
    return _read(column, text)


def is_text(column: Column) -> bool:
    """Whether an empty cell of this column is an empty text, and not nothing at all."""
    return column.kind in (Kind.TEXT, Kind.DAYS, Kind.MONTH_DAYS)


def _read(column: Column, text: str) -> Any:
    try:
        match column.kind:
            case Kind.ID:
                return str(UUID(text))
            case Kind.NUMBER:
                return _number(column, text)
            case Kind.WHOLE:
                return _whole(column, text)
            case Kind.DAY:
                return date.fromisoformat(
                    text[:10] if text[10:11] in ("T", " ") else text
                ).isoformat()
            case Kind.TIME:
                return _time(column, text)
            case _:
                return _words(column, text)
    except BadCell:
        raise
    except ValueError:
        raise BadCell(
            f"“{column.name}” is {text[:40]!r}, which is no {_NAMES[column.kind]}."
        ) from None


_NAMES = {
    Kind.ID: "UUID",
    Kind.NUMBER: "number",
    Kind.WHOLE: "whole number",
    Kind.DAY: "day such as 2026-11-30",
    Kind.TIME: "time such as 09:30",
}


def _number(column: Column, text: str) -> float:
    number = float(text)
    if not -column.most <= number <= column.most:
        raise BadCell(f"“{column.name}” is out of range: {text[:40]}.")
    return number


def _whole(column: Column, text: str) -> int:
    number = float(text)
    if number != number // 1 or not 0 <= number <= column.most:
        raise BadCell(f"“{column.name}” must be a whole number from 0 to {column.most}.")
    return int(number)


def _time(column: Column, text: str) -> str:
    found = HOUR.fullmatch(text)
    if found is None or (found[1] == "24" and found[2] != "00"):
        raise ValueError(text)
    if (found[3] or "") not in OWN_ZONE:
        raise BadCell(f"“{column.name}” is in another time zone. Write it in the city's own time.")
    return time(int(found[1]) % 24, int(found[2])).isoformat("minutes")


def _words(column: Column, text: str) -> str:
    if column.among and text not in column.among:
        raise BadCell(f"“{column.name}” must be one of: {', '.join(column.among)}.")
    if column.kind is Kind.DAYS:
        text = text.upper().replace(" ", "")
        if not DAYS.fullmatch(text):
            raise BadCell(f"“{column.name}” must name days, such as MO,TU or 2MO.")
    if column.kind is Kind.MONTH_DAYS and not MONTH_DAYS.fullmatch(text := text.replace(" ", "")):
        raise BadCell(f"“{column.name}” must name days of a month, such as 1,15 or -1.")
    if len(text) > column.most:
        raise BadCell(f"“{column.name}” is longer than {column.most:,} characters.")
    return text


def written(column: Column, value: Any) -> str:
    """A cell of a CSV file; a text that a table program would run is set off by an apostrophe."""
    if value is None:
        return ""
    text = str(value)
    if is_text(column) and (would_run(text) or text[:1] == "'"):
        return f"'{text}"
    return text


def unset(text: str) -> str:
    """A cell as it was before an apostrophe set it off."""
    was = text[1:]
    return was if text[:1] == "'" and (would_run(was) or was[:1] == "'") else text
