"""Detections with their reporting rates and ranked candidates, and the office's weights."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardroom.access.models import ScopedQuerySet
from wardroom.city.models import District, Place
from wardroom.directory.models import Party


class Detection(models.Model):
    """One run of the ranking over all requests up to an instant.

    `calibration` says how scores of ordinary places are spread; the first method had none.
    `left_out` counts the requests that could not be placed. `reporting` says what its reporting
    rates were told from; it is empty where there were none. `rows_taken_in` says how far the
    readings had come. One that was `kept_fresh` came of new requests and not of the night; the
    next one of its day takes its rows over, and then it is `carried_into` that one.
    """

    data_as_of = models.DateTimeField()
    ran_at = models.DateTimeField()
    method = models.CharField(max_length=60)
    settings = models.JSONField()
    requests = models.PositiveIntegerField()
    episodes = models.PositiveIntegerField()
    places = models.PositiveIntegerField()
    left_out = models.PositiveIntegerField(default=0)
    calibration = models.JSONField(null=True)
    calibrated_as_of = models.DateTimeField(null=True)
    reporting = models.JSONField(default=dict)
    rows_taken_in = models.PositiveBigIntegerField(null=True)
    kept_fresh = models.BooleanField(default=False)
    carried_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="carried")


class ReportingRate(models.Model):
    """How readily one district reports, as one detection saw it: 1 is as the whole city.

    `why` is seldom or silent where somebody should walk there. `episodes` are those of 12
    months, `unreported` about how many more there likely were, where that can be told.
    """

    detection = models.ForeignKey(Detection, models.PROTECT, related_name="rates")
    district = models.ForeignKey(District, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    code = models.CharField(max_length=30)
    ward_code = models.CharField(max_length=10, blank=True, default="")
    relative = models.FloatField()
    lower = models.FloatField()
    upper = models.FloatField()
    repeats = models.PositiveIntegerField()
    expected = models.FloatField()
    days = models.FloatField()
    delay_days = models.FloatField(null=True)
    episodes = models.PositiveIntegerField()
    why = models.CharField(max_length=10, blank=True, default="")
    unreported = models.FloatField(null=True)
    unreported_low = models.FloatField(null=True)
    unreported_high = models.FloatField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["detection", "district"], name="one_rate_a_district"),
        ]


class Candidate(models.Model):
    """A place that one detection put forward: a point with its surroundings, and its reasons.

    `q_value` is missing where the place was not weighed, and under the first method. It is
    `flagged` where that is small enough. `busy_episodes` and `stuck_months` are over 0 on
    those lists. `severity` is that of its worst topic; `overdue` counts its open requests
    that are past due. `even_excess` and `even_rank` are what it would have if all districts
    reported alike; they change nothing in its rank.
    """

    detection = models.ForeignKey(Detection, models.PROTECT, related_name="candidates")
    place = models.ForeignKey(Place, models.PROTECT, related_name="candidacies")
    ward = models.ForeignKey(District, models.PROTECT, null=True, related_name="+")
    ward_code = models.CharField(max_length=10, blank=True, default="")
    rank = models.PositiveIntegerField()
    ward_rank = models.PositiveIntegerField()
    latitude = models.FloatField()
    longitude = models.FloatField()
    radius_m = models.PositiveSmallIntegerField(default=0)
    score = models.FloatField()
    p_value = models.FloatField(null=True)
    q_value = models.FloatField(null=True)
    flagged = models.BooleanField()
    excess_a_month = models.FloatField(default=0.0)
    course = models.CharField(max_length=20, blank=True, default="")
    window = models.PositiveSmallIntegerField(default=12)
    episodes = models.PositiveIntegerField()
    expected = models.FloatField()
    active_months = models.PositiveSmallIntegerField()
    returns = models.PositiveSmallIntegerField()
    reporters = models.PositiveIntegerField(null=True)
    agencies = models.JSONField()
    topics = models.JSONField()
    months = models.JSONField()
    severity = models.PositiveSmallIntegerField(default=1)
    overdue = models.PositiveIntegerField(default=0)
    busy_episodes = models.PositiveIntegerField(default=0)
    stuck_months = models.PositiveSmallIntegerField(default=0)
    numbers = models.JSONField()
    rate = models.ForeignKey(ReportingRate, models.PROTECT, null=True, related_name="+")
    even_excess = models.FloatField(null=True)
    even_low = models.FloatField(null=True)
    even_high = models.FloatField(null=True)
    even_rank = models.PositiveIntegerField(null=True)
    busy_rank = models.PositiveIntegerField(null=True)
    even_busy_rank = models.PositiveIntegerField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["detection", "place"], name="one_candidacy_a_run"),
        ]
        indexes: ClassVar = [models.Index(fields=["detection", "ward_code", "rank"])]


class OfficeWeights(models.Model):
    """How much severity, under-reporting and what is past due weigh in the office's own order.

    All are in episodes a month. The newest row holds; none changes.
    """

    severity = models.FloatField()
    equity = models.FloatField()
    overdue = models.FloatField()
    reason = models.CharField(max_length=300)
    set_by = models.ForeignKey(Party, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="office_weights_are_not_negative",
                condition=Q(severity__gte=0, equity__gte=0, overdue__gte=0),
            ),
            models.CheckConstraint(name="office_weights_have_a_reason", condition=~Q(reason="")),
        ]
