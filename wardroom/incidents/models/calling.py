"""Who was called to an incident at which step, and where those on call are reached at night."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardroom.directory.models import Party
from wardroom.incidents.models.critical import Incident


class CallOut(models.Model):
    """One person told of one incident at one step: the row is what makes it happen once.

    ``due_at`` is when the next step falls, worked out once and kept: a change of the clocks
    moves nothing. ``why`` says it where somebody stands in for a gap.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="call_outs")
    step = models.PositiveSmallIntegerField()
    rung = models.CharField(max_length=10)
    role = models.CharField(max_length=10)
    party = models.ForeignKey(Party, models.PROTECT, related_name="call_outs")
    why = models.CharField(max_length=200, blank=True, default="")
    state = models.CharField(max_length=10, default="open")
    called_at = models.DateTimeField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["incident", "step"], name="one_call_out_a_step"),
            models.UniqueConstraint(
                fields=["incident"], condition=Q(state="open"), name="one_open_call_out"
            ),
            models.CheckConstraint(
                name="call_out_state_is_known",
                condition=Q(state__in=["open", "taken", "passed", "lapsed", "ended"]),
            ),
            models.CheckConstraint(
                name="call_out_that_is_over_says_when",
                condition=Q(state="open", ended_at=None)
                | (~Q(state="open") & Q(ended_at__isnull=False)),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(state="open"), name="call_outs_due"),
            models.Index(fields=["party", "-called_at"], name="call_outs_of_a_person"),
        ]


class CallAddress(models.Model):
    """Where somebody is reached when on call: for the directors and that person alone.

    It is no contact point of the directory: no list, search or export of people has it.
    """

    party = models.ForeignKey(Party, models.PROTECT, related_name="call_addresses")
    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=254)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=120)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="call_address_kind_is_known",
                condition=Q(kind__in=["email", "short", "text"]),
            ),
            models.UniqueConstraint(
                fields=["party", "value"],
                condition=Q(ended_at=None),
                name="one_call_address_in_use",
            ),
        ]
