"""Schedules, legal holds, and disposals with what became of each record on them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from wardroom.documents.models import Document
from wardroom.retention import rules


class Schedule(models.Model):
    """For how long a class of records is kept, from a day on, under which approved schedule.

    ``months`` is empty for what is kept for good. ``until_on`` is the last day it holds.
    """

    class_code = models.CharField(max_length=30)
    months = models.PositiveSmallIntegerField(null=True)
    fate = models.CharField(max_length=10)
    number = models.CharField(max_length=60)
    basis = models.CharField(max_length=300)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["class_code", "from_on"], name="one_schedule_a_class_and_day"
            ),
            models.CheckConstraint(
                name="schedule_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
            ),
            models.CheckConstraint(
                name="schedule_has_a_known_fate", condition=Q(fate__in=list(rules.FATES))
            ),
        ]


class LegalHold(models.Model):
    """What must be kept although its time is over, for whom and why, until it is lifted.

    Of one that was lifted the words of its scope go with the records that it kept.
    """

    reason = models.CharField(max_length=300)
    asked_by = models.CharField(max_length=120)
    since_on = models.DateField()
    class_code = models.CharField(max_length=30, blank=True, default="")
    unit = models.CharField(max_length=80, blank=True, default="")
    person = models.CharField(max_length=120, blank=True, default="")
    place = models.CharField(max_length=120, blank=True, default="")
    words = models.CharField(max_length=300, blank=True, default="")
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    placed_by = models.CharField(max_length=120)
    placed_at = models.DateTimeField()
    lifted_by = models.CharField(max_length=120, blank=True, default="")
    lifted_at = models.DateTimeField(null=True)
    lifted_for = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=Q(lifted_at=None), name="holds_standing")
        ]


class Disposal(models.Model):
    """A list of records whose time is over: prepared by one person, approved by another."""

    class_code = models.CharField(max_length=30)
    schedule = models.ForeignKey(Schedule, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default=rules.PREPARED)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    prepared_name = models.CharField(max_length=120)
    prepared_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    approved_name = models.CharField(max_length=120, blank=True, default="")
    approved_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    certificate = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="disposal_state_is_known", condition=Q(state__in=list(rules.STATES))
            ),
            models.CheckConstraint(
                name="disposal_takes_two_people",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("prepared_by")),
            ),
            models.CheckConstraint(
                name="disposal_is_approved_before_it_is_done",
                condition=~Q(state__in=[rules.APPROVED, rules.DONE]) | Q(approved_at__isnull=False),
            ),
        ]


class DisposalRow(models.Model):
    """One record on a list. What was destroyed stays here as its number and its hash alone."""

    disposal = models.ForeignKey(Disposal, models.PROTECT, related_name="rows")
    noun = models.CharField(max_length=30)
    key = models.CharField(max_length=60)
    ended_on = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=10, default=rules.LISTED)
    hold = models.ForeignKey(LegalHold, models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64, blank=True, default="")
    texts = models.PositiveIntegerField(default=0)
    files = models.JSONField(default=list)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["disposal", "noun", "key"], name="one_row_a_record_and_disposal"
            ),
            models.UniqueConstraint(
                fields=["noun", "key"],
                condition=Q(state=rules.DESTROYED),
                name="a_record_is_destroyed_once",
            ),
            models.CheckConstraint(
                name="row_state_is_known", condition=Q(state__in=list(rules.ROW_STATES))
            ),
            models.CheckConstraint(
                name="destroyed_row_has_its_hash",
                condition=~Q(state=rules.DESTROYED) | ~Q(digest=""),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["noun", "key"], name="disposal_rows_of_one")]
