"""Alerts as they came in, what was decided on each, and the districts they touch."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardroom.access.models import ScopedQuerySet
from wardroom.city.models import District
from wardroom.documents.models import Document
from wardroom.matters.models import Matter


class IncidentDraft(models.Model):
    """An alert with all that was said about it later, until somebody decides what it is to us.

    Title, gravity and span are those of the newest message. ``changed_at`` is when something
    new was said after it had been opened, until its owner has read it. ``outline`` is what the
    newest message draws, as GeoJSON.
    """

    state = models.CharField(max_length=10)
    title = models.CharField(max_length=300)
    event = models.CharField(max_length=300, blank=True, default="")
    severity = models.CharField(max_length=10, default="Unknown")
    severity_rank = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField()
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    outline = models.JSONField(null=True, blank=True)
    matter = models.OneToOneField(Matter, models.PROTECT, null=True, related_name="incident_draft")
    reason = models.CharField(max_length=300, blank=True, default="")
    decided_by = models.CharField(max_length=120, blank=True, default="")
    decided_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="opened_alert_has_its_matter",
                condition=Q(state="opened", matter__isnull=False)
                | (~Q(state="opened") & Q(matter__isnull=True)),
            ),
            models.CheckConstraint(
                name="alert_set_aside_says_why",
                condition=~Q(state="set_aside") | ~Q(reason=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "-sent_at", "-id"], name="alerts_by_state"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def touched_wards(self) -> frozenset[str]:
        """The codes of the wards that its newest message touches."""
        return frozenset(self.touched.filter(kind="ward").values_list("code", flat=True))


class Alert(models.Model):
    """One message as it came: it never changes, and the same one is kept once."""

    draft = models.ForeignKey(IncidentDraft, models.PROTECT, related_name="alerts")
    sender = models.CharField(max_length=300)
    identifier = models.CharField(max_length=300)
    sent_at = models.DateTimeField()
    status = models.CharField(max_length=10)
    kind = models.CharField(max_length=10)
    scope = models.CharField(max_length=10)
    title = models.CharField(max_length=300)
    event = models.CharField(max_length=300, blank=True, default="")
    sender_name = models.CharField(max_length=300, blank=True, default="")
    description = models.TextField(blank=True, default="")
    instruction = models.TextField(blank=True, default="")
    contact = models.CharField(max_length=300, blank=True, default="")
    web = models.CharField(max_length=300, blank=True, default="")
    note = models.CharField(max_length=300, blank=True, default="")
    urgency = models.CharField(max_length=10)
    severity = models.CharField(max_length=10)
    certainty = models.CharField(max_length=10)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    area_text = models.TextField(blank=True, default="")
    unread_shapes = models.PositiveIntegerField(default=0)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    way_in = models.CharField(max_length=10)
    taken_by = models.CharField(max_length=120)
    taken_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["identifier", "sender", "sent_at"], name="one_alert_a_name"
            )
        ]


class AlertReference(models.Model):
    """That a message names another one, which may come in later or never."""

    alert = models.ForeignKey(Alert, models.PROTECT, related_name="references")
    sender = models.CharField(max_length=300)
    identifier = models.CharField(max_length=300)
    sent_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["identifier", "sender", "sent_at"], name="alerts_named")
        ]


class TouchedDistrict(models.Model):
    """A ward, an ANC or an SMD that the newest message of an alert touches."""

    draft = models.ForeignKey(IncidentDraft, models.PROTECT, related_name="touched")
    district = models.ForeignKey(District, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    code = models.CharField(max_length=30)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "district"], name="one_touch_a_district")
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "code", "draft"], name="touched_by")]


class AlertFeed(models.Model):
    """Bookkeeping of an address that is read by the clock: when it worked, and why it did not.

    ``known`` holds what was read there lately, so that it is not fetched again.
    """

    address = models.CharField(max_length=500, unique=True)
    etag = models.CharField(max_length=200, blank=True, default="")
    known = models.JSONField(default=list, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True, default="")
