"""When what households needed may be removed: the days of the rule that held when it was over."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localdate

from wardroom.incidents.models import Incident
from wardroom.incidents.rules.keeping import KEEP_DAYS, KEEP_RULE, KEPT_HOMES, kept_until
from wardroom.library.queries import days_in_force
from wardroom.matters.models import Waiting


def homes_due_on(incident: Incident) -> date | None:
    """The day from which what is kept of homes may be removed; none while the incident is open.

    After standing down its people still ask how the homes are; so do they once it is reopened.
    """
    closed = incident.matter.closed_at
    if closed is None:
        return None
    ended_on = localdate(max(closed, incident.stood_down_at or closed))
    return kept_until(ended_on, days_in_force(KEEP_RULE, ended_on).get("", KEEP_DAYS))


def homes_wait(incident: Incident) -> bool:
    """Whether the records officer was told that the homes of this incident may be removed."""
    return Waiting.objects.filter(noun=KEPT_HOMES, key=str(incident.pk)).exists()


def homes_to_dispose(*, today: date) -> tuple[Incident, ...]:
    """The incidents whose homes were kept their time, and of which nobody was told yet."""
    told = Waiting.objects.filter(noun=KEPT_HOMES).values_list("key", flat=True)
    known = set(told)
    rows = Incident.objects.filter(
        matter__closed_at__isnull=False, homes_held_for="", homes_gone_at=None
    )
    rows = rows.filter(households__isnull=False).distinct().select_related("matter__owner")
    return tuple(
        row
        for row in rows.order_by("pk")
        if str(row.pk) not in known and (due := homes_due_on(row)) is not None and due <= today
    )
