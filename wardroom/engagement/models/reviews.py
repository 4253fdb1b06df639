"""Community groups in the review of the city's programs: asked, came, said, and answered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardroom.access.models import ScopedQuerySet
from wardroom.directory.models import Party


class ProgramReview(models.Model):
    """One occasion on which a program was reviewed or evaluated with community groups."""

    program = models.CharField(max_length=200)
    agency = models.ForeignKey(Party, models.PROTECT, null=True, related_name="reviews")
    invited_by = models.CharField(max_length=200)
    held_on = models.DateField()
    ward_code = models.CharField(max_length=10, blank=True, default="")
    about = models.CharField(max_length=500, blank=True, default="")
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=120)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-held_on", "-id"], name="reviews_by_day"),
            models.Index(fields=["program", "-held_on"], name="reviews_of_a_program"),
        ]


class ReviewVoice(models.Model):
    """A group that was asked to a review: whether it came, what it said, what became of that.

    `party` is who that is where the office knows it; `name` is as it was written down.
    """

    review = models.ForeignKey(ProgramReview, models.PROTECT, related_name="voices")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="reviewed")
    name = models.CharField(max_length=200)
    came = models.BooleanField(default=False)
    said = models.TextField(blank=True, default="")
    disposition = models.CharField(max_length=12, blank=True, default="")
    reason = models.CharField(max_length=500, blank=True, default="")
    decided_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "name"], name="one_voice_a_group"),
            models.CheckConstraint(
                name="disposition_says_why", condition=Q(disposition="") | ~Q(reason="")
            ),
        ]

    @property
    def ward_code(self) -> str:
        """The ward of its review."""
        return str(self.review.ward_code)
