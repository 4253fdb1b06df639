"""Alerts as they came in, the incidents that they or people open, and who is called to them."""

from __future__ import annotations

from wardroom.incidents.models.alerts import (
    Alert,
    AlertFeed,
    AlertReference,
    IncidentDraft,
    TouchedDistrict,
)
from wardroom.incidents.models.calling import CallAddress, CallOut
from wardroom.incidents.models.caring import (
    AfterAction,
    CorrectiveStep,
    HouseholdNeed,
    IncidentDuty,
)
from wardroom.incidents.models.critical import Incident
from wardroom.incidents.models.working import CallLine, ChecklistLine, SituationReport

__all__ = [
    "AfterAction",
    "Alert",
    "AlertFeed",
    "AlertReference",
    "CallAddress",
    "CallLine",
    "CallOut",
    "ChecklistLine",
    "CorrectiveStep",
    "HouseholdNeed",
    "Incident",
    "IncidentDraft",
    "IncidentDuty",
    "SituationReport",
    "TouchedDistrict",
]
