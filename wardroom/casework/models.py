"""Issues, the complaints that make them, and complaints that went from one to another."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from wardroom.access.models import ApiKey, ScopedQuerySet
from wardroom.city.models import Place
from wardroom.directory.models import Party
from wardroom.library.models import Topic
from wardroom.matters.models import Matter
from wardroom.notices.models import Key
from wardroom.service_requests.models import ServiceRequest


class Issue(models.Model):
    """What a matter of this kind holds besides: its topic, whose ground it is.

    `stands_as` is the matter that it went on as: what it was joined to, or its return.
    `end_public_at` is from when everybody may read that it ended, with all it went on as:
    never before the letter that tells it, and not while it is open again, of which
    `again_public_at` says since when.
    """

    matter = models.OneToOneField(Matter, models.PROTECT, related_name="issue")
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, related_name="+")
    ground_owner = models.CharField(max_length=20, blank=True, default="")
    ground_name = models.CharField(max_length=200, blank=True, default="")
    ground_kind = models.CharField(max_length=20, blank=True, default="")
    first_reported_at = models.DateTimeField()
    return_of = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="returns")
    stands_as = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="+")
    end_public_at = models.DateTimeField(null=True, blank=True)
    again_public_at = models.DateTimeField(null=True, blank=True)

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

    @property
    def who(self) -> str:
        """Who reported it, as the office says it."""
        if self.anonymous:
            return "Somebody who gave no name"
        return str(self.reporter.name if self.reporter else self.reporter_typed)

    @cached_property
    def is_one_more_voice(self) -> bool:
        """Whether its issue was there before it; whoever takes it in knows."""
        before = self.matter.complaints.filter(pk__lt=self.pk)
        return self.matter.opened_at < self.taken_at or before.exists()


class Report(models.Model):
    """The public face of a complaint that came through the public page or another program.

    `once` is the fingerprint of what was sent, as long as a second sending counts as the same.
    A report of a topic that takes its time has a `token` and waits without a complaint.
    `onto` is the issue that it is one more voice for. `shown_said` are its words, masked;
    `shown_latitude` and `shown_longitude` its point to the block; the exact one is its place's.
    What `publishes` came from an app whose users know that their words are public.
    """

    number = models.CharField(max_length=8, unique=True)
    token = models.CharField(max_length=32, blank=True, default="")
    once = models.CharField(max_length=64, blank=True, default="")
    kind = models.CharField(max_length=10, default="realtime")
    channel = models.CharField(max_length=10)
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+")
    service_code = models.CharField(max_length=120)
    service_name = models.CharField(max_length=200)
    jurisdiction = models.CharField(max_length=120, blank=True, default="")
    sent_with = models.ForeignKey(ApiKey, models.PROTECT, null=True, related_name="+")
    publishes = models.BooleanField(default=False)
    language = models.CharField(max_length=10, default="en")
    interpreter = models.BooleanField(default=False)
    said = models.TextField(blank=True, default="")
    shown_said = models.TextField(blank=True, default="")
    answers = models.JSONField(default=dict)
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    address = models.CharField(max_length=300, blank=True, default="")
    shown_address = models.CharField(max_length=200, blank=True, default="")
    shown_latitude = models.FloatField(null=True, blank=True)
    shown_longitude = models.FloatField(null=True, blank=True)
    reporter = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    reporter_typed = models.CharField(max_length=200, blank=True, default="")
    media_url = models.CharField(max_length=500, blank=True, default="")
    device_id = models.CharField(max_length=200, blank=True, default="")
    account_id = models.CharField(max_length=200, blank=True, default="")
    link = models.ForeignKey(Key, models.PROTECT, null=True, related_name="+")
    onto = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="+")
    complaint = models.OneToOneField(Complaint, models.PROTECT, null=True, related_name="report")
    received_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="report_kind_is_known",
                condition=Q(kind__in=["realtime", "batch", "blackbox"]),
            ),
            models.CheckConstraint(
                name="only_a_report_that_waits_has_a_token",
                condition=(Q(kind="batch") & ~Q(token="")) | (~Q(kind="batch") & Q(token="")),
            ),
            models.UniqueConstraint(
                fields=["token"], condition=~Q(token=""), name="one_report_a_token"
            ),
            models.UniqueConstraint(
                fields=["once"], condition=~Q(once=""), name="one_report_a_sending"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-received_at", "-id"], name="reports_newest_first"),
        ]


class ComplaintMove(models.Model):
    """A complaint that went to another issue; one that came back says when."""

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="moves")
    former = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    now = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    moved_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)


class Batch(models.Model):
    """One change to many issues: previewed row by row, done as previewed, taken back as a whole.

    `digest` is the fingerprint of the preview: only what was shown is done. `acting` is on
    whose word the rows are worked on now.
    """

    verb = models.CharField(max_length=10)
    words = models.JSONField()
    said = models.CharField(max_length=400)
    ward_code = models.CharField(max_length=10, blank=True, default="")
    state = models.CharField(max_length=10, default="trying")
    digest = models.CharField(max_length=64, blank=True, default="")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_by_name = models.CharField(max_length=120)
    acting = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="batch_state_is_known",
                condition=Q(state__in=["trying", "tried", "doing", "done", "undoing", "undone"]),
            ),
            models.CheckConstraint(
                name="previewed_batch_has_a_fingerprint",
                condition=Q(state="trying") | ~Q(digest=""),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["made_by", "-id"], name="batches_of_a_person")]


class BatchItem(models.Model):
    """One row of a batch: what was previewed, what was done, and what it was before.

    `seen` and `after` are the versions of the issue as previewed and as left behind; `former`
    and `made` hold what taking the row back needs.
    """

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="items")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default="waiting")
    seen = models.TextField(blank=True, default="")
    after = models.TextField(blank=True, default="")
    changes = models.JSONField(default=list)
    letters = models.JSONField(default=list)
    why = models.CharField(max_length=400, blank=True, default="")
    former = models.JSONField(default=dict)
    made = models.JSONField(default=dict)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "matter"], name="one_row_an_issue"),
            models.CheckConstraint(
                name="batch_row_state_is_known",
                condition=Q(
                    state__in=["waiting", "ready", "refused", "done", "skipped", "undone", "kept"]
                ),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["batch", "state", "matter"], name="rows_of_a_batch")
        ]


class ReportReturn(models.Model):
    """A complaint that came of a report: whoever sent it said that it is there again."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="returns")
    complaint = models.OneToOneField(Complaint, models.PROTECT, related_name="came_of")
    said_at = models.DateTimeField()


