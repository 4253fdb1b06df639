"""The letters about something kept apart, for its own page: the caller has asked who may read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wardroom.kernel.errors import NotFound
from wardroom.notices.models import Message, Received

MOST_LETTERS = 50


@dataclass(frozen=True)
class LetterRow:
    """One letter out with what became of it, or an answer that came back."""

    subject: str
    text: str
    state: str
    at: datetime
    id: int = 0


def get_failed_letter(noun: str, key: str, letter_id: int) -> Message:
    """One letter about a thing that could not be sent; `NotFound` where it is none."""
    rows = Message.objects.filter(entry__about__noun=noun, entry__about__key=key)
    found: Message | None = rows.filter(pk=letter_id, state=Message.State.FAILED).first()
    if found is None:
        raise NotFound(f"no failed letter {letter_id}")
    return found


def letters_about(noun: str, key: str) -> tuple[LetterRow, ...]:
    """What went out about one thing and what came back in answer, the newest first.

    The words of what went out are the house's own and are left out.
    """
    out = Message.objects.filter(entry__about__noun=noun, entry__about__key=key)
    rows = list(out.order_by("-queued_at", "-pk").distinct()[:MOST_LETTERS])
    back = Received.objects.filter(answers__in=[row.pk for row in rows]).exclude(state="bounce")
    found = [LetterRow(row.subject, "", row.state, row.queued_at, row.pk) for row in rows]
    found += [
        LetterRow(mail.subject, mail.text, "came_back", mail.received_at)
        for mail in back.order_by("-received_at")[:MOST_LETTERS]
    ]
    return tuple(sorted(found, key=lambda letter: letter.at, reverse=True))
