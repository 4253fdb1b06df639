"""Evaluations with their places and verdicts, and how often the judge would have been wrong."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardroom.access.models import ScopedQuerySet
from wardroom.directory.models import Party
from wardroom.problems.models.locations import PersistentLocation


class Evaluation(models.Model):
    """The test of what was done at some locations, as it was registered before it began.

    `ward_code` is that of all its locations, empty where they lie in several. `text` is all of
    it as one line and `sha256` its hash. `at_once` is how many could be
    treated first where a lot decided, and `lot` that lot. Nothing changes but its withdrawal.
    """

    title = models.CharField(max_length=120)
    ward_code = models.CharField(max_length=10, blank=True, default="")
    data_until = models.DateField()
    starts_on = models.DateField()
    verdict_on = models.DateField()
    months = models.PositiveSmallIntegerField()
    measure = models.TextField()
    comparison_rule = models.TextField()
    seed = models.PositiveIntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    at_once = models.PositiveSmallIntegerField(null=True)
    lot = models.JSONField(null=True)
    registered_by = models.ForeignKey(Party, models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=500, blank=True, default="")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="evaluation_is_withdrawn_with_a_reason",
                condition=Q(withdrawn_at__isnull=True, withdrawn_why="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_why="")),
            ),
            models.CheckConstraint(
                name="evaluation_begins_after_its_data",
                condition=Q(starts_on__gt=models.F("data_until")),
            ),
            models.CheckConstraint(
                name="evaluation_ends_after_it_begins",
                condition=Q(verdict_on__gt=models.F("starts_on")),
            ),
            models.CheckConstraint(
                name="evaluation_lot_has_a_number",
                condition=Q(lot__isnull=True) | Q(at_once__isnull=False, at_once__gte=1),
            ),
        ]


class EvaluatedPlace(models.Model):
    """One location of an evaluation, with what is counted there; `topics` are codes.

    `before` is the count of the 12 months before; `wave` is 0 for those a lot let go first.
    """

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="places")
    location = models.ForeignKey(PersistentLocation, models.PROTECT, related_name="evaluated")
    ward_code = models.CharField(max_length=10, blank=True, default="")
    latitude = models.FloatField()
    longitude = models.FloatField()
    radius_m = models.FloatField()
    topics = models.JSONField()
    before = models.PositiveIntegerField()
    wave = models.PositiveSmallIntegerField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["evaluation", "location"], name="one_place_an_evaluation"
            ),
        ]


class Verdict(models.Model):
    """What was said of an evaluation once so many months were over; it never changes.

    An interim one only tells how it stands. `figures` hold all numbers, `a_a_rate` how often
    as many untreated places would have looked helped.
    """

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="verdicts")
    given_at = models.DateTimeField()
    data_until = models.DateField()
    months = models.PositiveSmallIntegerField()
    interim = models.BooleanField()
    word = models.CharField(max_length=30)
    sentence = models.TextField()
    a_a_rate = models.FloatField(null=True)
    method = models.CharField(max_length=80)
    figures = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["evaluation"],
                condition=Q(interim=False),
                name="one_final_verdict_an_evaluation",
            ),
            models.UniqueConstraint(
                fields=["evaluation", "months", "interim"], name="one_verdict_a_month"
            ),
        ]


class FalseAlarmCheck(models.Model):
    """How often the judge would have been wrong on this office's own data, tried on a day.

    Plans that nobody made are judged at places where nothing was done, from pretended starts on.
    `figures` go by the number of places; `starts` are the first months, as 2025-04.
    """

    checked_at = models.DateTimeField()
    data_until = models.DateField()
    method = models.CharField(max_length=80)
    requests = models.PositiveIntegerField()
    starts = models.JSONField()
    months = models.PositiveSmallIntegerField()
    places = models.PositiveIntegerField()
    figures = models.JSONField()


class EvaluationPreview(models.Model):
    """What an evaluation would take, counted for somebody before they register it.

    Each person has one, the last. `wanted` is what they filled in. The rest is empty until a
    worker has counted: then either `draft` with its hash, or why it is `refused`.
    """

    of = models.OneToOneField(Party, models.PROTECT, related_name="evaluation_preview")
    asked_at = models.DateTimeField()
    wanted = models.JSONField()
    counted_at = models.DateTimeField(null=True)
    draft = models.JSONField(null=True)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    compared = models.PositiveIntegerField(null=True)
    needed = models.JSONField(default=list)
    refused = models.CharField(max_length=500, blank=True, default="")
