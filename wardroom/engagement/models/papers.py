"""What a commission sent, with its concerns and our letters."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardroom.access.models import ScopedQuerySet
from wardroom.directory.models import Party
from wardroom.matters.models import Matter


class CommissionPaper(models.Model):
    """A proposal or a recommendation of an advisory commission, with the vote that made it.

    `commission` is the organisation where the office knows it; `anc_code` is what the paper
    says. The counts are those of the commission's own vote.
    """

    matter = models.OneToOneField(Matter, models.PROTECT, related_name="commission_paper")
    commission = models.ForeignKey(Party, models.PROTECT, null=True, related_name="papers")
    anc_code = models.CharField(max_length=10)
    smd_code = models.CharField(max_length=10, blank=True, default="")
    received_on = models.DateField()
    voted_on = models.DateField()
    yes = models.PositiveSmallIntegerField()
    no = models.PositiveSmallIntegerField(default=0)
    abstained = models.PositiveSmallIntegerField(default=0)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="paper_was_voted_before_it_came",
                condition=Q(received_on__gte=models.F("voted_on")),
            ),
            models.CheckConstraint(
                name="paper_was_carried", condition=Q(yes__gt=models.F("no")) & Q(yes__gt=0)
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["anc_code", "-received_on", "-id"], name="papers_of_a_commission"),
            models.Index(fields=["-received_on", "-id"], name="papers_by_day"),
        ]


class Concern(models.Model):
    """One issue or concern that a paper raises, and what was found on it."""

    paper = models.ForeignKey(CommissionPaper, models.PROTECT, related_name="concerns")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    finding = models.CharField(max_length=20, blank=True, default="")
    finding_text = models.TextField(blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["paper", "position"], name="concern_has_its_place"),
            models.CheckConstraint(
                name="finding_says_why_by_whom_and_when",
                condition=Q(finding="")
                | (~Q(finding_text="") & ~Q(answered_by="") & Q(answered_at__isnull=False)),
            ),
        ]

    @property
    def matter(self) -> Matter:
        """The matter of its paper."""
        return self.paper.matter


class PaperLetter(models.Model):
    """A letter about a paper that went to its commission, and who got a copy."""

    paper = models.ForeignKey(CommissionPaper, models.PROTECT, related_name="letters")
    letter = models.CharField(max_length=20)
    sent_on = models.DateField()
    text = models.TextField()
    copied_to = models.CharField(max_length=200, blank=True, default="")
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=120)
