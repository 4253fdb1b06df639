"""Calendars of others that the office reads: the source as it came, and the events in it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardroom.access.models import ScopedQuerySet
from wardroom.documents.models import Document


class OutsideCalendar(models.Model):
    """Somebody else's calendar, read and never edited: fetched from an address, or from a file.

    `source` is the file as it came last. An empty `url` means that it was handed in.
    """

    name = models.CharField(max_length=120)
    url = models.CharField(max_length=500, blank=True, default="")
    ward_code = models.CharField(max_length=10, blank=True, default="")
    etag = models.CharField(max_length=200, blank=True, default="")
    source = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True, default="")
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=120)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["url", "ward_code"],
                condition=Q(ended_at__isnull=True) & ~Q(url=""),
                name="one_reading_of_an_address",
            )
        ]


class OutsideEvent(models.Model):
    """One event of such a calendar; one that it does not tell any more has a `vanished_at`."""

    calendar = models.ForeignKey(OutsideCalendar, models.PROTECT, related_name="events")
    uid = models.CharField(max_length=300)
    occurrence = models.CharField(max_length=40, blank=True, default="")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    title = models.CharField(max_length=200)
    place = models.CharField(max_length=200, blank=True, default="")
    cancelled = models.BooleanField(default=False)
    seen_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    vanished_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["calendar", "uid", "occurrence"], name="one_event_a_uid_and_occurrence"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["starts_at", "id"], name="outside_events_by_time")
        ]
