"""The office as it is built: its units, and the positions in them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from wardroom.directory.models import Seat


class Unit(models.Model):
    """A part of the office, under another one or at the top. From `until_on` on it is no more."""

    name = models.CharField(max_length=80)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    since_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["name"], condition=Q(until_on__isnull=True), name="one_unit_a_name"
            ),
            models.CheckConstraint(
                name="unit_is_not_under_itself",
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Position(models.Model):
    """A place on the staff: a seat of the office with its unit, grade and hours; or a proposal.

    A proposed position has no seat yet, and nobody holds it. `fte` is its part of a full-time
    job. From `until_on` on it is no more.
    """

    seat = models.OneToOneField(Seat, models.PROTECT, null=True, related_name="position")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="positions")
    title = models.CharField(max_length=120)
    ward_code = models.CharField(max_length=10, blank=True, default="")
    grade = models.CharField(max_length=20, blank=True, default="")
    fte = models.DecimalField(max_digits=3, decimal_places=2)
    status = models.CharField(max_length=10)
    reason = models.CharField(max_length=300, blank=True, default="")
    since_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="position_status_is_known",
                condition=Q(status__in=["existing", "proposed", "dropped", "closed"]),
            ),
            models.CheckConstraint(
                name="existing_position_is_a_seat",
                condition=Q(status__in=["proposed", "dropped"], seat__isnull=True)
                | Q(status__in=["existing", "closed"], seat__isnull=False),
            ),
            models.CheckConstraint(
                name="position_is_part_of_a_job", condition=Q(fte__gt=0) & Q(fte__lte=1)
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["status", "title", "id"], name="positions_by_title"),
        ]

    def __str__(self) -> str:
        return self.title
