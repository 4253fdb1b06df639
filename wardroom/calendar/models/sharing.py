"""What goes out about an event: its public words, invitations, and who speaks for the Mayor."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardroom.calendar.models.events import Event, Participation


class PublicWords(models.Model):
    """What everybody may read of an event; without it, or once taken back, nobody outside does.

    `version` counts the times it was written.
    """

    event = models.OneToOneField(Event, models.PROTECT, related_name="public")
    title = models.CharField(max_length=200)
    text = models.CharField(max_length=1000, blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=120)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="public_words_have_a_title", condition=~Q(title=""))
        ]


class Invitation(models.Model):
    """That somebody was invited by mail, at which address, and to which version of the event.

    Only an answer from this address counts as theirs.
    """

    participation = models.OneToOneField(Participation, models.PROTECT, related_name="invitation")
    address = models.EmailField()
    version = models.PositiveIntegerField()
    invited_at = models.DateTimeField()
    invited_by = models.CharField(max_length=120)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_how = models.CharField(max_length=10, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="answered_invitation_says_how",
                condition=Q(answered_at__isnull=True, answered_how="")
                | Q(answered_at__isnull=False, answered_how__in=["mail", "link"]),
            )
        ]


class Mandate(models.Model):
    """Who speaks for the Mayor at an event, and how far their word binds the office.

    One that was declined or taken back is ended and stays on record.
    """

    participation = models.ForeignKey(Participation, models.PROTECT, related_name="mandates")
    event = models.ForeignKey(Event, models.PROTECT, related_name="mandates")
    may_promise = models.CharField(max_length=500)
    may_not_promise = models.CharField(max_length=500)
    assigned_at = models.DateTimeField()
    assigned_by = models.CharField(max_length=120)
    accepted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event"],
                condition=Q(ended_at__isnull=True),
                name="one_speaks_for_the_mayor",
            ),
            models.CheckConstraint(
                name="ended_mandate_says_why",
                condition=Q(ended_at__isnull=True) | ~Q(ended_why=""),
            ),
        ]