class ReportQuestion(models.Model):
    """Something the office asks whoever sent a report; one without `answered_at` is open."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="questions")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    text = models.TextField()
    asked_by = models.CharField(max_length=120)
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="answered_question_has_words",
                condition=Q(answered_at__isnull=True, answer="")
                | (Q(answered_at__isnull=False) & ~Q(answer="")),
            )
        ]


class ReportRating(models.Model):
    """Whether somebody who reported says that it was solved, once for each closing."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="ratings")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField()
    code = models.CharField(max_length=10)
    text = models.TextField(blank=True, default="")
    rated_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["report", "matter", "closed_at"], name="one_rating_a_closing"
            ),
            models.CheckConstraint(
                name="rating_is_known", condition=Q(code__in=["yes", "partly", "no"])
            ),
        ]


class TopicLesson(models.Model):
    """What was learned of which words tell of which topic, from how many reports, and how well.

    Of the `sample` reports `named` were named while they were kept back, `right` of them
    rightly. The newest lesson is the one in use.
    """

    learned_at = models.DateTimeField()
    sample = models.PositiveIntegerField()
    named = models.PositiveIntegerField()
    right = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    body = models.JSONField()


class UsedSum(models.Model):
    """That the small sum of one form was used: it opens no other form, on whichever computer."""

    mark = models.CharField(max_length=64, unique=True)
    until = models.DateTimeField(db_index=True)


class HeldPicture(models.Model):
    """A picture of a report that was not sent yet, made anew; it is forgotten soon.

    `draft` is the fingerprint of the word by which its sender has it back, `network` that of
    the network it came from, and `size` the bytes of both pictures.
    """

    draft = models.CharField(max_length=64, db_index=True)
    network = models.CharField(max_length=64, blank=True, default="", db_index=True)
    size = models.PositiveIntegerField(default=0)
    name = models.CharField(max_length=120)
    content = models.BinaryField()
    thumbnail = models.BinaryField()
    until = models.DateTimeField(db_index=True)
