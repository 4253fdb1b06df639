"""What every line about a complaint says of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardroom.casework.models import Complaint
from wardroom.matters.actions.words import matter_words


def complaint_words(complaint: Complaint) -> Mapping[str, Any]:
    """What every line about a complaint says of it."""
    return {
        **matter_words(complaint.matter),
        "complaint_id": complaint.pk,
        "party_id": complaint.reporter.pk if complaint.reporter else None,
        "reporter": complaint.who,
    }
