"""What a drill reads afterwards: each step, its message, and its line of the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wardroom.incidents.models import CallOut, Incident
from wardroom.ledger.models import Entry
from wardroom.notices.models import Message


@dataclass(frozen=True)
class StepSeen:
    """One step as it stands: who was called when, when the next falls, and what went out."""

    step: int
    name: str
    called_at: datetime
    due_at: datetime
    state: str
    messages: int


@dataclass(frozen=True)
class DrillSeen:
    """All steps of one incident, and how many lines of the ledger tell of them."""

    steps: tuple[StepSeen, ...]
    lines: int
    taken_by: str


def drill_seen(incident_id: int) -> DrillSeen:
    """What happened to the incident of a drill; for the shell."""
    incident = Incident.objects.select_related("taken_by").get(pk=incident_id)
    rows = CallOut.objects.filter(incident=incident).select_related("party").order_by("step")
    told = Entry.objects.filter(kind="CallOutMade", matter_key=str(incident.matter_id))
    return DrillSeen(
        steps=tuple(
            StepSeen(
                step=row.step,
                name=row.party.name,
                called_at=row.called_at,
                due_at=row.due_at,
                state=row.state,
                messages=Message.objects.filter(key__startswith=f"call_out:{row.pk}:").count(),
            )
            for row in rows
        ),
        lines=told.count(),
        taken_by=incident.taken_by.name if incident.taken_by is not None else "",
    )


def get_waiting_call(incident_id: int) -> CallOut | None:
    """The call of an incident that waits for an answer, to see when its time is over."""
    rows = CallOut.objects.filter(incident=incident_id, state="open")
    found: CallOut | None = rows.select_related("incident").first()
    return found
