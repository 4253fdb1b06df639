"""What was promised in public, and how it changed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardroom.access.models import ScopedQuerySet
from wardroom.directory.models import Party
from wardroom.matters.models import Matter


class Commitment(models.Model):
    """A promise made in public: whose, in which words, to whom, where, and by when.

    `agency` is who has to do it. `last_word_on` is the day on which something was last heard
    of it. The public reads `public_text` alone, and only while `public_at` says since when.
    """

    matter = models.OneToOneField(Matter, models.PROTECT, related_name="commitment")
    wording = models.CharField(max_length=500)
    maker = models.CharField(max_length=20)
    maker_name = models.CharField(max_length=200)
    made_to = models.CharField(max_length=200)
    said_on = models.DateField()
    where = models.CharField(max_length=200, blank=True, default="")
    authority = models.CharField(max_length=200, blank=True, default="")
    agency = models.ForeignKey(Party, models.PROTECT, null=True, related_name="commitments")
    due_on = models.DateField(null=True)
    stage = models.CharField(max_length=10, default="heard")
    confirmed_by = models.CharField(max_length=120, blank=True, default="")
    confirmed_at = models.DateTimeField(null=True)
    heard_by = models.ForeignKey(Party, models.PROTECT, related_name="+")
    last_word_on = models.DateField()
    evidence = models.CharField(max_length=500, blank=True, default="")
    told = models.CharField(max_length=200, blank=True, default="")
    public_text = models.CharField(max_length=500, blank=True, default="")
    public_at = models.DateTimeField(null=True, blank=True)
    public_by = models.CharField(max_length=120, blank=True, default="")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="commitment_stage_is_known",
                condition=Q(stage__in=["heard", "confirmed", "under_way"]),
            ),
            models.CheckConstraint(
                name="confirmed_commitment_says_by_whom",
                condition=Q(stage="heard") | (~Q(confirmed_by="") & Q(confirmed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="commitment_is_due_after_it_was_said",
                condition=Q(due_on__isnull=True) | Q(due_on__gte=models.F("said_on")),
            ),
            models.CheckConstraint(
                name="public_commitment_has_words_of_its_own",
                condition=Q(public_at__isnull=True) | (~Q(public_text="") & ~Q(public_by="")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-said_on", "-id"], name="commitments_by_day"),
            models.Index(fields=["last_word_on", "id"], name="commitments_by_last_word"),
        ]


class CommitmentChange(models.Model):
    """What a promise was before it changed, why it did, and who was told."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="changes")
    wording = models.CharField(max_length=500)
    due_on = models.DateField(null=True)
    why = models.CharField(max_length=300)
    told = models.CharField(max_length=200)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=120)
