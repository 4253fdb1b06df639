"""Rows of a shape as XML and as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from wardroom.api.open311.schema import FLAG, INSTANT, NUMBER, WHOLE, Column, Shape

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
# What no XML document holds, not even escaped.
_NEVER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
Row = Sequence[Any]


def written(shape: Shape, rows: Sequence[Row], *, as_xml: bool) -> str:
    """An answer in one of the two formats; of a single shape the one row."""
    return as_xml_text(shape, rows) if as_xml else as_json_text(shape, rows)


def as_json_text(shape: Shape, rows: Sequence[Row]) -> str:
    """The rows as JSON."""
    return json.dumps(_plain(shape, rows), ensure_ascii=False, separators=(",", ":"))


def as_xml_text(shape: Shape, rows: Sequence[Row]) -> str:
    """The rows as XML, with its declaration."""
    out: list[str] = [DECLARATION]
    _nested(shape, rows, out)
    return "".join(out)


def _plain(shape: Shape, rows: Sequence[Row]) -> Any:
    if not shape.columns:
        return [_clean(str(row)) for row in rows]
    objects = [_object(shape.columns, row) for row in rows]
    return objects[0] if shape.single else objects


def _object(columns: Sequence[Column], row: Row) -> dict[str, Any]:
    found = {}
    for column, value in zip(columns, row, strict=True):
        if column.rows is not None:
            if value or not column.left_out:
                found[column.name] = _plain(column.rows, value)
            continue
        plain = _value(column.kind, value)
        if plain is not None or not column.left_out:
            found[column.name] = plain
    return found


def _value(kind: str, value: Any) -> Any:
    if value is None or value == "":
        return None
    if kind == INSTANT:
        return instant(value)
    if kind in (FLAG, WHOLE, NUMBER):
        return value
    return _clean(str(value))


def _nested(shape: Shape, rows: Sequence[Row], out: list[str]) -> None:
    if not shape.single:
        out.append(f"<{shape.root}>" if rows else f"<{shape.root}/>")
    for row in rows:
        if not shape.columns:
            out.append(f"<{shape.row}>{_text(str(row))}</{shape.row}>")
            continue
        out.append(f"<{shape.row}>")
        for column, value in zip(shape.columns, row, strict=True):
            _element(column, value, out)
        out.append(f"</{shape.row}>")
    if not shape.single and rows:
        out.append(f"</{shape.root}>")


def _element(column: Column, value: Any, out: list[str]) -> None:
    if column.left_out and not value:
        return
    name = column.name
    if column.rows is not None:
        _nested(column.rows, value, out)
    elif value is None or value == "":
        out.append(f"<{name}/>")
    elif column.kind == FLAG:
        out.append(f"<{name}>{'true' if value else 'false'}</{name}>")
    elif column.kind == INSTANT:
        out.append(f"<{name}>{instant(value)}</{name}>")
    else:
        out.append(f"<{name}>{_text(str(value))}</{name}>")


def _text(text: str) -> str:
    return _clean(text).translate(_ESCAPED)


def _clean(text: str) -> str:
    return _NEVER.sub("", text)


def instant(at: datetime) -> str:
    """An instant to the second, in UTC, as GeoReport writes it: with a Z behind it."""
    if at.tzinfo is not UTC:
        at = at.astimezone(UTC)
    return at.isoformat(timespec="seconds")[:19] + "Z"
