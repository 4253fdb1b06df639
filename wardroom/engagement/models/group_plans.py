"""A group's own plan: each wording that was submitted, the verdict, and the looks at it after."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardroom.access.models import ScopedQuerySet
from wardroom.engagement.models.groups import Group
from wardroom.matters.models import Matter


class GroupPlan(models.Model):
    """A plan that a group made for itself, as a matter; `stage` is that of its newest wording."""

    matter = models.OneToOneField(Matter, models.PROTECT, related_name="group_plan")
    group = models.ForeignKey(Group, models.PROTECT, related_name="plans")
    stage = models.CharField(max_length=10, default="submitted")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="group_plan_stage_is_known",
                condition=Q(stage__in=["submitted", "returned", "approved"]),
            ),
        ]


class PlanWording(models.Model):
    """A plan's words as they were submitted, and what the director said to them."""

    plan = models.ForeignKey(GroupPlan, models.PROTECT, related_name="wordings")
    version = models.PositiveSmallIntegerField()
    text = models.TextField()
    submitted_on = models.DateField()
    noted_by = models.CharField(max_length=120)
    verdict = models.CharField(max_length=10, blank=True, default="")
    words = models.CharField(max_length=500, blank=True, default="")
    decided_on = models.DateField(null=True)
    decided_by = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "version"], name="one_wording_a_version"),
            models.CheckConstraint(
                name="returned_wording_says_why", condition=~Q(verdict="returned") | ~Q(words="")
            ),
        ]


class PlanLook(models.Model):
    """A day on which an approved plan is looked at, and what was found then."""

    plan = models.ForeignKey(GroupPlan, models.PROTECT, related_name="looks")
    due_on = models.DateField()
    finding = models.CharField(max_length=12, blank=True, default="")
    text = models.CharField(max_length=500, blank=True, default="")
    looked_on = models.DateField(null=True)
    looked_by = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "due_on"], name="one_look_a_day"),
            models.CheckConstraint(
                name="look_says_what_was_found",
                condition=Q(looked_on__isnull=True) | (~Q(finding="") & ~Q(text="")),
            ),
        ]
