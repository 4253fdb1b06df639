"""Ledger lines, what they are about, and the receipts of what followed from them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from wardroom.access.models import ScopedQuerySet


class Entry(models.Model):
    """One line of the ledger. It never changes; a correction is another line.

    `ward_code` is the ward the line belongs to, empty where it belongs to none, and
    `agency_code` the agency whose partners may read it, empty where it is internal. Both
    are copied from what the fact is about, so that a list can be limited by them.
    """

    uid = models.UUIDField(unique=True)
    at = models.DateTimeField(db_index=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    actor_name = models.CharField(max_length=120)
    window = models.CharField(max_length=10)
    kind = models.CharField(max_length=60, db_index=True)
    audience = models.CharField(max_length=10, default="internal")
    ward_code = models.CharField(max_length=10, blank=True, default="")
    agency_code = models.CharField(max_length=20, blank=True, default="")
    sentence = models.TextField()
    body = models.JSONField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return self.sentence


class About(models.Model):
    """Puts a line on the timeline of one thing, as ``noun:key``."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="about")
    noun = models.CharField(max_length=30)
    key = models.CharField(max_length=60)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["noun", "key", "-entry"])]


class Receipt(models.Model):
    """What follows from a line: written due with the line, done in the reaction's own commit."""

    class State(models.TextChoices):
        DUE = "due"
        DONE = "done"
        FAILED = "failed"

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="receipts")
    reaction = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DUE)
    next_try_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "reaction"], name="one_receipt_a_reaction"),
            models.CheckConstraint(
                name="done_receipt_says_when",
                condition=~Q(state="done") | Q(done_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"], condition=Q(state="due"), name="receipts_still_due"
            )
        ]
