"""Issues, the complaints that make them, and complaints that went from one to another."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardroom.access.models import ScopedQuerySet
from wardroom.directory.models import Party
from wardroom.library.models import Topic
from wardroom.matters.models import Matter
from wardroom.service_requests.models import ServiceRequest


class Issue(models.Model):
    """What a matter of this kind holds besides: its topic, whose ground it is."""

    matter = models.OneToOneField(Matter, models.PROTECT, related_name="issue")
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, related_name="+")
    ground_owner = models.CharField(max_length=20, blank=True, default="")
    ground_name = models.CharField(max_length=200, blank=True, default="")
    ground_kind = models.CharField(max_length=20, blank=True, default="")
    first_reported_at = models.DateTimeField()
    return_of = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="returns")

    objects = ScopedQuerySet.as_manager()


class Complaint(models.Model):
    """One report by one person, with its own thread: it stays theirs wherever it is joined.

    `told_at` says when that person was told what became of it. Somebody anonymous cannot be.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="complaints")
    taken_for = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    reporter = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="complaints"
    )
    reporter_typed = models.CharField(max_length=200, blank=True, default="")
    anonymous = models.BooleanField(default=False)
    channel = models.CharField(max_length=10)
    language = models.CharField(max_length=10, default="en")
    interpreter = models.BooleanField(default=False)
    may_share = models.BooleanField(default=False)
    said = models.TextField()
    request_number = models.CharField(max_length=40, blank=True, default="", db_index=True)
    request = models.ForeignKey(ServiceRequest, models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField()
    taken_at = models.DateTimeField()
    taken_by = models.CharField(max_length=120)
    told_at = models.DateTimeField(null=True, blank=True)
    told_how = models.CharField(max_length=20, blank=True, default="")
    told_by = models.CharField(max_length=120, blank=True, default="")
    told_text = models.TextField(blank=True, default="")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="complaint_says_who_or_anonymous",
                condition=Q(anonymous=True, reporter__isnull=True, reporter_typed="")
                | (Q(anonymous=False) & (Q(reporter__isnull=False) | ~Q(reporter_typed=""))),
            ),
            models.CheckConstraint(
                name="told_complaint_says_how",
                condition=Q(told_at__isnull=True) | ~Q(told_how=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["matter", "id"], name="complaints_of_an_issue"),
            models.Index(fields=["reporter", "-received_at"], name="complaints_of_a_person"),
        ]


class ComplaintMove(models.Model):
    """A complaint that went to another issue; one that came back says when."""

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="moves")
    former = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    now = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    moved_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
