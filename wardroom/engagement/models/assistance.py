"""Building the capacity of a group: what it needs, what was handed over, and what came of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardroom.access.models import ScopedQuerySet
from wardroom.directory.models import Party
from wardroom.matters.models import Matter


class Assistance(models.Model):
    """What a matter of one of these kinds adds: for whom it is, and what a gift is.

    Sessions are the events of the matter, and their hours are counted from who came. Of a
    donation in kind `giver`, `gift` and `approval` are kept, and no money anywhere.
    """

    matter = models.OneToOneField(Matter, models.PROTECT, related_name="assistance")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="assistance")
    for_whom = models.CharField(max_length=200)
    goal = models.CharField(max_length=500)
    giver = models.CharField(max_length=200, blank=True, default="")
    gift = models.CharField(max_length=500, blank=True, default="")
    approval = models.CharField(max_length=200, blank=True, default="")

    objects = ScopedQuerySet.as_manager()


class AssistanceLine(models.Model):
    """One need, or one thing that is handed over; done on a day, with what shows it."""

    assistance = models.ForeignKey(Assistance, models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=12)
    text = models.CharField(max_length=300)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=120)
    done_on = models.DateField(null=True)
    done_words = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="assistance_line_is_of_a_kind",
                condition=Q(kind__in=["need", "deliverable"]),
            ),
            models.CheckConstraint(
                name="done_line_says_what_shows_it",
                condition=Q(done_on__isnull=True) | ~Q(done_words=""),
            ),
        ]

    @property
    def matter(self) -> Matter:
        """The matter that it is a line of."""
        return self.assistance.matter
