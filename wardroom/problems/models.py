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
