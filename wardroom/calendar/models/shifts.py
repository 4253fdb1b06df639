"""Shifts: dated turns of duty on the office's own clocks, with whoever has them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardroom.access.models import ScopedQuerySet, User


class Shift(models.Model):
    """One turn of duty, on a day and a time of the office's clocks; without a user it is a gap.

    The instants follow from day and time, so that a change of the clocks moves nothing. `rota`
    names where it comes from; one that was cleared stays and is nobody's duty any more.
    """

    role = models.CharField(max_length=10)
    ward_code = models.CharField(max_length=10, blank=True, default="")
    on_date = models.DateField()
    starts = models.TimeField()
    ends_on = models.DateField()
    ends = models.TimeField()
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="shifts")
    title = models.CharField(max_length=120, blank=True, default="")
    language = models.CharField(max_length=10, blank=True, default="")
    rota = models.CharField(max_length=40, blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    placed_at = models.DateTimeField()
    placed_by = models.CharField(max_length=120)
    changed_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="shift_is_of_a_role",
                condition=Q(role__in=["on_call", "backup", "evening", "event"]),
            ),
            models.CheckConstraint(
                name="shift_ends_after_it_starts",
                condition=Q(ends_on__gt=models.F("on_date"))
                | Q(ends_on=models.F("on_date"), ends__gt=models.F("starts")),
            ),
            models.UniqueConstraint(
                fields=["role", "ward_code", "on_date", "starts"],
                condition=Q(cleared_at__isnull=True) & ~Q(role="event"),
                name="one_shift_a_turn",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["on_date", "role"], name="shifts_by_day"),
            models.Index(fields=["user", "on_date"], name="shifts_of_a_person"),
        ]
