"""Calendars of others: taken up, read again, and left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.calendar import facts, policy
from wardroom.calendar.models import OutsideCalendar, OutsideEvent
from wardroom.calendar.rules.outside import TheirEvent, check_address, difference
from wardroom.documents.models import Document
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.rules import check_text


@dataclass(frozen=True)
class OutsideDraft:
    """A calendar to be read: its name, its address or none, and the ward that it is for."""

    name: str
    url: str = ""
    ward_code: str = ""


@action(policy.may_read_outside)
def add_outside_calendar(draft: OutsideDraft, *, stamp: Stamp) -> OutsideCalendar:
    """Have a commission's or an agency's calendar read from now on; it is never edited.

    Refuses: no name; an address that is not https; one that is read already.
    Records: `OutsideCalendarAdded`.
    """
    name = check_text(
        draft.name, code="name_missing", sentence="Give it a name.", field="name", most=120
    )
    url = draft.url.strip()
    if url:
        check_address(url)
        rows = OutsideCalendar.objects.filter(url=url, ward_code=draft.ward_code, ended_at=None)
        if rows.exists():
            raise Refused("already_there", "This calendar is read already.", field="url")
    row = OutsideCalendar.objects.create(
        name=name,
        url=url,
        ward_code=draft.ward_code,
        added_at=stamp.at,
        added_by=stamp.actor.name,
    )
    record(facts.OutsideCalendarAdded(**_words(row), url=url), stamp=stamp)
    return row


@action(policy.may_read_outside)
def keep_outside_events(
    calendar: OutsideCalendar,
    *,
    events: tuple[TheirEvent, ...],
    source: Document,
    etag: str = "",
    stamp: Stamp,
) -> OutsideCalendar:
    """Keep what somebody else's calendar tells now; what it tells no more is marked, not lost.

    Refuses: one that is not read any more. Records: `OutsideCalendarRead`.
    """
    if calendar.ended_at is not None:
        raise Refused("wrong_state", "This calendar is not read any more.")
    rows = {
        f"{row.uid}\n{row.occurrence}": row
        for row in OutsideEvent.objects.filter(calendar=calendar).order_by("pk")
    }
    before = {key: _told(row) for key, row in rows.items() if row.vanished_at is None}
    found = difference(before, events)
    for event in (*found.new, *found.changed):
        row = rows.get(event.key) or OutsideEvent(calendar=calendar, seen_at=stamp.at)
        _put(row, event, stamp)
    gone = [rows[key].pk for key in found.vanished if rows[key].starts_at >= stamp.at]
    OutsideEvent.objects.filter(pk__in=gone).update(vanished_at=stamp.at)
    calendar.source, calendar.etag, calendar.read_at = source, etag, stamp.at
    calendar.failed_at, calendar.error = None, ""
    calendar.save()
    fact = facts.OutsideCalendarRead(
        **_words(calendar), new=len(found.new), changed=len(found.changed), vanished=len(gone)
    )
    record(fact, stamp=stamp)
    return calendar


@action(policy.may_read_outside)
def note_outside_failed(calendar: OutsideCalendar, *, reason: str, stamp: Stamp) -> OutsideCalendar:
    """Say that somebody else's calendar could not be read; what it told before stays.

    Refuses: nothing. Records: `OutsideCalendarFailed`.
    """
    calendar.failed_at, calendar.error = stamp.at, reason[:300]
    calendar.save(update_fields=["failed_at", "error"])
    record(facts.OutsideCalendarFailed(**_words(calendar), reason=reason[:300]), stamp=stamp)
    return calendar


@action(policy.may_read_outside)
def end_outside_calendar(calendar: OutsideCalendar, *, stamp: Stamp) -> OutsideCalendar:
    """Read somebody else's calendar no more; what it told stays on record.

    Refuses: one that is not read any more. Records: `OutsideCalendarEnded`.
    """
    if calendar.ended_at is not None:
        raise Refused("wrong_state", "This calendar is not read any more.")
    calendar.ended_at = stamp.at
    calendar.save(update_fields=["ended_at"])
    record(facts.OutsideCalendarEnded(**_words(calendar)), stamp=stamp)
    return calendar


def _told(row: OutsideEvent) -> TheirEvent:
    return TheirEvent(
        uid=row.uid,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        title=row.title,
        place=row.place,
        cancelled=row.cancelled,
        occurrence=row.occurrence,
    )


def _put(row: OutsideEvent, event: TheirEvent, stamp: Stamp) -> None:
    for name, value in vars(event).items():
        setattr(row, name, value)
    row.changed_at, row.vanished_at = stamp.at, None
    row.save()


def _words(row: OutsideCalendar) -> dict[str, Any]:
    return {
        "calendar_id": row.pk,
        "calendar_name": row.name,
        "ward_code": row.ward_code,
    }
