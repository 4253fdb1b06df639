"""People, organisations, the seats they hold, how to reach them, what agencies do."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from wardroom.city.models import District


class Party(models.Model):
    """A person or an organisation. It may or may not be able to sign in.

    One that was joined to another points to it, and stays readable under its own number. One
    that an import brought and that was taken back with it has a `withdrawn_at`.
    """

    class Kind(models.TextChoices):
        PERSON = "person"
        ORGANISATION = "organisation"

    kind = models.CharField(max_length=15, choices=Kind.choices)
    name = models.CharField(max_length=200)
    code = models.CharField(max_length=20, blank=True, default="")
    agency = models.BooleanField(default=False)
    language = models.CharField(max_length=10, blank=True, default="")
    interpreter = models.BooleanField(default=False)
    access_needs = models.CharField(max_length=200, blank=True, default="")
    organisation_kind = models.CharField(max_length=12, blank=True, default="")
    area_kind = models.CharField(max_length=10, blank=True, default="")
    area_code = models.CharField(max_length=10, blank=True, default="")
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="merged", db_index=False
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
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
            models.CheckConstraint(
                name="person_is_no_kind_of_organisation",
                condition=Q(organisation_kind="") | Q(kind="organisation"),
            ),
            models.CheckConstraint(
                name="party_is_not_joined_to_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
            ),
            models.UniqueConstraint(
                fields=["area_code"],
                condition=Q(organisation_kind="anc"),
                name="one_commission_an_area",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["name", "id"], name="parties_by_name"),
            models.Index(fields=["organisation_kind", "name"], name="parties_of_a_kind"),
            models.Index(fields=["area_kind", "area_code"], name="parties_of_an_area"),
            # Of few: with all who were never joined, a database might begin a list with them.
            models.Index(
                fields=["merged_into"],
                condition=Q(merged_into__isnull=False),
                name="parties_joined_to",
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
    `consent` is about answers to what they reported; `Consent` keeps what was said of each
    purpose. From `ended_at` on it is not used any more.
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
    ended_at = models.DateTimeField(null=True, blank=True)


class Consent(models.Model):
    """What was said once about using a contact point for a purpose; the newest holds.

    Nothing of it changes: who takes a permission back says something new.
    """

    point = models.ForeignKey(ContactPoint, models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=12)
    given = models.BooleanField(null=True)
    at = models.DateTimeField()
    how = models.CharField(max_length=200, blank=True, default="")
    by = models.CharField(max_length=120)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["point", "purpose", "-id"], name="consents_of_a_point")
        ]


class Seat(models.Model):
    """A role in an organisation, whoever holds it: a ward's liaison, an agency's delegate.

    From `until_on` on it is no more; its past stays. A commissioner's seat has the district
    that it stands for, in the version of the boundaries that made it. Several hold a seat at
    once where `many` says so.
    """

    organisation = models.ForeignKey(Party, models.PROTECT, related_name="seats")
    title = models.CharField(max_length=120)
    ward_code = models.CharField(max_length=10, blank=True, default="")
    smd_code = models.CharField(max_length=10, blank=True, default="")
    district = models.ForeignKey(District, models.PROTECT, null=True, related_name="+")
    many = models.BooleanField(default=False)
    since_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["district"],
                condition=Q(district__isnull=False),
                name="one_seat_a_district",
            ),
            models.CheckConstraint(
                name="seat_of_a_district_says_which",
                condition=Q(district__isnull=True) | ~Q(smd_code=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["ward_code", "title"], name="seats_of_a_ward"),
            models.Index(fields=["smd_code"], name="seats_of_an_smd"),
        ]

    def __str__(self) -> str:
        return self.title


class StandingTenures(models.Manager["Tenure"]):
    """The tenures that stand: one that was taken back as a wrong pick never held."""

    def get_queryset(self) -> models.QuerySet[Tenure]:
        return super().get_queryset().filter(taken_back=False)


class Tenure(models.Model):
    """Somebody holding a seat for a time: a person, or a name that nobody resolved yet.

    One that was `taken_back` ends on the day it began, so that it holds on none.
    It is ``bounded`` where the end of their sign-in cut it short; it ends on ``own_until`` else.
    """

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="tenures")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="tenures")
    name = models.CharField(max_length=120, blank=True, default="")
    since_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    bounded = models.BooleanField(default=False)
    own_until = models.DateField(null=True, blank=True)
    taken_back = models.BooleanField(default=False)

    objects = StandingTenures()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="tenure_ends_after_it_starts",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("since_on")),
            ),
            models.CheckConstraint(
                name="taken_back_tenure_holds_on_no_day",
                condition=Q(taken_back=False) | Q(until_on=F("since_on")),
            ),
            models.CheckConstraint(
                name="tenure_says_who", condition=Q(party__isnull=False) | ~Q(name="")
            ),
        ]

    @property
    def holder_name(self) -> str:
        """Who holds it, as resolved or as typed."""
        return self.party.name if self.party is not None else self.name

    def holds(self, on: date) -> bool:
        """Whether it holds on a day."""
        return self.since_on <= on and (self.until_on is None or self.until_on > on)


class Service(models.Model):
    """Something an agency does on request, by its code in the city's 311 system."""

    code = models.CharField(max_length=120, unique=True)
    name = models.CharField(max_length=200)
    agency = models.ForeignKey(Party, models.PROTECT, related_name="services")
    test_only = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class PartyMerge(models.Model):
    """That one party was joined to another, with what it takes to undo that.

    `moved` are the parties that were joined to it before, and `refusals` the consents that
    the joining wrote, each with what had been said before.
    """

    party = models.ForeignKey(Party, models.PROTECT, related_name="merges")
    into = models.ForeignKey(Party, models.PROTECT, related_name="taken_in")
    reason = models.CharField(max_length=200)
    moved = models.JSONField(default=list)
    refusals = models.JSONField(default=list)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["party"],
                condition=Q(undone_at__isnull=True),
                name="joined_to_one_at_a_time",
            )
        ]


class ContactImport(models.Model):
    """One file of contacts that was read in, with each change so that all can be taken back."""

    source = models.CharField(max_length=120)
    changes = models.JSONField()
    added = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    last_entry = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)
    maker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=120, blank=True, default="")
    kept = models.JSONField(default=list)
