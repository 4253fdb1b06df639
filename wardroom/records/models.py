"""Requests for records, what was searched and found for them, and what went out."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from wardroom.access.models import ScopedQuerySet
from wardroom.documents.models import Document
from wardroom.notices.models import Key
from wardroom.records import rules


class RecordsRequest(models.Model):
    """What somebody asks for by the law on public records, and by when it is answered.

    ``why_due`` is the arithmetic of the date, ``first_due_on`` the date before it was extended.
    ``ended_on`` is the day on which it was withdrawn, or its appeal decided for the answer.
    Of one that was destroyed under its schedule the number and the days are left.
    """

    name = models.CharField(max_length=120)
    email = models.CharField(max_length=254, blank=True, default="")
    post = models.CharField(max_length=300, blank=True, default="")
    language = models.CharField(max_length=5, default="en")
    words = models.TextField()
    channel = models.CharField(max_length=10)
    received_on = models.DateField()
    noted_at = models.DateTimeField()
    state = models.CharField(max_length=10, default=rules.OPEN)
    due_on = models.DateField()
    first_due_on = models.DateField()
    why_due = models.JSONField()
    extended_at = models.DateTimeField(null=True, blank=True)
    extended_for = models.CharField(max_length=300, blank=True, default="")
    outcome = models.CharField(max_length=10, blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)
    appealed_on = models.DateField(null=True, blank=True)
    appeal_due_on = models.DateField(null=True, blank=True)
    appeal_why = models.JSONField(null=True, blank=True)
    appeal_words = models.CharField(max_length=300, blank=True, default="")
    link = models.ForeignKey(Key, models.PROTECT, null=True, related_name="+")
    ended_on = models.DateField(null=True, blank=True)
    destroyed_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="records_request_state_is_known", condition=Q(state__in=list(rules.STATES))
            ),
            models.CheckConstraint(
                name="records_request_is_due_later", condition=Q(due_on__gte=F("received_on"))
            ),
            models.CheckConstraint(
                name="answered_request_has_an_outcome",
                condition=~Q(state__in=[rules.ANSWERED, rules.APPEALED])
                | (~Q(outcome="") & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="longer_records_clock_says_why",
                condition=Q(extended_at__isnull=True) | ~Q(extended_for=""),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "due_on"], name="records_due")]

    def __str__(self) -> str:
        return f"Records request {self.pk}"


class Search(models.Model):
    """One search for a request: where, for which words and days, by whom, and what it found."""

    request = models.ForeignKey(RecordsRequest, models.PROTECT, related_name="searches")
    terms = models.JSONField()
    kinds = models.JSONField()
    from_on = models.DateField()
    until_on = models.DateField()
    found = models.PositiveIntegerField()
    new = models.PositiveIntegerField()
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()


class FoundRecord(models.Model):
    """One record that was found, as it read then; its number stands on the release.

    A file has its bytes in ``document`` and goes out whole or not at all.
    """

    request = models.ForeignKey(RecordsRequest, models.PROTECT, related_name="records")
    number = models.PositiveIntegerField()
    noun = models.CharField(max_length=30)
    key = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    said_at = models.DateTimeField()
    text = models.TextField()
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    decision = models.CharField(max_length=10, blank=True, default="")
    code = models.CharField(max_length=20, blank=True, default="")
    reason = models.CharField(max_length=300, blank=True, default="")
    decided_by = models.CharField(max_length=120, blank=True, default="")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["request", "noun", "key"], name="one_found_record_a_thing"
            ),
            models.UniqueConstraint(fields=["request", "number"], name="one_found_record_a_number"),
            models.CheckConstraint(
                name="record_kept_back_has_a_ground",
                condition=~Q(decision=rules.WITHHOLD) | (~Q(code="") & ~Q(reason="")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["request", "decision"]),
            models.Index(fields=["noun", "key"], name="records_found_of_a_thing"),
        ]


class Redaction(models.Model):
    """A part of a record that is taken out before it goes out, on a ground of the law.

    One that was put back stays, with when and by whom.
    """

    record = models.ForeignKey(FoundRecord, models.PROTECT, related_name="redactions")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    code = models.CharField(max_length=20)
    reason = models.CharField(max_length=300)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    put_back_by = models.CharField(max_length=120, blank=True, default="")
    put_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="redaction_takes_something_out", condition=Q(end__gt=F("start"))
            ),
            models.UniqueConstraint(
                fields=["record", "start", "end"],
                condition=Q(put_back_at__isnull=True),
                name="one_redaction_a_span",
            ),
        ]


class Release(models.Model):
    """One answer: what went out, with the letter; fixed the moment it was decided."""

    request = models.ForeignKey(RecordsRequest, models.PROTECT, related_name="releases")
    outcome = models.CharField(max_length=10)
    words = models.TextField(blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    package = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
