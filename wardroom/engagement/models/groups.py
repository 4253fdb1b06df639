"""Citizen involvement groups: what they are for, who asked to join, and what went out to them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardroom.access.models import ScopedQuerySet
from wardroom.calendar.models import Event
from wardroom.directory.models import Party


class Group(models.Model):
    """What the office adds to an organisation that it called together.

    Members and officers hold its seats. `decides` says whether it takes official action by
    vote, `decides_what` on what; such a group may be a public body. `token` is the end of its
    sign-up link, and opens nothing while `sign_up_open` is false.
    """

    party = models.OneToOneField(Party, models.PROTECT, related_name="group")
    ward_code = models.CharField(max_length=10, blank=True, default="")
    decides = models.BooleanField(default=False)
    decides_what = models.CharField(max_length=300, blank=True, default="")
    token = models.CharField(max_length=43, unique=True)
    sign_up_open = models.BooleanField(default=True)
    founded_on = models.DateField()
    founded_by = models.CharField(max_length=120)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="group_that_decides_says_on_what",
                condition=Q(decides=False) | ~Q(decides_what=""),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["ward_code", "party"], name="groups_of_a_ward")]

    def __str__(self) -> str:
        return str(self.party.name)


class Charter(models.Model):
    """What a group is for, where, for how long, and who may join; a change is a new version."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="charters")
    version = models.PositiveSmallIntegerField()
    purpose = models.TextField()
    area = models.CharField(max_length=200, blank=True, default="")
    who_may_join = models.CharField(max_length=300)
    term_months = models.PositiveSmallIntegerField(null=True)
    why = models.CharField(max_length=300, blank=True, default="")
    adopted_on = models.DateField()
    written_by = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "version"], name="one_charter_a_version"),
            models.CheckConstraint(
                name="changed_charter_says_why", condition=Q(version=1) | ~Q(why="")
            ),
        ]


class SignUp(models.Model):
    """Somebody who asked to join, in their own words; a person of the office decides.

    `consent_text` is what they read when they agreed, in the language `read_in`; `language` is
    the one to write to them in. `party` is who it turned out to be.
    """

    group = models.ForeignKey(Group, models.PROTECT, related_name="sign_ups")
    name = models.CharField(max_length=120)
    email = models.CharField(max_length=254, blank=True, default="")
    phone = models.CharField(max_length=40, blank=True, default="")
    match = models.CharField(max_length=254)
    language = models.CharField(max_length=10)
    consent_text = models.TextField()
    read_in = models.CharField(max_length=10, default="en")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="waiting")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="sign_ups")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=120, blank=True, default="")
    reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="sign_up_state_is_known",
                condition=Q(state__in=["waiting", "joined", "declined"]),
            ),
            models.CheckConstraint(
                name="joined_sign_up_says_who",
                condition=~Q(state="joined") | Q(party__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["group", "match"],
                condition=Q(state="waiting"),
                name="one_waiting_sign_up_an_address",
            ),
        ]


class GroupNotice(models.Model):
    """A notice that went to the members of a group, and to how many of them."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="notices")
    event = models.ForeignKey(Event, models.PROTECT, null=True, related_name="notices")
    subject = models.CharField(max_length=200)
    text = models.TextField()
    addresses = models.PositiveIntegerField()
    sent_at = models.DateTimeField()
    sent_by = models.CharField(max_length=120)
