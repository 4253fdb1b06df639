"""Work plans, their steps and what was seen of them, reviews, and agreed improvements."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from wardroom.access.models import ScopedQuerySet
from wardroom.directory.models import Party
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
    """An ask in its order within a version of a plan.

    `days` is how many working days the work takes. `owner_name` is who at the agency sees to
    it, as somebody said it. `wording_then`, `state_then`, `due_then` and `promised_then` are how
    the ask stood when this version was adopted; what it is now stands on the ask.
    """

    plan = models.ForeignKey(WorkPlan, models.PROTECT, related_name="steps")
    ask = models.ForeignKey(Ask, models.PROTECT, related_name="plan_steps")
    position = models.PositiveSmallIntegerField()
    days = models.PositiveSmallIntegerField(default=1)
    owner_name = models.CharField(max_length=120, blank=True, default="")
    cost = models.CharField(max_length=120, blank=True, default="")
    wording_then = models.CharField(max_length=300, blank=True, default="")
    state_then = models.CharField(max_length=12, blank=True, default="")
    due_then = models.DateField(null=True)
    promised_then = models.DateField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "position"], name="one_step_a_position"),
            models.UniqueConstraint(fields=["plan", "ask"], name="one_step_an_ask"),
            models.CheckConstraint(name="step_takes_a_day_at_least", condition=Q(days__gte=1)),
        ]


class StepWait(models.Model):
    """A step that waits for another one of its plan, which stands before it."""

    step = models.ForeignKey(PlanStep, models.PROTECT, related_name="waits")
    on = models.ForeignKey(PlanStep, models.PROTECT, related_name="followers")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["step", "on"], name="step_waits_once_for_another"),
            models.CheckConstraint(
                name="step_does_not_wait_for_itself", condition=~Q(step=F("on"))
            ),
        ]


class StepCheck(models.Model):
    """Somebody who neither did nor asked for a step looked whether it was done."""

    ask = models.ForeignKey(Ask, models.PROTECT, related_name="step_checks")
    observer = models.ForeignKey(Party, models.PROTECT, related_name="+")
    seen_at = models.DateTimeField()
    finding = models.CharField(max_length=20)
    note = models.CharField(max_length=500, blank=True, default="")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="step_finding_is_known",
                condition=Q(finding__in=["fixed", "partly", "not_fixed", "cannot_determine"]),
            )
        ]
        indexes: ClassVar = [models.Index(fields=["ask", "-seen_at"], name="checks_of_a_step")]


class PlanReview(models.Model):
    """Somebody looked at a plan again and left it as it is, until another day."""

    plan = models.ForeignKey(WorkPlan, models.PROTECT, related_name="reviews")
    reviewed_at = models.DateTimeField()
    reviewed_by = models.CharField(max_length=120)
    note = models.CharField(max_length=500)
    review_on = models.DateField()


class Improvement(models.Model):
    """A step agreed at the table, that one entity takes within its own authority.

    `entity` is who that is where the office knows them; `entity_name` is what was said.
    `found_noun` and `found_key` name the assessment that found it where the house keeps one,
    and `found_by` tells it in words. `led_to` is the plan revision that followed.
    """

    matter = models.OneToOneField(Matter, models.PROTECT, related_name="improvement")
    entity = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    entity_name = models.CharField(max_length=200)
    wording = models.CharField(max_length=300)
    authority = models.CharField(max_length=200)
    agreed_on = models.DateField()
    found_by = models.CharField(max_length=300)
    found_noun = models.CharField(max_length=30, blank=True, default="")
    found_key = models.CharField(max_length=60, blank=True, default="")
    led_to = models.ForeignKey(WorkPlan, models.PROTECT, null=True, related_name="improvements")
    evidence = models.CharField(max_length=500, blank=True, default="")
    evidence_on = models.DateField(null=True)
    evidence_by = models.CharField(max_length=120, blank=True, default="")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="improvement_says_who_and_by_what_authority",
                condition=~Q(entity_name="") & ~Q(authority="") & ~Q(found_by=""),
            ),
            models.CheckConstraint(
                name="improvement_evidence_says_by_whom_and_when",
                condition=Q(evidence="") | (~Q(evidence_by="") & Q(evidence_on__isnull=False)),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["-agreed_on", "-id"], name="improvements_by_day")]
