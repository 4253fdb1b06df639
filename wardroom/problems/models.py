"""Detections, their ranked candidates, decisions about them, and persistent locations."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardroom.access.models import ScopedQuerySet
from wardroom.city.models import District, Place
from wardroom.directory.models import Party
from wardroom.matters.models import Matter


class Detection(models.Model):
    """One run of the ranking over all requests up to an instant."""

    data_as_of = models.DateTimeField()
    ran_at = models.DateTimeField()
    method = models.CharField(max_length=60)
    settings = models.JSONField()
    requests = models.PositiveIntegerField()
    episodes = models.PositiveIntegerField()
    places = models.PositiveIntegerField()
    shape = models.FloatField()
    rate = models.FloatField()


class Candidate(models.Model):
    """A place that one detection put forward, with its numbers and its reasons."""

    detection = models.ForeignKey(Detection, models.PROTECT, related_name="candidates")
    place = models.ForeignKey(Place, models.PROTECT, related_name="candidacies")
    ward = models.ForeignKey(District, models.PROTECT, null=True, related_name="+")
    ward_code = models.CharField(max_length=10, blank=True, default="")
    rank = models.PositiveIntegerField()
    ward_rank = models.PositiveIntegerField()
    score = models.FloatField()
    episodes = models.PositiveIntegerField()
    expected = models.FloatField()
    ratio = models.FloatField()
    active_months = models.PositiveSmallIntegerField()
    returns = models.PositiveSmallIntegerField()
    reporters = models.PositiveIntegerField(null=True)
    agencies = models.JSONField()
    topics = models.JSONField()
    months = models.JSONField()
    numbers = models.JSONField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["detection", "place"], name="one_candidacy_a_run"),
        ]
        indexes: ClassVar = [models.Index(fields=["detection", "ward_code", "rank"])]


class Decision(models.Model):
    """What a person decided about a candidate place, and why."""

    class Verdict(models.TextChoices):
        WATCH = "watch"
        REFUSE = "refuse"
        DESIGNATE = "designate"

    place = models.ForeignKey(Place, models.PROTECT, related_name="decisions")
    candidate = models.ForeignKey(Candidate, models.PROTECT, null=True, related_name="decisions")
    ward_code = models.CharField(max_length=10, blank=True, default="")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    reason = models.CharField(max_length=500)
    look_again_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(Party, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="decision_has_a_reason", condition=~Q(reason=""))
        ]
        indexes: ClassVar = [models.Index(fields=["place", "-decided_at"])]


class PersistentLocation(models.Model):
    """What a designated location adds to its matter."""

    matter = models.OneToOneField(Matter, models.PROTECT, related_name="persistent_location")
    place = models.ForeignKey(Place, models.PROTECT, related_name="persistent_locations")
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="location")
    topics = models.JSONField()
