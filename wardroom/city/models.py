"""Where things are: boundary sets, their districts, places, and business calendars."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class BoundarySet(models.Model):
    """One version of one kind of boundary, in force between two dates."""

    kind = models.CharField(max_length=20)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    schematic = models.BooleanField(default=False)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "valid_from"], name="one_set_a_kind_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.kind} from {self.valid_from}"


class District(models.Model):
    """One ward, ANC, SMD, piece of ground or other area, as one boundary set drew it."""

    boundary_set = models.ForeignKey(BoundarySet, models.PROTECT, related_name="districts")
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=200)
    shape = models.BinaryField()
    outline = models.JSONField()
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["boundary_set", "code"], name="one_code_a_set")
        ]

    def __str__(self) -> str:
        return self.name


class Ground(models.Model):
    """Who owns an area of the boundary kind `ground`, and what a caller is to be told."""

    class Kind(models.TextChoices):
        AGENCY = "agency"
        FEDERAL = "federal"
        TRANSIT = "transit"
        UTILITY = "utility"
        PRIVATE = "private"

    district = models.OneToOneField(District, models.PROTECT, related_name="ground")
    owner_code = models.CharField(max_length=20)
    owner_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    phone = models.CharField(max_length=60, blank=True, default="")
    advice = models.TextField(blank=True, default="")


class Place(models.Model):
    """An address, block, point or area that the office remembers."""

    key = models.BigIntegerField(unique=True)
    kind = models.CharField(max_length=20)
    label = models.CharField(max_length=200)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    noted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="place_point_is_whole",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
            )
        ]
        indexes: ClassVar = [models.Index(fields=["latitude", "longitude"])]

    def __str__(self) -> str:
        return self.label


class Membership(models.Model):
    """The district a place lies in, computed from its point, for one boundary version."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="memberships")
    district = models.ForeignKey(District, models.PROTECT, related_name="memberships")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "district"], name="one_membership")
        ]


class BusinessCalendar(models.Model):
    """The hours and zone a city works in."""

    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=120)
    zone = models.CharField(max_length=60)
    opens_at = models.TimeField()
    closes_at = models.TimeField()


class Holiday(models.Model):
    """A day the city's offices are closed, with the law that says so."""

    calendar = models.ForeignKey(BusinessCalendar, models.PROTECT, related_name="holidays")
    on = models.DateField()
    name = models.CharField(max_length=120)
    legal_basis = models.CharField(max_length=200)
    observed = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["calendar", "on", "name"], name="one_holiday_a_day"),
            models.CheckConstraint(name="holiday_has_basis", condition=~Q(legal_basis="")),
        ]
