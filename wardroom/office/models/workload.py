"""What the staff needed is told from: measured times, the study, a year's hours, scenarios."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from wardroom.directory.models import Party


class StandingLogs(models.Manager["TimeLog"]):
    """The minutes that count: what was logged by mistake was taken back."""

    def get_queryset(self) -> models.QuerySet[TimeLog]:
        return super().get_queryset().filter(taken_back_at=None)


class TimeLog(models.Model):
    """Minutes that somebody spent on one kind of work, and how many pieces were finished."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="time_logs")
    kind = models.CharField(max_length=20)
    minutes = models.PositiveSmallIntegerField()
    finished = models.PositiveSmallIntegerField(default=1)
    on = models.DateField()
    logged_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = StandingLogs()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="logged_minutes_fit_a_day", condition=Q(minutes__gt=0) & Q(minutes__lte=1440)
            )
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "on"], name="time_logs_of_a_kind")]


class UnitTime(models.Model):
    """The hours that one piece of a kind of work takes, who measured it when, and on how many.

    The newest of a kind holds. Before the first one the placeholder of the house is used.
    """

    kind = models.CharField(max_length=20)
    hours = models.DecimalField(max_digits=7, decimal_places=2)
    low = models.DecimalField(max_digits=7, decimal_places=2)
    high = models.DecimalField(max_digits=7, decimal_places=2)
    observed = models.PositiveIntegerField()
    how = models.CharField(max_length=200)
    measured_on = models.DateField()
    measured_by = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="unit_time_is_within_its_range",
                condition=Q(low__gte=0) & Q(low__lte=F("hours")) & Q(high__gte=F("hours")),
            ),
            models.CheckConstraint(
                name="unit_time_was_observed", condition=Q(observed__gt=0) & Q(hours__gt=0)
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "-id"], name="unit_times_of_a_kind")]


class WorkYear(models.Model):
    """The hours that a person is there in a year, and the part for such work; the newest holds."""

    net_hours = models.PositiveSmallIntegerField()
    utilisation = models.DecimalField(max_digits=3, decimal_places=2)
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="work_year_has_hours",
                condition=Q(net_hours__gt=0, utilisation__gt=0, utilisation__lte=1),
            )
        ]


class Scenario(models.Model):
    """A year as it might be, by name: other volumes, times, hours or positions than today's.

    `changes` holds what is different and nothing else; nothing real is changed by it.
    """

    name = models.CharField(max_length=80)
    changes = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["name"], condition=Q(dropped_at__isnull=True), name="one_scenario_a_name"
            )
        ]
