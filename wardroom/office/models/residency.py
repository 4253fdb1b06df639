"""Where somebody appointed has to live: the clock, what was seen of it, what was decided."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from wardroom.access.models import ScopedQuerySet
from wardroom.directory.models import Party


class ResidencyClock(models.Model):
    """By when somebody appointed has to live in the city, with the arithmetic of that day.

    `source` names what started it, where that was no person. `proved_on` is when proof was last
    seen, `recheck_on` when it is looked at again. No address is kept, and no document.
    """

    party = models.ForeignKey(Party, models.PROTECT, related_name="residency_clocks")
    appointed_as = models.CharField(max_length=120)
    appointed_on = models.DateField()
    due_on = models.DateField()
    why_due = models.JSONField()
    source = models.CharField(max_length=60, blank=True, default="")
    state = models.CharField(max_length=10, default="running")
    proved_on = models.DateField(null=True, blank=True)
    recheck_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="residency_state_is_known",
                condition=Q(state__in=["running", "proved", "forfeited", "stands", "ended"]),
            ),
            models.CheckConstraint(
                name="residency_is_due_after_it_starts",
                condition=Q(due_on__gte=F("appointed_on")),
            ),
            models.CheckConstraint(
                name="proved_residency_says_when",
                condition=~Q(state="proved") | Q(proved_on__isnull=False, recheck_on__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["party"],
                condition=Q(state__in=["running", "proved"]),
                name="one_residency_clock_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["source"], condition=~Q(source=""), name="one_residency_clock_a_source"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "due_on", "id"], name="residency_by_due_day"),
        ]


class ResidencyProof(models.Model):
    """That somebody saw proof of residency: which kinds of document, who and when."""

    clock = models.ForeignKey(ResidencyClock, models.PROTECT, related_name="proofs")
    kinds = models.JSONField(default=list)
    seen_on = models.DateField()
    seen_by = models.CharField(max_length=120)
    at = models.DateTimeField()
    disposed_at = models.DateTimeField(null=True, blank=True)


class ResidencyDecision(models.Model):
    """What a person decided about an appointment whose residency was not proved in time."""

    clock = models.ForeignKey(ResidencyClock, models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=12)
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
