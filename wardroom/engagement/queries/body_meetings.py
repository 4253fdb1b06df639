"""One meeting of a public body, from its clocks to its record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate, localtime

from wardroom.access.actor import Actor
from wardroom.calendar.models import Participation
from wardroom.calendar.rules import ABSENT, PRESENT
from wardroom.documents.queries import AttachmentRow, attachments_of
from wardroom.engagement import policy
from wardroom.engagement.models import BodyMeeting, BodyMinutes, BodyRecord, Motion
from wardroom.engagement.queries.legal_clocks import ClockRow, legal_clocks
from wardroom.engagement.queries.papers import OWN_MOVES
from wardroom.engagement.queries.seated import Seated, quorum_at, seated_on
from wardroom.engagement.rules import bodies, body_meetings
from wardroom.kernel.errors import NotFound
from wardroom.kernel.facts import Ref
from wardroom.kernel.text import long_instant
from wardroom.ledger.queries import TimelinePage, timeline
from wardroom.matters import policy as matters_policy
from wardroom.matters.queries import MatterHeader, matter_allowed, matter_header


@dataclass(frozen=True)
class RollRow:
    """A member in the roll, and whether they are here; empty until they were called."""

    member: Seated
    attended: str


@dataclass(frozen=True)
class MotionRow:
    """A motion with its roll call, a name and an answer each."""

    id: int
    position: int
    text: str
    mover: str
    seconder: str
    outcome: str
    answers: tuple[tuple[str, str], ...]
    closes: bool


@dataclass(frozen=True)
class NoticeRow:
    """A notice as it went out."""

    version: int
    published_at: datetime
    published_by: str
    late_why: str
    content: Mapping[str, Any]


@dataclass(frozen=True)
class MinutesRow:
    """Minutes as they went out."""

    version: int
    text: str
    approved_on: date | None
    published_at: datetime
    filed: bool


@dataclass(frozen=True)
class RecordRow:
    """The record of a meeting, and how the day was reached until which it is kept."""

    recording_at: str
    note: str
    keep_until: date | None
    why: Mapping[str, Any]
    published_at: datetime


@dataclass(frozen=True)
class BodyMeetingFile:
    """One meeting whole."""

    matter: MatterHeader
    body_id: int
    body_name: str
    cover: str
    event_id: int
    event_state: str
    starts_at: datetime
    ends_at: datetime
    place_text: str
    join_text: str
    agenda: tuple[str, ...]
    clocks: tuple[ClockRow, ...]
    roll: tuple[RollRow, ...]
    quorum: bodies.Quorum
    motions: tuple[MotionRow, ...]
    closed: tuple[tuple[str, str], ...]
    notices: tuple[NoticeRow, ...]
    minutes: tuple[MinutesRow, ...]
    record: RecordRow | None
    documents: tuple[AttachmentRow, ...]
    timeline: TimelinePage
    allowed: frozenset[str]

    @property
    def is_on_record(self) -> bool:
        """Whether minutes and record are out and nothing is left to do."""
        return self.matter.state == "closed" and self.record is not None

    @property
    def voting_here(self) -> tuple[Seated, ...]:
        """The members who are here and count in a roll call."""
        return tuple(
            row.member for row in self.roll if row.member.voting and row.attended == PRESENT
        )

    @property
    def draft(self) -> str:
        """Minutes to begin with: the newest ones, or a draft from what was recorded."""
        if self.minutes:
            return self.minutes[-1].text
        here = [row.member.name for row in self.roll if row.attended == PRESENT]
        away = [row.member.name for row in self.roll if row.attended == ABSENT]
        said = body_meetings.SaidMeeting(
            body=self.body_name,
            when=long_instant(localtime(self.starts_at)),
            place=self.place_text,
            present=here,
            absent=away,
            quorum=quorum_words(self.quorum),
            agenda=self.agenda,
            motions=[
                body_meetings.SaidMotion(m.text, m.mover, m.seconder, m.answers, m.outcome)
                for m in self.motions
            ],
            closed=[f"{text} ({bodies.CLOSED_REASONS[reason]})" for reason, text in self.closed],
        )
        return body_meetings.draft_of(said)


def quorum_words(quorum: bodies.Quorum) -> str:
    """How the quorum stands, in words."""
    met = "Quorum" if quorum.is_met else "No quorum"
    return (
        f"{met}: {quorum.present} of {quorum.seated} voting members are here, and it takes"
        f" {quorum.needed}."
    )


def body_meeting_file(matter_id: int, actor: Actor) -> BodyMeetingFile:
    """One meeting, whole; `NotFound` where it is out of reach."""
    meeting = get_body_meeting(matter_id, actor)
    event = meeting.event
    members = seated_on([meeting.body_id], on=localdate(event.starts_at))
    quorum, _ = quorum_at(meeting, members)
    return BodyMeetingFile(
        matter=matter_header(meeting.matter, actor),
        body_id=meeting.body.party_id,
        body_name=meeting.body.name,
        cover=meeting.body.cover,
        event_id=event.pk,
        event_state=event.state,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        place_text=event.place_text,
        join_text=meeting.join_text,
        agenda=tuple(meeting.agenda.splitlines()),
        clocks=legal_clocks(matter_id),
        roll=_roll(meeting, members),
        quorum=quorum,
        motions=_motions(meeting),
        closed=tuple(meeting.closed_sessions.order_by("pk").values_list("reason", "text")),
        notices=tuple(
            NoticeRow(n.version, n.published_at, n.published_by, n.late_why, n.content)
            for n in meeting.notices.order_by("version")
        ),
        minutes=tuple(minutes_row(m) for m in meeting.minutes.order_by("version")),
        record=record_row(meeting),
        documents=attachments_of("matter", str(matter_id), actor),
        timeline=timeline(actor, refs=[Ref("matter", str(matter_id))]),
        allowed=_allowed(meeting, actor),
    )


def get_body_meeting(matter_id: int, actor: Actor) -> BodyMeeting:
    """One meeting; `NotFound` where it is out of reach."""
    rows = BodyMeeting.objects.within(policy.reach(actor)).filter(matter_id=matter_id)
    rows = rows.select_related("matter__owner", "matter__place", "event", "body__party")
    meeting: BodyMeeting | None = rows.first()
    if meeting is None:
        raise NotFound(f"no meeting of a public body {matter_id}")
    return meeting


def minutes_row(row: BodyMinutes) -> MinutesRow:
    """Minutes as a page shows them."""
    return MinutesRow(
        row.version, row.text, row.approved_on, row.published_at, row.pdf_id is not None
    )


def record_row(meeting: BodyMeeting) -> RecordRow | None:
    """The record of a meeting; none where it is not published."""
    row = BodyRecord.objects.filter(meeting=meeting).first()
    if row is None:
        return None
    return RecordRow(row.recording_at, row.note, row.keep_until, row.why_kept, row.published_at)


def _roll(meeting: BodyMeeting, members: tuple[Seated, ...]) -> tuple[RollRow, ...]:
    there = Participation.objects.filter(event=meeting.event, seat__isnull=False)
    attended = dict(there.values_list("seat__of_body", "attended"))
    return tuple(RollRow(member, attended.get(member.seat_id, "")) for member in members)


def _motions(meeting: BodyMeeting) -> tuple[MotionRow, ...]:
    rows = Motion.objects.filter(meeting=meeting).select_related("closes")
    return tuple(
        MotionRow(
            id=row.pk,
            position=row.position,
            text=row.text,
            mover=row.mover_name,
            seconder=row.seconder_name,
            outcome=row.outcome,
            answers=tuple((line.member_name, line.answer) for line in row.roll_call.all()),
            closes=hasattr(row, "closes"),
        )
        for row in rows.prefetch_related("roll_call").order_by("position")
    )


def _allowed(meeting: BodyMeeting, actor: Actor) -> frozenset[str]:
    matter, state = meeting.matter, meeting.event.state
    if not matters_policy.runs_matter(actor, matter):
        return frozenset()
    moves: set[str] = set(matter_allowed(matter, actor)) & (OWN_MOVES - {"reopen_matter"})
    if matter.state == "open" and state == "planned":
        moves |= {"move_body_meeting", "publish_body_notice", "cancel_body_meeting"}
    if matter.state == "open" and state != "cancelled":
        moves |= {"call_body_roll", "note_motion", "close_session"}
    if state != "cancelled":
        moves.add("publish_minutes")
    if state == "held" and not BodyRecord.objects.filter(meeting=meeting).exists():
        moves.add("publish_record")
    return frozenset(moves)
