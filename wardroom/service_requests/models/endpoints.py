"""Other cities' Open311 servers, what was sent to them, and where they say something else."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardroom.access.models import ScopedQuerySet
from wardroom.service_requests.models.mirror import Feed, ServiceRequest


class Endpoint(models.Model):
    """Another city's Open311 server that we mirror or send requests to.

    ``key_name`` says under which name its key is set; the key itself is never kept here.
    ``read_until_at`` is how far its requests were read, on its own clock. ``claimed_until_at``
    is the lease of a reading under way. ``check_after_id`` is where the nightly check goes on.
    """

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    url = models.CharField(max_length=500)
    mode = models.CharField(max_length=10)
    format = models.CharField(max_length=4, default="json")
    jurisdiction = models.CharField(max_length=80, blank=True, default="")
    key_name = models.CharField(max_length=40, blank=True, default="")
    feed = models.ForeignKey(Feed, models.PROTECT, null=True, related_name="endpoints")
    own_codes = models.BooleanField(default=True)
    keeps_repeats = models.BooleanField(default=False)
    minutes = models.PositiveSmallIntegerField(default=15)
    since_on = models.DateField(null=True)
    paused = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    reads_by = models.CharField(max_length=10, blank=True, default="")
    read_until_at = models.DateTimeField(null=True)
    window_seconds = models.PositiveIntegerField(default=0)
    skew_seconds = models.IntegerField(default=0)
    read_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True, db_index=True)
    claimed_until_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True, default="")
    gap = models.CharField(max_length=300, blank=True, default="")
    services = models.JSONField(default=list)
    checked_at = models.DateTimeField(null=True)
    check_after_id = models.BigIntegerField(default=0)
    check_error = models.CharField(max_length=300, blank=True, default="")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="endpoint_mode_is_known",
                condition=Q(mode__in=["mirror", "submit", "both"]),
            ),
            models.CheckConstraint(
                name="mirrored_endpoint_has_a_feed",
                condition=Q(mode="submit") | (Q(feed__isnull=False) & Q(since_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def prefix(self) -> str:
        """What stands before its service codes in the directory."""
        return f"{self.code}:" if self.own_codes else ""


class Submission(models.Model):
    """A request of ours that was sent to another endpoint: one for each thing that it is about.

    ``mark`` stands in the words that go out, so that it is found there again. ``first_sent_at``
    is when it may first have arrived. ``there_`` is what the other side said last.
    """

    endpoint = models.ForeignKey(Endpoint, models.PROTECT, related_name="submissions")
    noun = models.CharField(max_length=30)
    key = models.CharField(max_length=60)
    matter_id = models.BigIntegerField()
    ward_code = models.CharField(max_length=10, blank=True, default="")
    mark = models.CharField(max_length=20, unique=True)
    service_code = models.CharField(max_length=120)
    service_name = models.CharField(max_length=200)
    description = models.TextField()
    address = models.CharField(max_length=200, blank=True, default="")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    answers = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default="waiting")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    first_sent_at = models.DateTimeField(null=True)
    token = models.CharField(max_length=200, blank=True, default="")
    external_id = models.CharField(max_length=200, blank=True, default="")
    notice = models.CharField(max_length=500, blank=True, default="")
    error = models.CharField(max_length=300, blank=True, default="")
    looked_at = models.DateTimeField(null=True)
    there_status = models.CharField(max_length=60, blank=True, default="")
    there_notes = models.CharField(max_length=500, blank=True, default="")
    there_closed = models.BooleanField(default=False)
    there_due_at = models.DateTimeField(null=True)
    there_latitude = models.FloatField(null=True)
    there_longitude = models.FloatField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["endpoint", "noun", "key"],
                condition=~Q(state__in=["refused", "given_up"]),
                name="one_submission_a_thing",
            ),
            models.CheckConstraint(
                name="submission_state_is_known",
                condition=Q(
                    state__in=[
                        "waiting",
                        "sending",
                        "token",
                        "sent",
                        "no_number",
                        "refused",
                        "unclear",
                        "given_up",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="sent_submission_has_its_number",
                condition=~Q(state="sent") | ~Q(external_id=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_at"],
                condition=Q(next_at__isnull=False),
                name="submissions_that_are_due",
            ),
            models.Index(fields=["endpoint", "-id"], name="submissions_of_an_endpoint"),
            models.Index(fields=["matter_id"], name="submissions_of_a_matter"),
        ]


class Tie(models.Model):
    """A mirrored request that one of our matters hangs on, as it was when we last compared."""

    request = models.ForeignKey(ServiceRequest, models.PROTECT, related_name="+")
    matter_id = models.BigIntegerField()
    due_at = models.DateTimeField(null=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    compared_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "matter_id"], name="one_tie_a_pair")
        ]


class Drift(models.Model):
    """Two systems do not say the same of one request, until a person has looked at it.

    ``ident`` names what drifted, so that the same is never listed twice.
    """

    kind = models.CharField(max_length=15)
    ident = models.CharField(max_length=120)
    endpoint = models.ForeignKey(Endpoint, models.PROTECT, null=True, related_name="drifts")
    request = models.ForeignKey(ServiceRequest, models.PROTECT, null=True, related_name="+")
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="+")
    matter_id = models.BigIntegerField(null=True)
    ward_code = models.CharField(max_length=10, blank=True, default="")
    what = models.CharField(max_length=250)
    here = models.CharField(max_length=200)
    there = models.CharField(max_length=200)
    found_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="open")
    reason = models.CharField(max_length=300, blank=True, default="")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=120, blank=True, default="")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["ident"], condition=Q(state="open"), name="one_open_drift_a_thing"
            ),
            models.CheckConstraint(
                name="drift_is_of_something",
                condition=Q(request__isnull=False) | Q(submission__isnull=False),
            ),
            models.CheckConstraint(
                name="ignored_drift_says_why", condition=~Q(state="ignored") | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="settled_drift_says_when",
                condition=Q(state="open") | Q(settled_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "-found_at", "-id"], name="drifts_by_state"),
            models.Index(fields=["ident"], name="drifts_of_a_thing"),
            models.Index(fields=["request"], name="drifts_of_a_request"),
            models.Index(
                fields=["matter_id"], name="open_drifts_of_a_matter", condition=Q(state="open")
            ),
        ]
