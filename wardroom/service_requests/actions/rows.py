"""Writing many request rows at once, on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Sequence
from typing import Any, NamedTuple

from django.db import connection

from wardroom.service_requests.actions.resolving import Settled
from wardroom.service_requests.models import ImportRun, ServiceRequest

TABLE = ServiceRequest._meta.db_table
IDENTITY = ("feed_id", "external_id", "first_run_id")
ALWAYS = ("content_digest", "last_run_id", "service_id", "status", "place_key", "ward_id",
          "anc_id", "smd_id", "ward_code")  # fmt: skip
CARRIED = {
    "agency_code": "agency",
    "status_given": "status",
    "opened_at": "opened",
    "closed_at": "closed",
    "due_at": "due",
    "address": "address",
    "zip_code": "zip_code",
    "address_id": "address_id",
    "latitude": "latitude",
    "longitude": "longitude",
    "ward_given": "ward",
    "priority": "priority",
    "calls": "calls",
    "channel": "channel",
    "reporter_key": "reporter",
    "parent_id_given": "parent_id",
}


class Known(NamedTuple):
    """A request as it stands in the database."""

    pk: int
    digest: int
    status: str


def known_rows(feed_id: int, external_ids: Sequence[str]) -> dict[str, Known]:
    """Which of these requests we have already, by the city's number."""
    if not external_ids:
        return {}
    select = f"SELECT external_id, id, content_digest, status FROM {TABLE} WHERE feed_id = %s AND "  # noqa: S608
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(select + "external_id = ANY(%s)", [feed_id, list(external_ids)])
        else:
            cursor.execute(
                select + "external_id IN (SELECT value FROM json_each(%s))",  # noqa: S608
                [feed_id, json.dumps(list(external_ids))],
            )
        return {r[0]: Known(r[1], r[2], r[3]) for r in cursor.fetchall()}


def insert_rows(run: ImportRun, settled: Iterable[Settled]) -> None:
    """Write new requests."""
    columns = (*IDENTITY, *ALWAYS, *CARRIED)
    feed_id, run_id = run.feed_id, run.pk
    rows = [
        (feed_id, s.row.external_id, run_id, *_always(run_id, s), *_carried(s)) for s in settled
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


def change_rows(
    run: ImportRun, changed: Sequence[tuple[int, Settled]], *, carried: Container[str]
) -> None:
    """Write what changed; a column that the file does not carry keeps what it had."""
    if not changed:
        return
    kept = [n for n, field in enumerate(CARRIED.values()) if field in carried]
    columns = (*ALWAYS, *(list(CARRIED)[n] for n in kept))
    rows = [(*_always(run.pk, s), *(_carried(s)[n] for n in kept), pk) for pk, s in changed]
    sets = ", ".join(f"{c} = %s" for c in columns)
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {TABLE} SET {sets} WHERE id = %s", rows)  # noqa: S608


def _always(run_id: int, s: Settled) -> tuple[Any, ...]:
    return (
        s.row.digest, run_id, s.service_id, s.status, s.place_key, s.ward_id, s.anc_id, s.smd_id,
        s.ward_code,
    )  # fmt: skip


def _carried(s: Settled) -> tuple[Any, ...]:
    row = s.row
    return (
        s.agency_code, row.status_given, row.opened_at, row.closed_at, row.due_at, row.address,
        row.zip_code, row.address_id, row.latitude, row.longitude, row.ward_given, row.priority,
        row.calls, row.channel, row.reporter, row.parent_id,
    )  # fmt: skip
