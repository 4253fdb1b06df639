"""Which files and windows were read into the mirror, and how far it reaches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from wardroom.access.actor import Actor
from wardroom.service_requests import policy
from wardroom.service_requests.models import ImportRun


@dataclass(frozen=True)
class RunRow:
    """One reading of one file."""

    id: int
    feed_name: str
    layout: str
    file_name: str
    state: str
    started_at: datetime
    finished_at: datetime | None
    data_as_of: datetime | None
    rows_read: int
    rows_new: int
    rows_changed: int
    rows_same: int
    rows_rejected: int
    schematic: bool


def import_runs(actor: Actor, *, limit: int = 50) -> tuple[RunRow, ...]:
    """The last readings of files, newest first; nothing for people outside the office."""
    if not policy.may_see_imports(actor):
        return ()
    runs = ImportRun.objects.select_related("feed").order_by("-started_at", "-pk")[:limit]
    return tuple(run_row(r) for r in runs)


def run_row(r: ImportRun) -> RunRow:
    """A reading as lists show it."""
    return RunRow(
        id=r.pk,
        feed_name=r.feed.name,
        layout=r.layout,
        file_name=r.file_name,
        state=r.state,
        started_at=r.started_at,
        finished_at=r.finished_at,
        data_as_of=r.data_as_of,
        rows_read=r.rows_read,
        rows_new=r.rows_new,
        rows_changed=r.rows_changed,
        rows_same=r.rows_same,
        rows_rejected=r.rows_rejected,
        schematic=r.feed.schematic,
    )


def data_as_of() -> datetime | None:
    """The latest instant that any reading which came to its end reached."""
    done = ImportRun.objects.filter(state=ImportRun.State.DONE)
    latest: datetime | None = done.aggregate(latest=Max("data_as_of"))["latest"]
    return latest
