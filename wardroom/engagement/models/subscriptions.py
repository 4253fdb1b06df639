"""Who gets news, about which area, with what they agreed to; and who was moved with a boundary."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardroom.access.models import ScopedQuerySet
from wardroom.city.models import BoundarySet, District
from wardroom.directory.models import Party
from wardroom.notices.models import Key, Message


class Subscriber(models.Model):
    """An e-mail address that asked for news, of a party we know or of nobody we know.

    ``match`` is the one way to write it. Nothing goes to it before ``confirmed_at``, which its
    owner gives from the own mailbox, nor after ``stopped_at``. ``link`` is the standing link
    by which it sees, changes and stops all.
    """

    address = models.EmailField()
    match = models.CharField(max_length=254, unique=True)
    language = models.CharField(max_length=10)
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="subscribers")
    link = models.ForeignKey(Key, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_how = models.CharField(max_length=200, blank=True, default="")
    bounced_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="stopped_subscriber_says_how",
                condition=Q(stopped_at__isnull=True) | ~Q(stopped_how=""),
            ),
        ]

    def __str__(self) -> str:
        return self.address


class Agreement(models.Model):
    """What a subscriber agreed to or took back: the words as they were shown, when and how.

    Nothing of it changes; who changes their mind says something new.
    """

    subscriber = models.ForeignKey(Subscriber, models.PROTECT, related_name="agreements")
    given = models.BooleanField()
    shown = models.TextField()
    language = models.CharField(max_length=10)
    how = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["subscriber", "-id"], name="agreements_of_one")]


class Subscription(models.Model):
    """One wish of a subscriber: an area, topics (none is all), and how often.

    An area by address keeps the point, and ``district`` the district that the point lies in,
    in the version of the boundaries that said so. ``lost_at`` says since when it lies in none
    that is in force, so that its owner has to choose again. Until ``confirmed_at`` it is a
    wish that nobody confirmed. ``language`` is the one in which ``shown`` was read; once the
    wish is confirmed it is the subscriber's.
    """

    subscriber = models.ForeignKey(Subscriber, models.PROTECT, related_name="subscriptions")
    area = models.CharField(max_length=10)
    kind = models.CharField(max_length=10, blank=True, default="")
    district = models.ForeignKey(District, models.PROTECT, null=True, related_name="+")
    ward_code = models.CharField(max_length=10, blank=True, default="")
    where = models.CharField(max_length=200, blank=True, default="")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    metres = models.PositiveIntegerField(default=0)
    topics = models.JSONField(default=list)
    frequency = models.CharField(max_length=10)
    shown = models.TextField()
    language = models.CharField(max_length=10, blank=True, default="")
    how = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=120)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    lost_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="area_by_address_has_a_point",
                condition=~Q(area__in=["around", "mine"])
                | Q(latitude__isnull=False, longitude__isnull=False),
            ),
            models.CheckConstraint(
                name="named_area_has_a_district",
                condition=~Q(area="named") | Q(district__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["subscriber", "frequency"], name="wishes_of_a_subscriber"),
            models.Index(fields=["district"], name="wishes_for_a_district"),
            models.Index(fields=["ward_code", "-asked_at", "-id"], name="wishes_of_a_ward"),
        ]


class AreaMove(models.Model):
    """What new boundaries did to one subscription: moved, redrawn, gone, or lost.

    ``became`` are the codes that the old district's area lies in now. One a subscription and
    version of the boundaries, so nobody is moved or told twice.
    """

    subscription = models.ForeignKey(Subscription, models.PROTECT, related_name="moves")
    boundary_set = models.ForeignKey(BoundarySet, models.PROTECT, related_name="+")
    effect = models.CharField(max_length=10)
    before = models.ForeignKey(District, models.PROTECT, related_name="+")
    after = models.ForeignKey(District, models.PROTECT, null=True, related_name="+")
    became = models.JSONField(default=list)
    moved_at = models.DateTimeField()
    message = models.ForeignKey(Message, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subscription", "boundary_set"], name="one_move_a_boundary_version"
            )
        ]


class Digest(models.Model):
    """The receipt of one digest: for whom, for which period, and what was in it.

    One a subscriber, frequency and period, so that a worker that is killed repeats none.
    ``told`` are the keys of its news; where there was none, there is no message.
    """

    subscriber = models.ForeignKey(Subscriber, models.PROTECT, related_name="digests")
    frequency = models.CharField(max_length=10)
    period = models.CharField(max_length=10)
    until_at = models.DateTimeField()
    told = models.JSONField(default=list)
    message = models.ForeignKey(Message, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subscriber", "frequency", "period"], name="one_digest_a_period"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["subscriber", "frequency", "-until_at"], name="last_digests")
        ]
