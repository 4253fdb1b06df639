"""What the public may report, and what it is asked then."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardroom.library.models.held import Topic


class PublicTopic(models.Model):
    """The public face of a topic: residents and other programs report what it names.

    `kind` says when a report of it has its number. One that was closed keeps its words.
    """

    topic = models.OneToOneField(Topic, models.PROTECT, related_name="public")
    kind = models.CharField(max_length=10, default="realtime")
    description = models.CharField(max_length=500)
    group = models.CharField(max_length=80, blank=True, default="")
    keywords = models.CharField(max_length=300, blank=True, default="")
    translations = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="public_topic_kind_is_known",
                condition=Q(kind__in=["realtime", "batch", "blackbox"]),
            )
        ]


class Question(models.Model):
    """What somebody is asked who reports something of a topic. One that ended is not asked.

    `choices` are pairs of a key and a name; answers keep the key.
    """

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="questions")
    code = models.CharField(max_length=40)
    text = models.CharField(max_length=300)
    datatype = models.CharField(max_length=20)
    required = models.BooleanField(default=False)
    shown_only = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()
    choices = models.JSONField(default=list)
    help = models.CharField(max_length=300, blank=True, default="")
    translations = models.JSONField(default=dict)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["topic", "code"],
                condition=Q(ended_at=None),
                name="one_live_question_a_code",
            ),
            models.UniqueConstraint(
                fields=["topic", "position"],
                condition=Q(ended_at=None),
                name="one_live_question_a_position",
            ),
        ]
