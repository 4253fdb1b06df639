"""Programs that carry commitments, and the looks at whether they do."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardroom.directory.models import Party
from wardroom.engagement.models.commitments import Commitment
from wardroom.matters.models import Matter


class Program(models.Model):
    """Something that can carry a commitment: an initiative of ours, a plan, a budget line.

    `matter` is the initiative or campaign where it is one of ours.
    """

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12)
    agency = models.ForeignKey(Party, models.PROTECT, null=True, related_name="programs")
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="programs")
    named_at = models.DateTimeField()
    named_by = models.CharField(max_length=120)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["name"], condition=Q(ended_on__isnull=True), name="one_program_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ProgramCheck(models.Model):
    """A look at whether a program carries a commitment; the newest one holds, none changes."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="checks")
    program = models.ForeignKey(Program, models.PROTECT, null=True, related_name="checks")
    verdict = models.CharField(max_length=12)
    text = models.CharField(max_length=500)
    checked_on = models.DateField()
    checked_at = models.DateTimeField()
    checked_by = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="gap_names_no_program",
                condition=Q(verdict="no_program", program__isnull=True)
                | (~Q(verdict="no_program") & Q(program__isnull=False)),
            )
        ]
