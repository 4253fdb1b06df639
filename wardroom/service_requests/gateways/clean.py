"""What the columns of a city's file become: the SQL of clean values and of faults."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from wardroom.kernel.errors import Refused
from wardroom.service_requests.rules import Layout

MOST_CALLS = 1_000_000


def clean_columns(layout: Layout, header: Sequence[str], now: datetime, *, shown: str = "") -> str:
    """The SQL that makes clean values, and the reason where a row is bad, of a file's columns."""
    absent = [c for c in layout.columns.values() if c not in header]
    if absent:
        raise Refused("bad_layout", f"The file has no column {absent[0]}.", field="layout")

    def raw(name: str) -> str:
        if name in layout.columns:
            return f"trim(coalesce({quoted(layout.columns[name])}, ''))"
        return _text(str(layout.defaults.get(name, "")))

    def text(name: str, size: int) -> str:
        return f"left({raw(name)}, {size})"

    def whole(name: str) -> str:
        return f"TRY_CAST(TRY_CAST(nullif({raw(name)}, '') AS DOUBLE) AS BIGINT)"

    def number(name: str) -> str:
        return f"TRY_CAST(nullif({raw(name)}, '') AS DOUBLE)"

    opened, closed, due, edited = (
        instant_sql(raw(n), layout) for n in ("opened", "closed", "due", "edited")
    )

    def no_number(name: str) -> str:
        return f"{raw(name)} <> '' AND {number(name)} IS NULL"

    number_given = raw("external_id")
    kind = "service_code" if "service_code" in layout.columns else "service_name"
    code = raw(kind)
    name = raw("service_name") if "service_name" in layout.columns else code
    has_point = (
        f"{number('latitude')} IS NOT NULL AND {number('longitude')} IS NOT NULL "
        f"AND NOT ({number('latitude')} = 0 AND {number('longitude')} = 0)"
    )
    latest = (now + timedelta(days=1)).strftime("%Y-%m-%d %H:%M:%S")
    problem = _problem(
        layout,
        [
            ("external_id", f"{number_given} = ''", "has no request number"),
            (
                "external_id",
                f"length({raw('external_id')}) > 40",
                "is longer than a request number",
            ),
            (kind, f"{code} = ''", "names no service"),
            ("opened", f"{opened} IS NULL", "is not a time we can read"),
            ("opened", f"{opened} > TIMESTAMP '{latest}'", "lies in the future"),
            ("closed", _unread("closed", raw, closed, layout), "is not a time we can read"),
            ("due", _unread("due", raw, due, layout), "is not a time we can read"),
            ("latitude", no_number("latitude"), "is not a number"),
            ("longitude", no_number("longitude"), "is not a number"),
            ("latitude", f"NOT {number('latitude')} BETWEEN -90 AND 90", "is not a latitude"),
            ("longitude", f"NOT {number('longitude')} BETWEEN -180 AND 180", "is not a longitude"),
        ],
        raw,
    )
    stamp = "strftime({}, '%Y-%m-%d %H:%M:%S')"
    edited = f"CASE WHEN {edited} <= TIMESTAMP '{latest}' THEN {stamp.format(edited)} ELSE '' END"
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
        "calls": f"least(greatest(coalesce({whole('calls')}, 1), 0), {MOST_CALLS})",
        "channel": text("channel", 20),
        "reporter": _reporter(raw("reporter")),
        "parent_id": text("parent_id", 40),
    }
    mixed = ", ".join(
        f"replace(coalesce(({v})::VARCHAR, ''), chr(31), ' ')" for v in values.values()
    )
    local = f"strftime(timezone({_text(layout.zone)}, timezone('UTC', {opened})), '%Y-%m-%d')"
    columns = [
        f"{number_given} AS external_id",
        f"{_text(shown) if layout.dated_by_name else edited} AS edited",
        f"{problem} AS problem",
        f"coalesce({local}, '') AS opened_on",
        f"coalesce({stamp.format(opened)}, '') AS opened_at",
        f"concat_ws(chr(31), {mixed}) AS payload",
    ]
    return ", ".join(columns)


def _problem(layout: Layout, faults: Sequence[tuple[str, str, str]], raw: Any) -> str:
    """SQL for the first fault of a row: its column as the file names it, the value, the reason."""
    whens = []
    for name, when, reason in faults:
        column = _text(layout.columns.get(name, name))
        whens.append(f"WHEN {when} THEN concat_ws(chr(31), {column}, {raw(name)}, '{reason}')")
    return f"CASE {' '.join(whens)} END"


def instant_sql(raw: str, layout: Layout) -> str:
    """SQL for a UTC timestamp, NULL where blank, unreadable, or a sentinel (1970, 9999)."""
    given = f"nullif({raw}, '')"
    if layout.clock == "epoch-ms":
        read = f"make_timestamp(TRY_CAST(TRY_CAST({given} AS DOUBLE) AS BIGINT) * 1000)"
        read = f"CASE WHEN abs(TRY_CAST({given} AS DOUBLE)) < 1e15 THEN {read} END"
    elif layout.clock == "instant":
        read = f"timezone('UTC', TRY_CAST({given} AS TIMESTAMPTZ))"
    else:
        formats = "[" + ", ".join(_text(f) for f in layout.formats) + "]"
        read = f"try_strptime({given}, {formats})"
        if layout.clock == "fixed-offset":
            read = f"({read} - INTERVAL ({layout.offset_minutes}) MINUTE)"
        else:
            read = f"timezone('UTC', timezone({_text(layout.zone)}, {read}))"
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


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def quoted(column: str) -> str:
    """A column's name in SQL."""
    return '"' + column.replace('"', '""') + '"'
