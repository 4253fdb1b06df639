"""Setting the day of a public body's meeting, moving it, its notice, and calling it off."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.calendar.actions import EventDraft, cancel_event, move_event, plan_event
from wardroom.calendar.actions.words import when
from wardroom.calendar.rules import CANCELLED
from wardroom.city.models import District
from wardroom.directory.models import Party
from wardroom.engagement import facts, policy
from wardroom.engagement.models import BodyMeeting, BodyNotice, PublicBody
from wardroom.engagement.rules import body_meetings as rules
from wardroom.engagement.rules.agendas import check_agenda
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.actions import (
    add_legal_deadline,
    close_matter,
    drop_task,
    finish_task,
    open_matter,
    restart_clock,
    set_next_step,
)
from wardroom.matters.actions.words import matter_words
from wardroom.matters.models import Ask, Matter
from wardroom.matters.rules import LIVE, check_length, check_text

EVENT_KIND = "committee"


@action(policy.may_run_body)
def set_body_meeting(
    body: PublicBody,
    *,
    starts_at: datetime,
    ends_at: datetime,
    place_text: str = "",
    join_text: str = "",
    agenda: str = "",
    owner: Party,
    ward: District | None = None,
    stamp: Stamp,
) -> BodyMeeting:
    """Set the day of a public body's meeting: its clocks for notice, minutes and record start.

    Each clock has its rule, its citation and the arithmetic of its day.
    Refuses: what `plan_event` and `open_matter` refuse; a day on which a rule does not hold.
    Records: `MatterOpened`, `EventPlanned`, `BodyMeetingSet`, and `TaskAdded` for each clock.
    """
    matter = open_matter(
        None,
        kind=rules.BODY_MEETING,
        title=f"Meeting of {body.name}"[:200],
        owner=owner,
        next_on=localdate(stamp.at),
        next_step=rules.NOTICE_STEP,
        ward=ward,
        stamp=stamp,
    )
    draft = EventDraft(
        kind=EVENT_KIND,
        title=matter.title,
        starts_at=starts_at,
        ends_at=ends_at,
        ward_code=body.ward_code,
        place_text=place_text,
        matter=matter,
    )
    meeting = BodyMeeting.objects.create(
        matter=matter,
        body=body,
        event=plan_event(draft, stamp=stamp),
        clocks_from=starts_at,
        agenda=agenda.strip()[:20_000],
        join_text=check_length(join_text, field="join_text", most=300),
    )
    _start_clocks(meeting, stamp)
    return meeting


def _start_clocks(meeting: BodyMeeting, stamp: Stamp) -> None:
    """Tell that a meeting is set, and start the clocks that the cover of its body has."""
    clocks, starts_at = rules.BODY_CLOCKS[meeting.body.cover], meeting.clocks_from
    fact = facts.BodyMeetingSet(
        **meeting_words(meeting), starts_at=starts_at, when=when(starts_at), clocks=len(clocks)
    )
    record(fact, stamp=stamp)
    for rule_code, wording in clocks.items():
        _start(meeting, rule_code, wording, stamp)
    look_at(meeting, rules.NOTICE_STEP, rules.NOTICE_CLOCK, stamp)


@action(policy.may_run_body_meeting)
def move_body_meeting(
    matter: Matter, *, starts_at: datetime, ends_at: datetime, reason: str, stamp: Stamp
) -> BodyMeeting:
    """Give a public body's meeting another time; its clocks go with it and say why.

    A notice that is out has to be published again, and starts its own clock.
    Refuses: no reason; what `move_event` refuses.
    Records: `EventMoved`, `BodyClocksMoved`, and `ClockRestarted` for each clock that runs.
    """
    meeting = open_meeting(matter)
    reason = check_text(
        reason, code="reason_missing", sentence="Say why.", field="reason", most=200
    )
    move_event(meeting.event, starts_at=starts_at, ends_at=ends_at, reason=reason, stamp=stamp)
    return follow_event(matter, reason=reason, stamp=stamp)


@action(policy.may_move_body_clocks)
def follow_event(matter: Matter, *, reason: str, stamp: Stamp) -> BodyMeeting:
    """Let the clocks of a meeting count from the time that the calendar has now.

    One that was ever paused is dropped, and another started in its place.
    Refuses: clocks that do so already. Records: `BodyClocksMoved`, and `ClockRestarted`, or
    `TaskDropped` and `TaskAdded`, for each clock.
    """
    meeting = open_meeting(matter)
    starts_at = meeting.event.starts_at
    if meeting.clocks_from == starts_at:
        raise Refused("already_so", "Its clocks count from this time already.")
    meeting.clocks_from = starts_at
    meeting.save(update_fields=["clocks_from"])
    again = meeting.notices.exists() and not running(matter, rules.NOTICE_CLOCK).exists()
    why = f"the meeting moved to {when(starts_at)} ({reason})"[:300]
    fact = facts.BodyClocksMoved(
        **meeting_words(meeting), when=when(starts_at), reason=reason, again=again
    )
    record(fact, stamp=stamp)
    for clock in running(matter):
        if clock.pauses:
            drop_task(clock, reason=why, stamp=stamp)
            _start(meeting, clock.rule_code, clock.wording, stamp)
        else:
            restart_clock(clock, started_at=starts_at, reason=why, stamp=stamp)
    if again and rules.NOTICE_CLOCK in rules.BODY_CLOCKS[meeting.body.cover]:
        _start(meeting, rules.NOTICE_CLOCK, rules.NOTICE_AGAIN, stamp)
    return meeting


@action(policy.may_run_body_meeting)
def publish_body_notice(
    matter: Matter, *, agenda: str, join_text: str = "", late_why: str = "", stamp: Stamp
) -> BodyNotice:
    """Publish the notice of a meeting with its agenda: on the public page, and by mail.

    It stops the clock of the notice. Refuses: a meeting that is over or canceled; no agenda; a
    notice after its last moment without words why the meeting cannot wait.
    Records: `BodyNoticePublished`, and `TaskDone` for the clock.
    """
    meeting = open_meeting(matter)
    event = meeting.event
    if event.state != "planned" or stamp.at >= event.starts_at:
        raise Refused("too_late_state", "This meeting has begun. Its notice had to be out before.")
    items = check_agenda(
        agenda.splitlines(),
        field="agenda",
        most=rules.MOST_ITEMS,
        letters=rules.LONGEST_ITEM,
    )
    clock = running(matter, rules.NOTICE_CLOCK).first()
    late, why = rules.check_late_notice(_due_at(clock), now=stamp.at, why=late_why)
    meeting.agenda = "\n".join(items)
    meeting.join_text = check_length(join_text, field="join_text", most=300)
    meeting.save(update_fields=["agenda", "join_text"])
    notice: BodyNotice = BodyNotice.objects.create(
        meeting=meeting,
        version=meeting.notices.count() + 1,
        content=_content(meeting, items, why),
        starts_at=event.starts_at,
        published_at=stamp.at,
        published_by=stamp.actor.name,
        late_why=why,
    )
    fact = facts.BodyNoticePublished(
        **meeting_words(meeting),
        version=notice.version,
        when=when(event.starts_at),
        late_why=why if late else "",
    )
    record(fact, stamp=stamp)
    stop_clock(matter, rules.NOTICE_CLOCK, f"Notice, version {notice.version}", stamp)
    set_next_step(
        matter,
        next_on=localdate(event.starts_at),
        next_step=rules.MEET_STEP,
        stamp=stamp,
    )
    return notice


@action(policy.may_run_body_meeting)
def cancel_body_meeting(matter: Matter, *, reason: str, stamp: Stamp) -> BodyMeeting:
    """Call off a meeting; its clocks are dropped, and whoever got the notice is told.

    Refuses: no reason; a meeting that was held or canceled.
    Records: `EventCancelled`, `BodyMeetingCancelled`, `MatterClosed`, `TaskDropped`.
    """
    meeting = open_meeting(matter)
    event = cancel_event(meeting.event, reason=reason, stamp=stamp)
    return _call_off(meeting, event.cancelled_why, stamp)


@action(policy.may_move_body_clocks)
def follow_cancelled_event(matter: Matter, *, stamp: Stamp) -> BodyMeeting:
    """Call off a meeting that the calendar alone canceled; the public reads no inner reason.

    Refuses: a meeting that is closed, or that the calendar still has.
    Records: `BodyMeetingCancelled`, `MatterClosed`, `TaskDropped`.
    """
    meeting = open_meeting(matter)
    if meeting.event.state != CANCELLED:
        raise Refused("wrong_state", "The calendar still has this meeting.")
    return _call_off(meeting, "", stamp)


def _call_off(meeting: BodyMeeting, reason: str, stamp: Stamp) -> BodyMeeting:
    fact = facts.BodyMeetingCancelled(
        **meeting_words(meeting),
        when=when(meeting.event.starts_at),
        reason=reason,
        noticed=meeting.notices.exists(),
    )
    record(fact, stamp=stamp)
    why = f"The meeting was canceled: {meeting.event.cancelled_why}"[:300]
    for clock in running(meeting.matter):
        drop_task(clock, reason=why, stamp=stamp)
    close_matter(meeting.matter, outcome="canceled", text=reason, stamp=stamp)
    return meeting


def open_meeting(matter: Matter) -> BodyMeeting:
    """The meeting of a matter, locked. Refuses: one that is on record or was called off."""
    if matter.state != "open":
        raise Refused("wrong_state", "This meeting is closed.")
    rows = BodyMeeting.objects.select_for_update(of=("self",), no_key=True)
    meeting: BodyMeeting = rows.select_related("matter", "event", "body__party").get(matter=matter)
    return meeting


def meeting_words(meeting: BodyMeeting) -> Mapping[str, Any]:
    """What every line about a meeting says of it."""
    return {
        **matter_words(meeting.matter),
        "body_id": meeting.body.party_id,
        "body_name": meeting.body.name,
        "event_id": meeting.event_id,
    }


def running(matter: Matter, rule_code: str = "") -> QuerySet[Ask]:
    """The legal clocks of a meeting that run, or the one of a rule."""
    rows = Ask.objects.filter(matter=matter, kind="legal_deadline", state__in=LIVE)
    return (rows.filter(rule_code=rule_code) if rule_code else rows).order_by("due_on", "pk")


def stop_clock(matter: Matter, rule_code: str, text: str, stamp: Stamp) -> None:
    """Stop the clock that what was just published meets."""
    for clock in running(matter, rule_code):
        finish_task(clock, text=text, stamp=stamp)


def look_at(meeting: BodyMeeting, step: str, rule_code: str, stamp: Stamp) -> None:
    """Set the next step of a meeting, by the day on which its clock is due."""
    clock, today = running(meeting.matter, rule_code).first(), localdate(stamp.at)
    due_on = clock.due_on if clock is not None else localdate(meeting.event.starts_at)
    set_next_step(meeting.matter, next_on=max(today, due_on), next_step=step, stamp=stamp)


def _start(meeting: BodyMeeting, rule_code: str, wording: str, stamp: Stamp) -> None:
    add_legal_deadline(
        meeting.matter,
        party=meeting.matter.owner,
        wording=wording,
        rule_code=rule_code,
        started_at=meeting.event.starts_at,
        stamp=stamp,
    )


def _due_at(clock: Ask | None) -> datetime | None:
    due_at = (clock.why_due or {}).get("due_at") if clock is not None else None
    return datetime.fromisoformat(due_at) if due_at else None


def _content(meeting: BodyMeeting, items: tuple[str, ...], late_why: str) -> dict[str, Any]:
    """The notice as it goes out, frozen."""
    event = meeting.event
    return {
        "body": meeting.body.name,
        "authority": meeting.body.authority,
        "when": when(event.starts_at),
        "until": when(event.ends_at),
        "place": event.place_text,
        "join": meeting.join_text,
        "agenda": list(items),
        "late_why": late_why,
    }
