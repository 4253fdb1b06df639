"""The minutes and the record of a public body's meeting."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.calendar.actions import hold_event
from wardroom.documents.actions import attach_document, keep_upload
from wardroom.documents.models import Document
from wardroom.engagement import facts, policy
from wardroom.engagement.actions.body_meetings import (
    look_at,
    meeting_words,
    open_meeting,
    running,
    stop_clock,
)
from wardroom.engagement.models import BodyMeeting, BodyMinutes, BodyRecord
from wardroom.engagement.rules import bodies, body_meetings
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.library.queries import due_under, rule_in_force
from wardroom.matters.actions import close_matter
from wardroom.matters.models import Matter
from wardroom.matters.rules import check_length, check_text


@action(policy.may_run_body_meeting)
def publish_minutes(
    matter: Matter, *, text: str, approved_on: date | None = None, stamp: Stamp
) -> BodyMinutes:
    """Publish the minutes of a meeting; once the body approved them, publish them as approved.

    The first ones stop the clock of the minutes, and write down that the meeting was held.
    Refuses: a meeting that was canceled or is still to come; a roll that was not called; no
    words; an approval before the meeting or to come.
    Records: `BodyMinutesPublished`, `EventHeld` the first time, `TaskDone` for the clock.
    """
    meeting = _meeting(matter)
    words = body_meetings.check_minutes(text)
    _check_approved(approved_on, meeting, today=localdate(stamp.at))
    if not meeting.event.participations.exclude(attended="").exists():
        raise Refused("roll_not_called", "Call the roll first: the minutes say who was there.")
    body_meetings.check_meeting_began(meeting.event.starts_at, now=stamp.at)
    if meeting.event.state == "planned":
        hold_event(meeting.event, stamp=stamp)
    row: BodyMinutes = BodyMinutes.objects.create(
        meeting=meeting,
        version=meeting.minutes.count() + 1,
        text=words,
        approved_on=approved_on,
        published_at=stamp.at,
        published_by=stamp.actor.name,
    )
    fact = facts.BodyMinutesPublished(
        **meeting_words(meeting),
        minutes_id=row.pk,
        version=row.version,
        approved_on=approved_on,
    )
    record(fact, stamp=stamp)
    stop_clock(matter, body_meetings.MINUTES_CLOCK, f"Minutes, version {row.version}", stamp)
    _go_on(meeting, stamp)
    return row


@action(policy.may_run_body_meeting)
def publish_record(
    matter: Matter,
    *,
    recording_at: str,
    note: str = "",
    name: str = "",
    content: bytes = b"",
    stamp: Stamp,
) -> BodyRecord:
    """Publish the full record of a meeting: where its recording is, and until when it is kept.

    ``content`` is a paper that belongs to it, such as a transcript. The day until which the
    recording is kept follows from its rule.
    Refuses: a meeting that was not held; nowhere that the recording is; a record that is out.
    Records: `BodyRecordPublished`, `TaskDone` for the clock.
    """
    meeting = _meeting(matter)
    if meeting.event.state != "held":
        raise Refused("not_held_state", "Publish the minutes first: they say that it was held.")
    if BodyRecord.objects.filter(meeting=meeting).exists():
        raise Refused("already_published", "The record of this meeting is published.")
    where = check_text(
        recording_at,
        code="recording_missing",
        sentence="Say where the recording is: its address, or the shelf.",
        field="recording_at",
        most=300,
    )
    keep_until, why = _kept(meeting)
    row: BodyRecord = BodyRecord.objects.create(
        meeting=meeting,
        recording_at=where,
        note=check_length(note, field="note", most=500),
        document=_filed(matter, name, content, stamp) if content else None,
        keep_until=keep_until,
        why_kept=why,
        published_at=stamp.at,
        published_by=stamp.actor.name,
    )
    fact = facts.BodyRecordPublished(
        **meeting_words(meeting), recording_at=where, keep_until=keep_until
    )
    record(fact, stamp=stamp)
    stop_clock(matter, body_meetings.RECORD_CLOCK, "The record is published", stamp)
    _go_on(meeting, stamp)
    return row


@action(policy.may_file_minutes)
def file_minutes(row: BodyMinutes, *, document: Document, stamp: Stamp) -> BodyMinutes:
    """Put the paper of the minutes on file.

    Refuses: minutes whose paper is on file. Records: `BodyMinutesFiled`.
    """
    if row.pdf_id is not None:
        raise Refused("already_filed", "The paper of these minutes is on file.")
    row.pdf = document
    row.save(update_fields=["pdf"])
    fact = facts.BodyMinutesFiled(
        **meeting_words(row.meeting), minutes_id=row.pk, version=row.version, document=document.pk
    )
    record(fact, stamp=stamp)
    return row


def _meeting(matter: Matter) -> BodyMeeting:
    """The meeting, which may be on record: its minutes are approved at the next one."""
    if matter.state == "open":
        return open_meeting(matter)
    rows = BodyMeeting.objects.select_related("matter", "event", "body__party")
    meeting: BodyMeeting = rows.get(matter=matter)
    if meeting.event.state != "held":
        raise Refused("wrong_state", "This meeting did not take place.")
    return meeting


def _check_approved(approved_on: date | None, meeting: BodyMeeting, *, today: date) -> None:
    if approved_on is None:
        return
    if not localdate(meeting.event.starts_at) <= approved_on <= today:
        raise Refused(
            "approved_off", "Choose a day from the meeting to today.", field="approved_on"
        )


def _go_on(meeting: BodyMeeting, stamp: Stamp) -> None:
    """What comes next; a meeting whose minutes and record are out is closed."""
    matter = meeting.matter
    if matter.state != "open":
        return
    minutes, kept = meeting.minutes.exists(), BodyRecord.objects.filter(meeting=meeting).exists()
    if minutes and kept and not running(matter).exists():
        close_matter(matter, outcome="on_record", stamp=stamp)
    elif minutes:
        look_at(meeting, body_meetings.RECORD_STEP, body_meetings.RECORD_CLOCK, stamp)


def _kept(meeting: BodyMeeting) -> tuple[date | None, dict[str, Any]]:
    if meeting.body.cover != bodies.OPEN_MEETINGS_ACT:
        return None, {}
    rule = rule_in_force(body_meetings.KEEP_RULE, localdate(meeting.event.starts_at))
    due = due_under(rule, meeting.event.starts_at)
    return due.due_on, {**due.to_plain(), "name": rule.name}


def _filed(matter: Matter, name: str, content: bytes, stamp: Stamp) -> Document:
    document = keep_upload(None, name=name, content=content, stamp=stamp)
    attach_document(
        document,
        noun="matter",
        key=str(matter.pk),
        ward_code=matter.ward_code,
        caption="Record of the meeting",
        stamp=stamp,
    )
    return document
