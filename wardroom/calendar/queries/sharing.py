"""What goes out about one event: its public words, its invitations, and who speaks there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from wardroom.access.actor import Actor
from wardroom.calendar import policy, rules
from wardroom.calendar.models import Event, PublicWords
from wardroom.calendar.queries.events import get_event
from wardroom.calendar.queries.inviting import InvitedRow, invited_to
from wardroom.calendar.queries.speaking import (
    SpeakerView,
    speaker_of,
    speakers_for,
)
from wardroom.calendar.rules.speaking import Suggestion


@dataclass(frozen=True)
class SharedEvent:
    """What of an event goes out, and what this actor may do about it.

    ``speakers`` are who could speak for the Mayor, while nobody does.
    """

    speaker: SpeakerView | None
    speakers: tuple[Suggestion, ...]
    public_title: str
    public_text: str
    invited: Mapping[int, InvitedRow]
    allowed: frozenset[str]


def shared_event(event_id: int, actor: Actor, *, at: datetime) -> SharedEvent:
    """What goes out about an event within reach; nothing of it for an agency's people."""
    event = get_event(event_id, actor)
    words = PublicWords.objects.filter(event=event, withdrawn_at__isnull=True).first()
    speaker = speaker_of(event, actor)
    allowed = _allowed(event, actor, speaker, words is not None, at)
    return SharedEvent(
        speaker=speaker,
        speakers=speakers_for(event, actor) if "assign_speaker" in allowed else (),
        public_title=words.title if words is not None else "",
        public_text=words.text if words is not None else "",
        invited=invited_to(event.pk, actor),
        allowed=allowed,
    )


def _allowed(
    event: Event, actor: Actor, speaker: SpeakerView | None, public: bool, at: datetime
) -> frozenset[str]:
    coming = event.state == rules.PLANNED and event.ends_at > at
    moves = set()
    if speaker is not None and speaker.is_me and coming:
        moves.add("answer_assignment")
    if policy.may_publish_event(actor, event):
        sealed = event.matter is not None and event.matter.restricted
        if event.state != rules.CANCELLED and not sealed:
            moves.add("publish_event")
        if public:
            moves.add("withdraw_public_words")
        if coming:
            moves |= {"release_speaker"} if speaker else {"assign_speaker"}
        if coming and event.starts_at > at:
            moves.add("invite_participant")
    captures = policy.may_write_line(actor, event) and event.state != rules.CANCELLED
    return frozenset(moves | ({"write_line"} if captures else set()))
