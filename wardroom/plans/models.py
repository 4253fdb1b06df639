"""Work plans and their steps."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardroom.access.models import ScopedQuerySet
from wardroom.matters.models import Ask, Matter


class WorkPlan(models.Model):
    """One version of the plan for one matter. A revision is a new row with a reason."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="plans")
    version = models.PositiveSmallIntegerField()
    cause = models.TextField(blank=True, default="")
    objective = models.CharField(max_length=300)
    measure = models.CharField(max_length=200)
    baseline = models.FloatField()
    target = models.FloatField()
    target_on = models.DateField()
    review_on = models.DateField()
    reason = models.CharField(max_length=300, blank=True, default="")
    adopted_at = models.DateTimeField()
    adopted_by = models.CharField(max_length=120)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "version"], name="one_plan_a_version"),
            models.CheckConstraint(
                name="plan_revision_has_a_reason", condition=Q(version=1) | ~Q(reason="")
            ),
        ]


class PlanStep(models.Model):
    """An ask in its order within a plan, and the step it waits for."""

    plan = models.ForeignKey(WorkPlan, models.PROTECT, related_name="steps")
    ask = models.ForeignKey(Ask, models.PROTECT, related_name="plan_steps")
    position = models.PositiveSmallIntegerField()
    after = models.ForeignKey("self", models.PROTECT, null=True, related_name="followers")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "position"], name="one_step_a_position"),
            models.UniqueConstraint(fields=["plan", "ask"], name="one_step_an_ask"),
        ]
