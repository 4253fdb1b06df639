"""A letter to many: its words, whom it is for, and each copy with what became of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from wardroom.access.models import ScopedQuerySet
from wardroom.directory.models import Party
from wardroom.engagement.models.subscriptions import Subscriber
from wardroom.notices.models import Message


class Circular(models.Model):
    """A letter to everybody who gets news about an area: written by one, approved by another.

    Between ``approved_at`` and ``goes_at`` it can be taken back as if nothing had been.
    """

    area_kind = models.CharField(max_length=10, blank=True, default="")
    area_code = models.CharField(max_length=10, blank=True, default="")
    topic = models.CharField(max_length=30, blank=True, default="")
    state = models.CharField(max_length=10, default="draft")
    written_by = models.ForeignKey(Party, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    approved_by = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    goes_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="circular_takes_two_people",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("written_by")),
            ),
            models.CheckConstraint(
                name="circular_on_its_way_says_when",
                condition=Q(state__in=["draft", "withdrawn"])
                | Q(approved_at__isnull=False, goes_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "goes_at"], name="circulars_to_send")]


class CircularText(models.Model):
    """The words of a letter in one language, and whose they are; English is always there."""

    circular = models.ForeignKey(Circular, models.PROTECT, related_name="texts")
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=150)
    text = models.TextField()
    written_by = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["circular", "language"], name="one_text_a_language")
        ]


class CircularCopy(models.Model):
    """One copy of a letter for one address, for ever one: queued once, or left out and why."""

    circular = models.ForeignKey(Circular, models.PROTECT, related_name="copies")
    subscriber = models.ForeignKey(Subscriber, models.PROTECT, related_name="+")
    match = models.CharField(max_length=254)
    state = models.CharField(max_length=10, default="waiting")
    why = models.CharField(max_length=200, blank=True, default="")
    message = models.OneToOneField(Message, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["circular", "match"], name="one_copy_an_address"),
            models.CheckConstraint(
                name="queued_copy_has_its_message",
                condition=~Q(state="queued") | Q(message__isnull=False),
            ),
            models.CheckConstraint(
                name="copy_left_out_says_why", condition=~Q(state="left_out") | ~Q(why="")
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["circular", "state", "id"], name="copies_to_do")]
