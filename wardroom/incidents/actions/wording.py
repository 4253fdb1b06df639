"""What every line about an incident says of it."""

from __future__ import annotations

from typing import Any

from wardroom.incidents.models import Incident
from wardroom.matters.actions.words import words_of


def incident_words(incident: Incident) -> dict[str, Any]:
    """What every line about an incident says of it."""
    return {**words_of(incident.matter), "incident_id": incident.pk}
