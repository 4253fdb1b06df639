"""People who are here on other terms than an employee, and what was agreed with them when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from wardroom.access.models import ScopedQuerySet
from wardroom.directory.models import Party
from wardroom.office.models.structure import Unit


class Term(models.Model):
    """The time that somebody is here: on detail, as a volunteer, or for a fixed term.

    Their sign-in ends by itself after `until_on`. `home_agency` is who lends an employee, or
    `home_name` where the directory does not know them. Of a volunteer it keeps that they were
    old enough, never when they were born; `minor` is one under 18, for whom a parent or
    guardian agreed on `consent_on`. `checked_by` looked into it that they do nobody's job and
    have no conflict of interest. From `over_at` on it is over, and `over_why` says how. What was
    disposed of keeps who it was, of what kind and when.
    """

    party = models.ForeignKey(Party, models.PROTECT, related_name="terms")
    kind = models.CharField(max_length=12)
    home_agency = models.ForeignKey(Party, models.PROTECT, null=True, related_name="lent")
    home_name = models.CharField(max_length=200, blank=True, default="")
    memorandum = models.CharField(max_length=120, blank=True, default="")
    duties = models.CharField(max_length=300)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="terms")
    ward_code = models.CharField(max_length=10, blank=True, default="")
    hours_weekly = models.DecimalField(max_digits=4, decimal_places=1)
    since_on = models.DateField()
    until_on = models.DateField()
    minor = models.BooleanField(default=False)
    consent_from = models.CharField(max_length=20, blank=True, default="")
    consent_on = models.DateField(null=True, blank=True)
    consent_seen_by = models.CharField(max_length=120, blank=True, default="")
    checked_by = models.CharField(max_length=120, blank=True, default="")
    checked_on = models.DateField(null=True, blank=True)
    over_at = models.DateTimeField(null=True, blank=True)
    over_why = models.CharField(max_length=300, blank=True, default="")
    stayed = models.BooleanField(default=False)
    disposed_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="term_kind_is_known",
                condition=Q(kind__in=["detail", "volunteer", "fixed_term"]),
            ),
            models.CheckConstraint(
                name="term_ends_after_it_starts", condition=Q(until_on__gte=F("since_on"))
            ),
            models.CheckConstraint(
                name="detail_comes_from_somewhere",
                condition=Q(disposed_at__isnull=False)
                | ~Q(kind="detail")
                | (Q(home_agency__isnull=False) | ~Q(home_name="")) & ~Q(memorandum=""),
            ),
            models.CheckConstraint(
                name="volunteer_was_looked_into",
                condition=Q(disposed_at__isnull=False)
                | ~Q(kind="volunteer")
                | (~Q(checked_by="") & Q(checked_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="minor_has_a_parents_consent",
                condition=Q(disposed_at__isnull=False)
                | Q(minor=False)
                | (~Q(consent_from="") & Q(consent_on__isnull=False) & ~Q(consent_seen_by="")),
            ),
            models.UniqueConstraint(
                fields=["party"],
                condition=Q(over_at__isnull=True),
                name="one_term_at_a_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["until_on", "id"], name="terms_by_end"),
        ]


class TermLine(models.Model):
    """One thing that was agreed about a term: its first end, or another one and why."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="lines")
    sort = models.CharField(max_length=10)
    until_on = models.DateField()
    reason = models.CharField(max_length=300, blank=True, default="")
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="later_term_line_says_why", condition=Q(sort="agreed") | ~Q(reason="")
            ),
        ]


class Reminder(models.Model):
    """That somebody was reminded of something once: of a term, a clock, a certificate."""

    noun = models.CharField(max_length=20)
    key = models.CharField(max_length=40)
    step = models.SmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["noun", "key", "step"], name="reminded_once_a_step")
        ]
