"""Condition checks."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardroom.access.models import ScopedQuerySet
from wardroom.city.models import Place
from wardroom.directory.models import Party
from wardroom.matters.models import Matter


class ConditionCheck(models.Model):
    """What somebody saw at a place at a time, from 1 (clean) to 4 (hazardous).

    Where the observer could not tell, there is no rating.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="checks")
    place = models.ForeignKey(Place, models.PROTECT, related_name="checks")
    observer = models.ForeignKey(Party, models.PROTECT, related_name="checks")
    seen_at = models.DateTimeField()
    finding = models.CharField(max_length=20)
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True, default="")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="rating_is_on_the_scale",
                condition=Q(finding="cannot_determine", rating__isnull=True)
                | (
                    ~Q(finding="cannot_determine")
                    & Q(rating__isnull=False, rating__gte=1, rating__lte=4)
                ),
            )
        ]
        indexes: ClassVar = [models.Index(fields=["matter", "-seen_at"], name="checks_of_a_matter")]
