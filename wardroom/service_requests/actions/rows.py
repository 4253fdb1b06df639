"""Writing many request rows at once, on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db import connection

from wardroom.service_requests.actions.resolving import Settled
from wardroom.service_requests.gateways.files import Row
from wardroom.service_requests.models import Feed, ImportRun, ServiceRequest
from wardroom.service_requests.rules import Layout

TABLE = ServiceRequest._meta.db_table
IDENTITY = ("feed_id", "external_id", "first_run_id")
READING = ("content_digest", "last_run_id")
EDITED, SHOWN = "edited_at", "shown_at"
DERIVED = ("service_id", "status", "place_key", "ward_id", "anc_id", "smd_id", "ward_code")
CARRIED = (
    "agency_code", "status_given", "opened_at", "closed_at", "due_at", "address", "zip_code",
    "address_id", "latitude", "longitude", "ward_given", "priority", "calls", "channel",
    "reporter_key", "parent_id_given",
)  # fmt: skip
TIMES = {"opened_at", "closed_at", "due_at"}


class Known(NamedTuple):
    """A request as it stands in the database."""

    pk: int
    digest: int
    edited: str


def clock_of(layout: Layout) -> str:
    """Where the instants of such files are kept: two clocks are never held to each other."""
    return SHOWN if layout.dated_by_name else EDITED


def known_rows(
    feed_id: int, external_ids: Sequence[str], *, clock: str, dated: bool
) -> dict[str, Known]:
    """Which of these requests we have already, by the city's number.

    Without ``dated`` no row says when it was edited, and what we know of that is not read.
    """
    edited = f"coalesce({_time(clock)}, '')" if dated else "''"
    columns = f"external_id, id, content_digest, {edited}"
    select = f"SELECT {columns} FROM {TABLE} WHERE feed_id = {int(feed_id)}"  # noqa: S608
    return {r[0]: Known(*r[1:]) for r in _among(select, "external_id", external_ids)}


def stored_rows(pks: Sequence[int], *, clock: str) -> dict[int, Settled]:
    """What we keep of these requests, as if it had just been read."""
    edited = f"coalesce({_time(clock)}, '')"
    columns = ["id", "external_id", "content_digest", edited, *DERIVED]
    columns += [_time(c) if c in TIMES else c for c in CARRIED]
    found = {}
    for r in _among(f"SELECT {', '.join(columns)} FROM {TABLE} WHERE true", "id", pks):  # noqa: S608
        pk, number, digest, at = r[:4]
        service_id, *derived = r[4:11]
        agency, *carried = r[11:]
        row = Row(0, number, digest, at, "", "", "", agency, *carried)
        found[pk] = Settled(row, service_id, agency, *derived)
    return found


def _among(select: str, column: str, values: Sequence[int] | Sequence[str]) -> list[Any]:
    """The rows of a selection where a column has one of many values."""
    if not values:
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"{select} AND {column} = ANY(%s)", [list(values)])
        else:
            among = f"{column} IN (SELECT value FROM json_each(%s))"  # noqa: S608
            cursor.execute(f"{select} AND {among}", [json.dumps(list(values))])
        return list(cursor.fetchall())


def _time(column: str) -> str:
    """SQL for an instant as the files give it: UTC text to the second."""
    if connection.vendor == "postgresql":
        return f"to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')"
    return f"substr({column}, 1, 19)"


def insert_rows(run: ImportRun, settled: Iterable[Settled], *, clock: str) -> None:
    """Write new requests."""
    columns = (*IDENTITY, *READING, clock, *DERIVED, *CARRIED)
    feed_id, run_id = run.feed_id, run.pk
    rows = [
        (
            feed_id,
            s.row.external_id,
            run_id,
            s.row.digest,
            run_id,
            s.row.edited or None,
            *values_of(s),
        )
        for s in settled
    ]
    if not rows:
        return
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {TABLE} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {TABLE} ({names}) VALUES ({marks})", rows)  # noqa: S608


def change_rows(run: ImportRun, changed: Sequence[tuple[int, Settled]], *, clock: str) -> None:
    """Write what changed."""
    rows = [(s.row.digest, run.pk, s.row.edited or None, *values_of(s), pk) for pk, s in changed]
    _update((*READING, clock, *DERIVED, *CARRIED), rows)


def note_read(known: Sequence[Known], *, clock: str) -> None:
    """Remember of requests that stay as they are how the newest file told them, and when."""
    _update(("content_digest", clock), [(k.digest, k.edited or None, k.pk) for k in known])


def unplaced_rows(kind: str, after_id: int, most: int) -> list[Any]:
    """Requests with a point and no district of a kind, in the order of their numbers.

    Each with number, longitude, latitude, opening time and the zone of its feed.
    """
    sql = (
        f"SELECT r.id, r.longitude, r.latitude, {_time('r.opened_at')}, f.zone "  # noqa: S608
        f"FROM {TABLE} r JOIN {Feed._meta.db_table} f ON f.id = r.feed_id "
        f"WHERE r.id > %s AND r.{kind}_id IS NULL AND r.latitude IS NOT NULL ORDER BY r.id LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [after_id, most])
        return list(cursor.fetchall())


def place_rows(kind: str, placed: Sequence[tuple[int, str, int]]) -> None:
    """Write the district of each request; for a ward its code too."""
    if kind == "ward":
        _update(("ward_id", "ward_code"), placed)
    else:
        _update((f"{kind}_id",), [(district, pk) for district, _, pk in placed])


def _update(columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    if not rows:
        return
    sets = ", ".join(f"{c} = %s" for c in columns)
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {TABLE} SET {sets} WHERE id = %s", rows)  # noqa: S608


def values_of(s: Settled) -> tuple[Any, ...]:
    """Everything that is kept of a request but its identity and its readings."""
    row = s.row
    return (
        s.service_id, s.status, s.place_key, s.ward_id, s.anc_id, s.smd_id, s.ward_code,
        s.agency_code, row.status_given, row.opened_at, row.closed_at, row.due_at, row.address,
        row.zip_code, row.address_id, row.latitude, row.longitude, row.ward_given, row.priority,
        row.calls, row.channel, row.reporter, row.parent_id,
    )  # fmt: skip
