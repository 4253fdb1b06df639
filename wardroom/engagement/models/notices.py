"""Notices that agencies owe ANCs, where, what came of them, and the question on our own plans."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from wardroom.access.models import ScopedQuerySet
from wardroom.city.models import District
from wardroom.directory.models import Party
from wardroom.engagement.rules.notices import SEEN
from wardroom.matters.models import Matter


class NoticeOwed(models.Model):
    """Something an agency plans and owes notice of: the agency owes it, the office watches.

    `decide_on` is the day it plans to decide, `send_by_on` the last day for a notice in time.
    `earliest_on` is the first day of a decision after the first notice, with its arithmetic.
    `cause_said` is a good cause as the agency tells it, and one is `claimed` while the office has
    not looked at that, or at a notice that the agency wrote into the log itself.
    """

    matter = models.OneToOneField(Matter, models.PROTECT, related_name="notice_owed")
    agency = models.ForeignKey(Party, models.PROTECT, related_name="notices_owed")
    deed = models.CharField(max_length=20)
    where_text = models.CharField(max_length=200)
    decide_on = models.DateField()
    send_by_on = models.DateField()
    notice_on = models.DateField(null=True)
    earliest_on = models.DateField(null=True)
    why_earliest = models.JSONField(default=list)
    good_cause = models.CharField(max_length=500, blank=True, default="")
    cause_said = models.CharField(max_length=500, blank=True, default="")
    claimed = models.BooleanField(default=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="notice_has_its_earliest_day",
                condition=Q(notice_on__isnull=True, earliest_on__isnull=True)
                | Q(notice_on__isnull=False, earliest_on__isnull=False),
            ),
            models.CheckConstraint(
                name="notice_is_sent_before_the_decision",
                condition=Q(send_by_on__lte=F("decide_on")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["decide_on", "id"], name="notices_by_decision"),
            models.Index(fields=["agency", "decide_on"], name="notices_of_an_agency"),
        ]


class NoticeArea(models.Model):
    """An ANC, a single-member district or a ward that a notice is owed to.

    Computed from the boundaries of the day on which it was written down.
    """

    notice = models.ForeignKey(NoticeOwed, models.PROTECT, related_name="areas")
    kind = models.CharField(max_length=10)
    code = models.CharField(max_length=10)
    district = models.ForeignKey(District, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["notice", "kind", "code"], name="one_area_a_notice")
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "code"], name="notices_of_an_area")]


class NoticeLine(models.Model):
    """A line of the log: a notice, how it was sent, to whom, and whether the office saw it."""

    notice = models.ForeignKey(NoticeOwed, models.PROTECT, related_name="log")
    sent_on = models.DateField()
    medium = models.CharField(max_length=10)
    sent_to = models.CharField(max_length=300)
    state = models.CharField(max_length=10, default=SEEN)
    struck_why = models.CharField(max_length=300, blank=True, default="")
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=120)


class NoticeQuestion(models.Model):
    """Whether one of our own initiatives needs notice to ANCs: yes or no, with the reason."""

    matter = models.OneToOneField(Matter, models.PROTECT, related_name="notice_question")
    required = models.BooleanField()
    reason = models.CharField(max_length=500)
    answered_at = models.DateTimeField()
    answered_by = models.CharField(max_length=120)
