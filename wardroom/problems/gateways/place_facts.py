"""What the mirror knows of places by their keys: how they are named, and what is past due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import connection
from django.db.models import Count, Q

from wardroom.city.actions import PlaceDraft
from wardroom.city.rules import place_kind
from wardroom.service_requests.models import ServiceRequest, Status

AT_ONCE = 400


def drafts_of(keys: Sequence[int]) -> dict[int, PlaceDraft]:
    """A place as its latest request names it."""
    table = ServiceRequest._meta.db_table
    found: dict[int, PlaceDraft] = {}
    for at in range(0, len(keys), AT_ONCE):
        part = keys[at : at + AT_ONCE]
        marks = ", ".join(["%s"] * len(part))
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT r.place_key, r.address, r.latitude, r.longitude FROM {table} r "  # noqa: S608
                f"JOIN (SELECT place_key, max(id) AS id FROM {table} WHERE place_key IN ({marks}) "
                "AND latitude IS NOT NULL GROUP BY place_key) l ON l.id = r.id",
                part,
            )
            for key, address, latitude, longitude in cursor.fetchall():
                label = address or f"{place_kind(key)} {latitude:.4f}, {longitude:.4f}"
                found[key] = PlaceDraft(key, label, latitude, longitude)
    for key in keys:
        found.setdefault(key, PlaceDraft(key, f"{place_kind(key)} without a point", 0.0, 0.0))
    return found


def overdue_at(keys_of: Mapping[int, Sequence[int]], as_of: datetime) -> dict[int, int]:
    """How many requests of trouble were open and past due at each place and around it."""
    wanted = sorted({key for keys in keys_of.values() for key in keys})
    late: dict[int, int] = {}
    for at in range(0, len(wanted), AT_ONCE):
        rows = (
            ServiceRequest.objects.filter(
                Q(status__in=(Status.OPEN, Status.IN_PROGRESS)) | Q(closed_at__gt=as_of),
                place_key__in=wanted[at : at + AT_ONCE],
                opened_at__lte=as_of,
                due_at__lt=as_of,
                service__topic_service__topic__routine=False,
                service__test_only=False,
            )
            .exclude(status=Status.CANCELLED)
            .values("place_key")
            .annotate(n=Count("pk"))
            .order_by("place_key")
        )
        late.update((row["place_key"], row["n"]) for row in rows)
    return {place: sum(late.get(key, 0) for key in keys) for place, keys in keys_of.items()}
