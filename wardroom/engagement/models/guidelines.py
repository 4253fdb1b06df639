"""What groups work by: framework and guideline documents, and which version each accepted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardroom.engagement.models.groups import Group


class Guideline(models.Model):
    """A framework or a guideline for citizen groups; its words are in its versions."""

    kind = models.CharField(max_length=12)
    title = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="guideline_is_of_a_kind", condition=Q(kind__in=["framework", "guideline"])
            ),
            models.UniqueConstraint(fields=["title"], name="one_guideline_a_title"),
        ]


class GuidelineVersion(models.Model):
    """One version of a guideline as it was issued, and why it changed."""

    guideline = models.ForeignKey(Guideline, models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField()
    text = models.TextField()
    why = models.CharField(max_length=300, blank=True, default="")
    issued_on = models.DateField()
    issued_by = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["guideline", "version"], name="one_guideline_version"),
            models.CheckConstraint(
                name="changed_guideline_says_why", condition=Q(version=1) | ~Q(why="")
            ),
        ]


class Acceptance(models.Model):
    """That a group accepted one version of a guideline, and who said so for it."""

    version = models.ForeignKey(GuidelineVersion, models.PROTECT, related_name="acceptances")
    group = models.ForeignKey(Group, models.PROTECT, related_name="acceptances")
    accepted_on = models.DateField()
    accepted_by = models.CharField(max_length=120)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "group"], name="accepted_once"),
        ]
