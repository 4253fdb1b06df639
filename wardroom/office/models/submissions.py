"""Budget submissions: drafted from the funds, signed, and frozen with their numbers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardroom.access.models import ScopedQuerySet
from wardroom.office.models.money import FiscalYear


class BudgetSubmission(models.Model):
    """What the office asks for in a fiscal year. A draft is told from the funds as they are;
    signed, it keeps every number for ever in `content`. A correction is a new version."""

    year = models.ForeignKey(FiscalYear, models.PROTECT, related_name="submissions")
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, default="draft")
    scenario = models.CharField(max_length=80, blank=True, default="")
    note = models.TextField(blank=True, default="")
    content = models.JSONField(null=True)
    digest = models.CharField(max_length=64, blank=True, default="")
    drafted_at = models.DateTimeField()
    drafted_by = models.CharField(max_length=120)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.CharField(max_length=120, blank=True, default="")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["year", "version"], name="one_submission_a_version"),
            models.UniqueConstraint(
                fields=["year"], condition=Q(state="draft"), name="one_submission_is_a_draft"
            ),
            models.CheckConstraint(
                name="signed_submission_is_whole",
                condition=Q(state="draft", content__isnull=True)
                | Q(state="signed", content__isnull=False, signed_at__isnull=False)
                & ~Q(digest="")
                & ~Q(signed_by=""),
            ),
        ]
