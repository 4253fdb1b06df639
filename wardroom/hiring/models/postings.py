"""Postings: their words, their questions, and who sits on their panel."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from wardroom.access.models import ScopedQuerySet


class Posting(models.Model):
    """A position that people may apply for, and who keeps the hiring.

    The keeper and the panel read what is sent to it, and nobody else, whatever their role.
    Salaries are cents of a year; ``seats`` is how many are to be appointed. ``keep_months``
    says how long after its end applications are kept; ``held_for`` is why they must be kept
    longer. Reasons may name somebody who applied, so they stand here, for the people of the
    hiring alone, until it is disposed of.
    """

    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(max_length=200)
    office_name = models.CharField(max_length=200)
    grade = models.CharField(max_length=200)
    salary_from = models.BigIntegerField()
    salary_to = models.BigIntegerField(null=True, blank=True)
    opens_on = models.DateField()
    closes_on = models.DateField(null=True, blank=True)
    special = models.TextField(blank=True, default="")
    about = models.TextField(blank=True, default="")
    duties = models.TextField()
    requirements = models.TextField()
    security_note = models.TextField(blank=True, default="")
    residency = models.TextField(blank=True, default="")
    preference = models.CharField(max_length=10, default="none")
    preference_words = models.TextField(blank=True, default="")
    preference_points = models.PositiveSmallIntegerField(default=0)
    seats = models.PositiveSmallIntegerField(default=1)
    keep_months = models.PositiveSmallIntegerField(default=36)
    state = models.CharField(max_length=10, default="draft")
    keeper = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_for = models.CharField(max_length=300, blank=True, default="")
    held_for = models.CharField(max_length=300, blank=True, default="")
    lifted_for = models.CharField(max_length=300, blank=True, default="")
    handed_for = models.CharField(max_length=300, blank=True, default="")
    moved_for = models.CharField(max_length=300, blank=True, default="")
    disposed_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="posting_opens_before_it_closes",
                condition=Q(closes_on__isnull=True) | Q(closes_on__gte=F("opens_on")),
            ),
            models.CheckConstraint(
                name="posting_salary_goes_up",
                condition=Q(salary_from__gt=0)
                & (Q(salary_to__isnull=True) | Q(salary_to__gte=F("salary_from"))),
            ),
            models.CheckConstraint(
                name="published_posting_says_when",
                condition=Q(state__in=("draft", "withdrawn")) | Q(published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def panel(self) -> frozenset[int]:
        """Who sits on the panel now."""
        rows = self.members.filter(left_at__isnull=True)
        return frozenset(rows.values_list("user_id", flat=True))


class PostingQuestion(models.Model):
    """A question of a posting, the same for all: to those who apply, or asked by the panel."""

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="questions")
    place = models.PositiveSmallIntegerField()
    asked_of = models.CharField(max_length=10)
    text = models.CharField(max_length=500)
    kind = models.CharField(max_length=10, default="text")
    must = models.BooleanField(default=True)
    points = models.PositiveSmallIntegerField(default=0)
    taken_off_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["place", "pk"]


class PanelMember(models.Model):
    """Somebody who reads and scores what is sent to one posting."""

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    since = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["posting", "user"],
                condition=Q(left_at__isnull=True),
                name="one_seat_on_a_panel",
            )
        ]
