"""Which incidents are somebody's, wherever they lie: whoever was called sees the whole of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import BooleanField, Case, F, Q, Value, When

from wardroom.incidents.models import CallOut, Incident, IncidentDuty

LEAD = "lead"
NO, YES = Value(False), Value(True)


def incidents_of(user_id: int) -> Sequence[Any]:
    """The matters of the incidents that a user opened, was called to, or holds a role in.

    Whoever has it leads it until it is closed; another role in it leads nothing.
    """
    called = CallOut.objects.filter(party__user=user_id)
    opened = Incident.objects.filter(opener=user_id)
    held = IncidentDuty.objects.filter(party__user=user_id)
    now = Q(role=LEAD, until_at=None)
    last = Q(role=LEAD, incident__stood_down_at__isnull=False, incident__taken_by=F("party"))
    leads = Q(incident__matter__state="open") & (now | last)
    runs = Case(When(leads, then=YES), default=NO, output_field=BooleanField())
    return (
        called.annotate(key=F("incident__matter_id"), runs=NO),
        opened.annotate(key=F("matter_id"), runs=NO),
        held.annotate(key=F("incident__matter_id"), runs=runs),
    )
