"""Keeping an incident and its matter as they are until a change to one of them is done.

Changes lock the row that they are given. Those that depend on the other one too, as sending
a report back depends on no later one being written and on the incident not being over, hold
it here: always the incident first, then its matter.
"""

from __future__ import annotations

from wardroom.access.gate import hold
from wardroom.incidents.models import Incident, SituationReport


def hold_matter(incident: Incident) -> None:
    """Let nobody end an incident, that is held already, meanwhile; see whether it is over."""
    hold(incident.matter)
    incident.matter.refresh_from_db()


def hold_incident_of(report: SituationReport) -> Incident:
    """Let nobody write a later report or end the incident meanwhile; see how it stands."""
    hold(report.incident)
    incident: Incident = Incident.objects.get(pk=report.incident_id)
    report.incident = incident
    hold_matter(incident)
    return incident
