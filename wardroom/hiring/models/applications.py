"""Applications: what was sent, what the panel made of it, and where it stands."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from wardroom.hiring.models.postings import Posting, PostingQuestion
from wardroom.hiring.rules import stages
from wardroom.notices.models import Key


class Application(models.Model):
    """One application, from its first draft; a draft has no number, and no panel sees it.

    The file of a resume lies under the hash of its bytes. ``caution`` says what is odd about
    it, ``scanned`` whether a scanner saw it. There is no column for what is never asked: what
    a suitability screening finds is its result alone, and only after an offer.
    """

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="applications")
    number = models.PositiveIntegerField(null=True, blank=True)
    stage = models.CharField(max_length=12, default=stages.DRAFT)
    language = models.CharField(max_length=5, default="en")
    link = models.ForeignKey(Key, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120, blank=True, default="")
    email = models.CharField(max_length=254, blank=True, default="")
    phone = models.CharField(max_length=40, blank=True, default="")
    lives_here = models.CharField(max_length=3, blank=True, default="")
    pasted = models.TextField(blank=True, default="")
    file_name = models.CharField(max_length=120, blank=True, default="")
    file_type = models.CharField(max_length=100, blank=True, default="")
    file_size = models.PositiveIntegerField(default=0)
    file_digest = models.CharField(max_length=64, blank=True, default="", db_index=True)
    caution = models.CharField(max_length=10, blank=True, default="")
    scanned = models.BooleanField(default=False)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    receipt = models.JSONField(default=list)
    discussed_at = models.DateTimeField(null=True, blank=True)
    discussed_for = models.CharField(max_length=300, blank=True, default="")
    offered_at = models.DateTimeField(null=True, blank=True)
    suitability = models.CharField(max_length=12, blank=True, default="")
    appointed_on = models.DateField(null=True, blank=True)
    emptied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["posting", "number"], name="one_application_a_number"),
            models.CheckConstraint(
                name="sent_application_is_numbered",
                condition=Q(stage="draft", number__isnull=True, sent_at__isnull=True)
                | (~Q(stage="draft") & Q(number__isnull=False, sent_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="screened_only_after_an_offer",
                condition=Q(offered_at__isnull=False)
                | (~Q(stage__in=sorted(stages.AFTER_OFFER)) & Q(suitability="")),
            ),
            models.CheckConstraint(
                name="appointed_only_if_suitable",
                condition=~Q(stage="appointed")
                | Q(suitability="cleared", appointed_on__isnull=False),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["posting", "stage"])]


class Answer(models.Model):
    """What somebody answered to one question of the posting."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="answers")
    question = models.ForeignKey(PostingQuestion, models.PROTECT, related_name="+")
    text = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "question"], name="one_answer_each")
        ]


class StageMove(models.Model):
    """One step of an application: from where, to where, why, and who did it."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="moves")
    from_stage = models.CharField(max_length=12)
    to_stage = models.CharField(max_length=12)
    reason = models.CharField(max_length=500, blank=True, default="")
    told = models.TextField(blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "pk"]


class Declaration(models.Model):
    """Whether a member of the panel has a conflict of interest with one application."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="declarations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    conflict = models.BooleanField()
    words = models.CharField(max_length=500, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "user"], name="one_declaration_each")
        ]


class Score(models.Model):
    """The points of one member for one question of the panel."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="scores")
    question = models.ForeignKey(PostingQuestion, models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField()
    words = models.TextField(blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "question", "user"], name="one_score_a_question"
            )
        ]
