"""Reading somebody else's calendar, from its address or a file, and keeping what it tells."""

from __future__ import annotations

import logging
from datetime import date, timedelta

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.calendar.actions.outside import (
    OutsideDraft,
    add_outside_calendar,
    keep_outside_events,
    note_outside_failed,
)
from wardroom.calendar.gateways.outside_calendars import fetch_calendar, read_calendar
from wardroom.calendar.models import OutsideCalendar
from wardroom.calendar.queries.events import city_zone
from wardroom.documents.actions import check_clean, store_document
from wardroom.documents.gateways import read_content
from wardroom.kernel.errors import Refused

logger = logging.getLogger(__name__)
UNREADABLE = "What came could not be kept."
BACK, AHEAD = timedelta(days=31), timedelta(days=366)


def read_outside(calendar: OutsideCalendar, *, stamp: Stamp) -> bool:
    """Fetch a calendar of others and keep what it tells; False where it is the same as before.

    The fetching holds no transaction. A file that stays the same is unfolded again, as the days
    that are looked at go on. Where it fails, that is written down, what was told
    before stays, and the refusal goes on. Refuses: what `fetch_calendar` and
    `check_clean` refuse.
    """
    try:
        fetched = fetch_calendar(calendar.url, etag=calendar.etag)
        if fetched.content is None:
            _unfold_again(calendar, stamp)
            return False
        check_clean(fetched.content)
        take_outside_file(calendar, content=fetched.content, etag=fetched.etag, stamp=stamp)
    except Exception as no:  # whatever a stranger's file does, the page says that it failed
        reason = no.sentence if isinstance(no, Refused) else UNREADABLE
        note_outside_failed(calendar, reason=reason, stamp=stamp)
        raise
    return True


def add_and_read(
    draft: OutsideDraft, *, content: bytes | None = None, stamp: Stamp
) -> OutsideCalendar:
    """Take a calendar of others up once it could be read; from a file where one is handed in.

    It is fetched before anything is written. Refuses: what `add_outside_calendar`,
    `fetch_calendar` and `read_calendar` refuse; what `check_clean` refuses in what was fetched.
    """
    etag = ""
    if content is None:
        fetched = fetch_calendar(draft.url)
        content, etag = fetched.content or b"", fetched.etag
        check_clean(content, field="url")
    read_calendar(content, city_zone(), **_span(stamp))
    row = add_outside_calendar(draft, stamp=stamp)
    return take_outside_file(row, content=content, etag=etag, stamp=stamp)


def take_outside_file(
    calendar: OutsideCalendar, *, content: bytes, etag: str = "", stamp: Stamp
) -> OutsideCalendar:
    """Keep what a calendar file tells, and the file as it came.

    Refuses: what `read_calendar` refuses.
    """
    events = read_calendar(content, city_zone(), **_span(stamp))
    source = store_document(
        None,
        name=f"calendar-{calendar.pk}-{localdate(stamp.at).isoformat()}.ics",
        media_type="text/calendar",
        content=content,
        stamp=stamp,
    )
    return keep_outside_events(calendar, events=events, source=source, etag=etag, stamp=stamp)


def _unfold_again(calendar: OutsideCalendar, stamp: Stamp) -> None:
    source = calendar.source
    if source is None:
        return
    events = read_calendar(read_content(source.digest), city_zone(), **_span(stamp))
    keep_outside_events(calendar, events=events, source=source, etag=calendar.etag, stamp=stamp)


def _span(stamp: Stamp) -> dict[str, date]:
    today = localdate(stamp.at)
    return {"first": today - BACK, "last": today + AHEAD}
