"""A meeting while it is held: what may be promised there, and what was written down so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.calendar import policy, rules
from wardroom.calendar.models import MeetingLine
from wardroom.calendar.queries.events import EventRow, event_row, get_event
from wardroom.calendar.queries.speaking import SpeakerView, speaker_of
from wardroom.kernel.errors import NotAllowed

MOST_LINES = 100


@dataclass(frozen=True)
class SaidLine:
    """A line that was written down; with the promise that it became."""

    id: int
    kind: str
    label: str
    text: str
    matter_id: int | None


@dataclass(frozen=True)
class LiveMeeting:
    """The meeting on a phone; lines are written from its day on, the newest stands first."""

    row: EventRow
    speaker: SpeakerView | None
    lines: tuple[SaidLine, ...]
    begun: bool


def live_meeting(event_id: int, actor: Actor, *, at: datetime) -> LiveMeeting:
    """One meeting, for whoever may write there. Refuses: `NotAllowed` for anybody else."""
    event = get_event(event_id, actor)
    if not policy.may_write_line(actor, event):
        raise NotAllowed
    rows = MeetingLine.objects.filter(event=event, struck_at=None).order_by("-pk")[:MOST_LINES]
    return LiveMeeting(
        row=event_row(event),
        speaker=speaker_of(event, actor),
        lines=tuple(
            SaidLine(row.pk, row.kind, rules.LINES[row.kind], row.text, row.matter_id)
            for row in rows
        ),
        begun=localdate(event.starts_at) <= localdate(at) and event.state != rules.CANCELLED,
    )
