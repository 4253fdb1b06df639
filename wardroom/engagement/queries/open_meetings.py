"""What everybody may read of public bodies' meetings: notices, minutes and records that are out.

Only what was published is here. It needs no account and gives nobody's contact.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max, QuerySet
from django.utils.timezone import localtime

from wardroom.access.actor import Actor
from wardroom.documents.gateways import read_content
from wardroom.engagement.facts import BodyMeetingCancelled
from wardroom.engagement.models import BodyMeeting, BodyMinutes
from wardroom.engagement.queries.body_meetings import (
    MinutesRow,
    RecordRow,
    minutes_row,
    record_row,
)
from wardroom.kernel.errors import NotFound
from wardroom.kernel.paging import page_at
from wardroom.kernel.text import long_instant
from wardroom.ledger.models import Entry

PAGE_ROWS = 25
AFTER = timedelta(hours=12)


@dataclass(frozen=True)
class OpenMeetingRow:
    """A meeting in the public list."""

    id: int
    body: str
    ward_code: str
    starts_at: datetime
    place: str
    state: str
    minutes: int
    coming: bool


@dataclass(frozen=True)
class OpenMeetingPage:
    """A page of meetings: those to come first, then the newest."""

    rows: tuple[OpenMeetingRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class OpenMeeting:
    """One meeting as everybody may read it. `moved_to` is its time where no notice has it yet.

    ``starts_at`` and ``ends_at`` are what the notice says; its end is told only as long as it
    is still that of the meeting.
    """

    id: int
    content: Mapping[str, Any]
    version: int
    published_at: datetime
    starts_at: datetime
    ends_at: datetime | None
    state: str
    cancelled_why: str
    moved_to: str
    moved_at: datetime | None
    minutes: tuple[MinutesRow, ...]
    record: RecordRow | None


def open_meetings(
    _: Actor, *, now: datetime, body: str = "", shown: str = "coming", page: int = 1
) -> OpenMeetingPage:
    """The meetings of public bodies whose notice is out; ``shown`` is coming, past or all."""
    rows = _published()
    if body.isdigit():
        rows = rows.filter(body__party_id=int(body))
    if shown == "coming":
        rows = rows.filter(event__starts_at__gte=now - AFTER).order_by("event__starts_at", "pk")
    elif shown == "past":
        rows = rows.filter(event__starts_at__lt=now - AFTER).order_by("-event__starts_at", "-pk")
    else:
        rows = rows.order_by("-event__starts_at", "-pk")
    total = rows.count()
    page, pages, on_page = page_at(total, page, PAGE_ROWS)
    chosen = rows.annotate(minuted=Max("minutes__version"))[on_page]
    return OpenMeetingPage(tuple(_row(row, now) for row in chosen), total, page, pages)


def bodies_with_notices(_: Actor) -> tuple[tuple[str, str], ...]:
    """The public bodies that ever published a notice, number and name."""
    rows = _published().order_by("body__party__name", "body__party_id")
    found = rows.values_list("body__party_id", "body__party__name").distinct()
    return tuple((str(number), name) for number, name in found)


def open_meeting(matter_id: int, _: Actor) -> OpenMeeting:
    """One meeting as everybody may read it; `NotFound` where no notice is out."""
    meeting = _get(matter_id)
    notice = meeting.notices.order_by("-version")[0]
    event = meeting.event
    moved = event.state != "cancelled" and notice.starts_at != event.starts_at
    return OpenMeeting(
        id=matter_id,
        content=notice.content,
        version=notice.version,
        published_at=notice.published_at,
        starts_at=notice.starts_at,
        ends_at=event.ends_at if _told(event.ends_at) == notice.content["until"] else None,
        state=event.state,
        cancelled_why=_told_why(matter_id) if event.state == "cancelled" else "",
        moved_to=_told(event.starts_at) if moved else "",
        moved_at=event.starts_at if moved else None,
        minutes=tuple(minutes_row(m) for m in meeting.minutes.order_by("-version")),
        record=record_row(meeting),
    )


def _told(at: datetime) -> str:
    """A time as a notice says it."""
    return long_instant(localtime(at))


def _told_why(matter_id: int) -> str:
    """Why a meeting was called off, as the public was told; the calendar's own reason is not."""
    rows = Entry.objects.filter(kind=BodyMeetingCancelled.__name__, matter_key=str(matter_id))
    last = rows.order_by("pk").last()
    return str(last.body["reason"]) if last is not None else ""


def minutes_paper(matter_id: int, version: int, _: Actor) -> tuple[str, bytes]:
    """Published minutes on paper: a file name and the PDF on file."""
    rows = BodyMinutes.objects.filter(meeting=_get(matter_id), version=version)
    row = rows.select_related("pdf").first()
    if row is None or row.pdf is None:
        raise NotFound(f"no paper of the minutes of {matter_id}")
    return f"minutes-{version}.pdf", read_content(row.pdf.digest)


def _published() -> QuerySet[BodyMeeting]:
    rows = BodyMeeting.objects.filter(notices__version=1)
    return rows.select_related("event", "body__party")


def _get(matter_id: int) -> BodyMeeting:
    meeting: BodyMeeting | None = _published().filter(matter_id=matter_id).first()
    if meeting is None:
        raise NotFound(f"no published meeting {matter_id}")
    return meeting


def _row(row: BodyMeeting, now: datetime) -> OpenMeetingRow:
    event = row.event
    return OpenMeetingRow(
        id=row.matter_id,
        body=row.body.name,
        ward_code=row.body.ward_code,
        starts_at=event.starts_at,
        place=event.place_text,
        state=event.state,
        minutes=vars(row)["minuted"] or 0,
        coming=event.starts_at >= now - AFTER,
    )
