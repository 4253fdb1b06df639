"""Which incidents were exercises, for whoever counts what really happened."""

from __future__ import annotations

from datetime import datetime

from wardroom.incidents.models import Incident


def exercise_ids(since: datetime) -> frozenset[int]:
    """The matters of the exercises that were opened since an instant."""
    rows = Incident.objects.filter(exercise=True, matter__opened_at__gte=since)
    return frozenset(rows.order_by().values_list("matter", flat=True))
