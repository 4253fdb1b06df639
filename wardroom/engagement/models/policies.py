"""What is said about a policy: never by whom."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardroom.access.models import ScopedQuerySet
from wardroom.matters.models import Matter


class PolicyEntry(models.Model):
    """One thing that was said about a policy, in one ward, with its tenor and how it came.

    ``about`` is one or two words, such as Parking, by which what was said is summed up. The
    tenor is of what was said. There is no place for who said it.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="policy_entries")
    ward_code = models.CharField(max_length=10)
    tenor = models.CharField(max_length=10)
    text = models.CharField(max_length=300)
    about = models.CharField(max_length=40, blank=True, default="")
    channel = models.CharField(max_length=10)
    heard_on = models.DateField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="policy_tenor_is_known",
                condition=Q(tenor__in=["for", "against", "confused"]),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["matter", "ward_code", "heard_on"], name="entries_of_a_policy")
        ]
