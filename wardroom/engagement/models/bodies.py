"""Public bodies that the office staffs, their seats, and the terms for which these are held."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardroom.access.models import ScopedQuerySet
from wardroom.directory.models import Party, Seat, Tenure


class PublicBody(models.Model):
    """An organisation that takes official action at meetings, with what it rests on.

    `cover` says which clocks bind its meetings, and `cover_why` under which act: what counts
    as a public body changes. `quorum` is the charter's own number, or none for a majority.
    `notice_to` are addresses that asked for its notices, one a line.
    """

    party = models.OneToOneField(Party, models.PROTECT, related_name="public_body")
    ward_code = models.CharField(max_length=10, blank=True, default="")
    purpose = models.CharField(max_length=500, blank=True, default="")
    authority = models.CharField(max_length=300)
    cover = models.CharField(max_length=20)
    cover_why = models.CharField(max_length=300, blank=True, default="")
    quorum = models.PositiveSmallIntegerField(null=True, blank=True)
    notice_to = models.TextField(blank=True, default="")
    begun_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="body_says_what_it_rests_on", condition=~Q(authority="")),
            models.CheckConstraint(
                name="body_quorum_is_some", condition=Q(quorum__isnull=True) | Q(quorum__gt=0)
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["ward_code", "id"], name="bodies_of_a_ward")]

    @property
    def name(self) -> str:
        """The name of the organisation."""
        return self.party.name


class BodySeat(models.Model):
    """What a charter says of a seat: whether it counts in a roll call, who appoints, how long."""

    body = models.ForeignKey(PublicBody, models.PROTECT, related_name="seats")
    seat = models.OneToOneField(Seat, models.PROTECT, related_name="of_body")
    voting = models.BooleanField(default=True)
    appointed_by = models.CharField(max_length=120)
    term_months = models.PositiveSmallIntegerField(null=True, blank=True)
    most_terms = models.PositiveSmallIntegerField(null=True, blank=True)


class BodyTerm(models.Model):
    """The term for which somebody holds a seat; who serves on after it stays until replaced."""

    tenure = models.OneToOneField(Tenure, models.PROTECT, related_name="body_term")
    seat = models.ForeignKey(BodySeat, models.PROTECT, related_name="terms")
    number = models.PositiveSmallIntegerField(default=1)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="body_term_is_counted", condition=Q(number__gt=0))
        ]
        indexes: ClassVar = [models.Index(fields=["ends_on"], name="body_terms_by_end")]
