"""The minutes of a public body's meeting on paper."""

from __future__ import annotations

from pathlib import Path

from django.utils.timezone import localdate

from wardroom.documents.gateways.typesetting import typeset
from wardroom.engagement.models import BodyMinutes
from wardroom.kernel.text import long_day

TEMPLATE = Path(__file__).resolve().parent / "minutes.typ"


def typeset_minutes(row: BodyMinutes) -> bytes:
    """A PDF/UA of published minutes."""
    meeting = row.meeting
    approved = f"Approved {long_day(row.approved_on)}" if row.approved_on else "Not yet approved"
    values = {
        "body": meeting.body.name,
        "authority": meeting.body.authority,
        "held_on": localdate(meeting.event.starts_at).isoformat(),
        "state": f"Version {row.version}. {approved}.",
        "parts": [part for part in row.text.split("\n\n") if part.strip()],
    }
    return typeset(values, TEMPLATE)


def minutes_name(row: BodyMinutes) -> str:
    """The name of the file: the body, the day, the version."""
    day = localdate(row.meeting.event.starts_at).isoformat()
    return f"minutes-{row.meeting.body.party_id}-{day}-v{row.version}.pdf"
