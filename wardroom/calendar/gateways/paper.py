"""The action list on paper."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.utils.timezone import localtime

from wardroom.calendar.queries.lists import ActionList, to_plain
from wardroom.documents.gateways.typesetting import typeset
from wardroom.kernel.text import long_instant

TEMPLATE = Path(__file__).resolve().parent / "action_list.typ"


def typeset_list(made: ActionList) -> bytes:
    """A PDF/UA of the action list."""
    values = {**to_plain(made), "clock": _clock(made.starts_at), "next": _clock(made.next_at)}
    return typeset(values, TEMPLATE)


def list_name(made: ActionList) -> str:
    """The name of the file: ward, day and version."""
    version = f"v{made.version}" if made.is_out else "draft"
    return f"core-team-ward-{made.ward_code}-{made.held_on.isoformat()}-{version}.pdf"


def _clock(at: datetime | None) -> str:
    return long_instant(localtime(at)) if at else ""
