"""The meeting of a public body, from its notice to its record."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardroom.access.models import ScopedQuerySet
from wardroom.calendar.models import Event
from wardroom.documents.models import Document
from wardroom.engagement.models.bodies import BodySeat, PublicBody
from wardroom.matters.models import Matter


class BodyMeeting(models.Model):
    """A meeting of a public body, which the office owns until it is on record.

    `clocks_from` is the time from which its clocks count: where the event has another one, they
    have not followed it yet.
    """

    matter = models.OneToOneField(Matter, models.PROTECT, related_name="body_meeting")
    body = models.ForeignKey(PublicBody, models.PROTECT, related_name="meetings")
    event = models.OneToOneField(Event, models.PROTECT, related_name="body_meeting")
    clocks_from = models.DateTimeField()
    agenda = models.TextField(blank=True, default="")
    join_text = models.CharField(max_length=300, blank=True, default="")

    objects = ScopedQuerySet.as_manager()


class BodyNotice(models.Model):
    """The notice of a meeting as it was published; a newer one replaces it and keeps it."""

    meeting = models.ForeignKey(BodyMeeting, models.PROTECT, related_name="notices")
    version = models.PositiveSmallIntegerField()
    content = models.JSONField()
    starts_at = models.DateTimeField()
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=120)
    late_why = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "version"], name="one_notice_a_version")
        ]
        indexes: ClassVar = [models.Index(fields=["-starts_at", "-id"], name="notices_by_day")]


class Motion(models.Model):
    """A motion at a meeting: an act of the body, with who moved and who seconded it."""

    meeting = models.ForeignKey(BodyMeeting, models.PROTECT, related_name="motions")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    mover = models.ForeignKey(BodySeat, models.PROTECT, related_name="+")
    mover_name = models.CharField(max_length=120)
    seconder = models.ForeignKey(BodySeat, models.PROTECT, related_name="+")
    seconder_name = models.CharField(max_length=120)
    outcome = models.CharField(max_length=10)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "position"], name="motion_has_its_place"),
            models.CheckConstraint(
                name="motion_has_an_outcome", condition=Q(outcome__in=["carried", "lost"])
            ),
        ]


class RollCallLine(models.Model):
    """What the holder of a seat answered when the roll was called on a motion.

    It belongs to the seat and to the public record of the body. No person's record has it.
    """

    motion = models.ForeignKey(Motion, models.PROTECT, related_name="roll_call")
    seat = models.ForeignKey(BodySeat, models.PROTECT, related_name="+")
    member_name = models.CharField(max_length=120)
    answer = models.CharField(max_length=10)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["motion", "seat"], name="seat_answers_once"),
            models.CheckConstraint(
                name="roll_call_answer_is_known",
                condition=Q(answer__in=["yes", "no", "abstain", "recused"]),
            ),
        ]


class ClosedSession(models.Model):
    """A part of a meeting that was closed, for a reason that the law lists."""

    meeting = models.ForeignKey(BodyMeeting, models.PROTECT, related_name="closed_sessions")
    motion = models.OneToOneField(Motion, models.PROTECT, related_name="closes")
    reason = models.CharField(max_length=10)
    text = models.CharField(max_length=500)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=120)


class BodyMinutes(models.Model):
    """The minutes as they were published; `approved_on` is the day the body approved them."""

    meeting = models.ForeignKey(BodyMeeting, models.PROTECT, related_name="minutes")
    version = models.PositiveSmallIntegerField()
    text = models.TextField()
    approved_on = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=120)
    pdf = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "version"], name="one_minutes_a_version")
        ]


class BodyRecord(models.Model):
    """The full record of a meeting: where its recording is, and until when it is kept."""

    meeting = models.OneToOneField(BodyMeeting, models.PROTECT, related_name="record")
    recording_at = models.CharField(max_length=300)
    note = models.CharField(max_length=500, blank=True, default="")
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    keep_until = models.DateField(null=True)
    why_kept = models.JSONField(default=dict)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=120)
