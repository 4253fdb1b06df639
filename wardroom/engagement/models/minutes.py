"""The agenda of a group's meeting, and its minutes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardroom.calendar.models import Event


class AgendaItem(models.Model):
    """One item of a meeting: what it is about, how long, and what was said on it."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    minutes = models.PositiveSmallIntegerField(null=True)
    said = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "position"], name="item_has_its_place"),
        ]


class Minutes(models.Model):
    """The minutes of a meeting that was held, as the group approved them; then they are frozen."""

    event = models.OneToOneField(Event, models.PROTECT, related_name="approved_minutes")
    content = models.JSONField()
    approved_on = models.DateField()
    approved_how = models.CharField(max_length=200)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="approved_minutes_say_how", condition=~Q(approved_how="")),
        ]
