"""The legal clocks of a matter, each with how its day was reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from wardroom.matters.models import Ask

MOST_CLOCKS = 20


@dataclass(frozen=True)
class ClockRow:
    """A legal clock on a paper: what is to be done, by when, and how the day was reached."""

    id: int
    wording: str
    due_on: date
    state: str
    answered_on: date | None
    why: Mapping[str, Any]


def legal_clocks(matter_id: int) -> tuple[ClockRow, ...]:
    """The clocks of a matter that the asker may read, what is due first first."""
    rows = Ask.objects.filter(matter_id=matter_id, kind="legal_deadline").order_by("due_on", "pk")
    return tuple(_clock(row) for row in rows[:MOST_CLOCKS])


def _clock(ask: Ask) -> ClockRow:
    return ClockRow(
        id=ask.pk,
        wording=ask.wording,
        due_on=ask.due_on,
        state=ask.state,
        answered_on=localdate(ask.done_at) if ask.done_at is not None else None,
        why=ask.why_due or {},
    )
