"""What a phone at the door of an event handed in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardroom.calendar.models import Event, Participation
from wardroom.directory.models import Party


class DoorLine(models.Model):
    """One line that a phone at a door handed in, as it was written there, and what it did.

    `key` is the phone's own, so that the same line is one line however often it comes. Lines
    of one `series` are applied in the order of their numbers; one that came before its turn
    is early. One that cannot do what it says is kept, and `remark` says why. `clashes` are
    other words that came under the same key. `participation` is whom it checked in.
    """

    event = models.ForeignKey(Event, models.PROTECT, related_name="door_lines")
    observer = models.ForeignKey(Party, models.PROTECT, related_name="+")
    key = models.UUIDField(unique=True)
    series = models.UUIDField()
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    body = models.TextField()
    came_at = models.DateTimeField()
    skew = models.IntegerField(default=0)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10)
    remark = models.CharField(max_length=300, blank=True, default="")
    participation = models.ForeignKey(Participation, models.PROTECT, null=True, related_name="+")
    clashes = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="door_line_state_is_known",
                condition=Q(state__in=["early", "applied", "kept"]),
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["event", "series", "number"], name="door_lines_of_a_phone")
        ]
