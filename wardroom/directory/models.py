"""People, organisations, the seats they hold, how to reach them, what agencies do."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Party(models.Model):
    """A person or an organisation. It may or may not be able to sign in."""

    class Kind(models.TextChoices):
        PERSON = "person"
        ORGANISATION = "organisation"

    kind = models.CharField(max_length=15, choices=Kind.choices)
    name = models.CharField(max_length=200)
    code = models.CharField(max_length=20, blank=True, default="")
    agency = models.BooleanField(default=False)
    language = models.CharField(max_length=10, blank=True, default="")
    interpreter = models.BooleanField(default=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="party"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code"], condition=~Q(code=""), name="one_party_a_code"
            ),
            models.CheckConstraint(
                name="agency_is_an_organisation",
                condition=Q(agency=False) | Q(kind="organisation"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Alias(models.Model):
    """Another name or code of a party, for as long as it was used."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="aliases")
    name = models.CharField(max_length=200)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)


class ContactPoint(models.Model):
    """One way to reach a party, whether we may use it, and whether it works.

    `match` is the one way to write it, by which the same telephone or address is found again.
    """

    party = models.ForeignKey(Party, models.PROTECT, related_name="contact_points")
    channel = models.CharField(max_length=10)
    value = models.CharField(max_length=254)
    match = models.CharField(max_length=254, blank=True, default="", db_index=True)
    consent = models.BooleanField(default=False)
    consent_at = models.DateTimeField(null=True, blank=True)
    consent_by = models.CharField(max_length=120, blank=True, default="")
    consent_how = models.CharField(max_length=200, blank=True, default="")
    bounced_at = models.DateTimeField(null=True, blank=True)


class Seat(models.Model):
    """A role in an organisation, whoever holds it: a ward's liaison, an agency's delegate.

    From `until_on` on it is no more; its past stays.
    """

    organisation = models.ForeignKey(Party, models.PROTECT, related_name="seats")
    title = models.CharField(max_length=120)
    ward_code = models.CharField(max_length=10, blank=True, default="")
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["ward_code", "title"], name="seats_of_a_ward")]

    def __str__(self) -> str:
        return self.title


class Tenure(models.Model):
    """Somebody holding a seat for a time: a person, or a name that nobody resolved yet."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="tenures")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="tenures")
    name = models.CharField(max_length=120, blank=True, default="")
    since_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="tenure_ends_after_it_starts",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("since_on")),
            ),
            models.CheckConstraint(
                name="tenure_says_who", condition=Q(party__isnull=False) | ~Q(name="")
            ),
        ]

    @property
    def holder_name(self) -> str:
        """Who holds it, as resolved or as typed."""
        return self.party.name if self.party is not None else self.name


class Service(models.Model):
    """Something an agency does on request, by its code in the city's 311 system."""

    code = models.CharField(max_length=120, unique=True)
    name = models.CharField(max_length=200)
    agency = models.ForeignKey(Party, models.PROTECT, related_name="services")
    test_only = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name
