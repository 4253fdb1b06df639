"""Requests for an event with the Mayor or the cabinet, its run of show, and who checked in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardroom.access.models import ScopedQuerySet
from wardroom.calendar.models import Event, Participation
from wardroom.directory.models import Party
from wardroom.documents.models import Document
from wardroom.matters.models import Ask, Matter


class EventRequest(models.Model):
    """What somebody asks the Mayor or the cabinet to come to, and what was decided on it.

    `tasks_from` is the time from which the days of its tasks are counted.
    """

    matter = models.OneToOneField(Matter, models.PROTECT, related_name="event_request")
    asked_by = models.ForeignKey(Party, models.PROTECT, null=True, related_name="event_requests")
    asked_name = models.CharField(max_length=200)
    contact = models.CharField(max_length=200, blank=True, default="")
    wanted = models.CharField(max_length=10)
    about = models.CharField(max_length=500, blank=True, default="")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    where = models.CharField(max_length=200, blank=True, default="")
    expected = models.PositiveIntegerField(null=True, blank=True)
    language_needs = models.CharField(max_length=200, blank=True, default="")
    access_needs = models.CharField(max_length=200, blank=True, default="")
    decision = models.CharField(max_length=10, blank=True, default="")
    decided_words = models.CharField(max_length=500, blank=True, default="")
    representative = models.CharField(max_length=120, blank=True, default="")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=120, blank=True, default="")
    event = models.OneToOneField(Event, models.PROTECT, null=True, related_name="event_request")
    tasks_from = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=10, default="office")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="request_is_decided_whole",
                condition=Q(decision="", decided_at__isnull=True, event__isnull=True)
                | Q(decision="declined", decided_at__isnull=False, event__isnull=True)
                | Q(decision__in=["accepted", "other"], event__isnull=False),
            )
        ]


class EventTask(models.Model):
    """That a task came from the usual steps of an event, so that it moves with the event."""

    request = models.ForeignKey(EventRequest, models.PROTECT, related_name="tasks")
    ask = models.OneToOneField(Ask, models.PROTECT, related_name="event_task")
    step = models.CharField(max_length=20)


class RunLine(models.Model):
    """A line of the run of show, so many minutes from the start of the event.

    Where the event moves, every line moves with it. One that was struck stays on record.
    """

    event = models.ForeignKey(Event, models.PROTECT, related_name="run_lines")
    offset = models.IntegerField()
    minutes = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)
    owner = models.CharField(max_length=120)
    written_at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["event", "offset", "id"], name="run_of_event")]


class SignInSheet(models.Model):
    """The photograph of a paper sheet, to be typed beside it, and when that was done."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="sign_in_sheets")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=120)
    typed_at = models.DateTimeField(null=True, blank=True)
    typed_by = models.CharField(max_length=120, blank=True, default="")


class CheckIn(models.Model):
    """Somebody who came to an event: how they came in, and in which language they speak."""

    participation = models.OneToOneField(Participation, models.PROTECT, related_name="check_in")
    source = models.CharField(max_length=10)
    language = models.CharField(max_length=10)
    sheet = models.ForeignKey(SignInSheet, models.PROTECT, null=True, related_name="rows")
    came_at = models.DateTimeField()
