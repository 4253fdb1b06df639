"""Ledger lines, what they are about, and the receipts of what followed from them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from wardroom.access.models import ScopedQuerySet


class Entry(models.Model):
    """One line of the ledger. It never changes; a correction is another line.

    One thing alone can befall it: what was personal in it is taken out when the law says so,
    and a later line tells of that. `salts` has a salt for each value that the chain holds by a
    commitment; it is empty where there is nothing of the kind, and null in lines that were
    written before there were any.

    `ward_code` is the ward the line belongs to, empty where it belongs to none, and
    `agency_code` the agency whose partners may read it, empty where it is internal. Both
    are copied from what the fact is about, so that a list can be limited by them. So is
    `matter_key`, the matter whose seal hides the line.
    """

    uid = models.UUIDField(unique=True)
    at = models.DateTimeField(db_index=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    actor_name = models.CharField(max_length=120)
    window = models.CharField(max_length=10)
    kind = models.CharField(max_length=60, db_index=True)
    audience = models.CharField(max_length=10, default="internal")
    ward_code = models.CharField(max_length=10, blank=True, default="")
    agency_code = models.CharField(max_length=20, blank=True, default="")
    matter_key = models.CharField(max_length=20, blank=True, default="", db_index=True)
    sentence = models.TextField()
    body = models.JSONField()
    salts = models.JSONField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [
            # What happened lately of some kinds: the start page, among millions of lines.
            models.Index(fields=["kind", "at"], name="lines_of_a_kind"),
            # The few that not even all of the office reads.
            models.Index(
                fields=["audience"],
                condition=~Q(audience="internal") & ~Q(audience="partner"),
                name="lines_kept_apart",
            ),
        ]

    def __str__(self) -> str:
        return self.sentence


class About(models.Model):
    """Puts a line on the timeline of one thing, as ``noun:key``.

    `added_by` is the later line that said whom or what the first one meant; empty where the
    line was about it from the start.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="about")
    noun = models.CharField(max_length=30)
    key = models.CharField(max_length=60)
    added_by = models.ForeignKey(Entry, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["noun", "key", "-entry"])]


class Link(models.Model):
    """Chains a line to the one before it: change one, and every digest after it is off."""

    position = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="link")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="link_counts_from_one", condition=Q(position__gte=1))
        ]


class TreeHead(models.Model):
    """What the ledger came to on one day, signed: its lines, and the root of the tree over them.

    ``note`` is the signed head as it was handed out. ``edge`` is the right edge of the tree,
    from which the next day goes on: for each part its height and its hash.
    """

    day = models.DateField(unique=True)
    at = models.DateTimeField()
    size = models.BigIntegerField()
    root = models.CharField(max_length=64)
    note = models.TextField()
    edge = models.JSONField()

    class Meta:
        ordering: ClassVar = ["day"]
        constraints: ClassVar = [
            models.CheckConstraint(name="head_covers_lines", condition=Q(size__gte=1))
        ]

    def __str__(self) -> str:
        return self.note


class TakenOut(models.Model):
    """How a line reads since what was personal in it was taken out, and which line tells of that.

    `commitments` are what the chain holds of the values that are gone; empty for a line from
    before there were any, whose own digest nobody can reckon any more.
    """

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="taken_out")
    by = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    sentence = models.TextField()
    body = models.JSONField()
    commitments = models.JSONField()


class Mention(models.Model):
    """Somebody or something named in a line, as typed, until a person says which one it is.

    Whoever may read the line may read it: the line's ward, agency and matter are its own.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="mentions")
    sign = models.CharField(max_length=5)
    text = models.CharField(max_length=120)
    noun = models.CharField(max_length=30)
    key = models.CharField(max_length=60, blank=True, default="")
    resolved_entry = models.ForeignKey(
        Entry, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="resolved_mention_has_key",
                condition=Q(resolved_entry__isnull=True) | ~Q(key=""),
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["-id"], condition=Q(key=""), name="mentions_unresolved")
        ]

    @property
    def ward_code(self) -> str:
        return str(self.entry.ward_code)

    @property
    def agency_code(self) -> str:
        return str(self.entry.agency_code)

    @property
    def matter_key(self) -> str:
        return str(self.entry.matter_key)

    @property
    def audience(self) -> str:
        return str(self.entry.audience)


class Receipt(models.Model):
    """What follows from a line: written due with the line, done in the reaction's own commit.

    One that failed at every try waits for a person, who has it tried again or gives it up.
    """

    class State(models.TextChoices):
        DUE = "due"
        DONE = "done"
        FAILED = "failed"
        GIVEN_UP = "given_up"

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="receipts")
    reaction = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DUE)
    next_try_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "reaction"], name="one_receipt_a_reaction"),
            models.CheckConstraint(
                name="done_receipt_says_when",
                condition=~Q(state="done") | Q(done_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"], condition=Q(state="due"), name="receipts_still_due"
            ),
            models.Index(fields=["entry"], condition=Q(state="failed"), name="receipts_failed"),
        ]
