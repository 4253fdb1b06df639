"""What the public may read of a location: written by one person, approved by another."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from wardroom.directory.models import Party
from wardroom.problems.models.locations import PersistentLocation


class PublicText(models.Model):
    """One version of the text about a location for the public; none changes once it is written.

    The newest that was approved stands, until it is withdrawn. `steps` are what the public may
    read of the asks of the work plan, each with the number of its ask; the rest stays inside.
    """

    location = models.ForeignKey(PersistentLocation, models.PROTECT, related_name="public_texts")
    version = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=1000)
    steps = models.JSONField(default=list)
    written_by = models.ForeignKey(Party, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    approved_by = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["location", "version"], name="one_public_text_a_version"
            ),
            models.CheckConstraint(name="public_text_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="public_text_takes_two_people",
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | (Q(approved_at__isnull=False) & ~Q(approved_by=F("written_by"))),
            ),
            models.CheckConstraint(
                name="withdrawn_public_text_says_why",
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_why=""),
            ),
        ]
