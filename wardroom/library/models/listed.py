"""Services that people are sent to, with their columns called as HSDS 3.0 calls them."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from wardroom.directory.models import Party


class HsdsRow(models.Model):
    """A row that is told apart everywhere by one number. A withdrawn one came with an import
    that was taken back, or is said no longer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class ListedOrganization(HsdsRow):
    """Who runs a service, as a file says it; `party` is who that is in our directory."""

    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="listed")
    name = models.CharField(max_length=200)
    alternate_name = models.CharField(max_length=200, blank=True, default="")
    description = models.TextField(blank=True, default="")
    email = models.CharField(max_length=254, blank=True, default="")
    website = models.CharField(max_length=500, blank=True, default="")


class Need(HsdsRow):
    """What somebody needs: a term of the short tree, or of a tree that came with a file.

    `words` are what people call it, for the search.
    """

    code = models.CharField(max_length=60, blank=True, default="")
    name = models.CharField(max_length=120)
    description = models.CharField(max_length=500, blank=True, default="")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    taxonomy = models.CharField(max_length=200, blank=True, default="")
    taxonomy_id = models.UUIDField(null=True, blank=True)
    words = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["name", "id"], name="needs_by_name")]


class ListedService(HsdsRow):
    """A service that people can be sent to. `assured_date` is when it was last checked,
    `alert_until` the last day of its alert."""

    organization = models.ForeignKey(ListedOrganization, models.PROTECT, related_name="services")
    name = models.CharField(max_length=200)
    alternate_name = models.CharField(max_length=200, blank=True, default="")
    description = models.TextField(blank=True, default="")
    url = models.CharField(max_length=500, blank=True, default="")
    email = models.CharField(max_length=254, blank=True, default="")
    status = models.CharField(max_length=20, default="active")
    interpretation_services = models.TextField(blank=True, default="")
    application_process = models.TextField(blank=True, default="")
    fees_description = models.TextField(blank=True, default="")
    eligibility_description = models.TextField(blank=True, default="")
    minimum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    assured_date = models.DateField(null=True, blank=True)
    assurer_email = models.CharField(max_length=254, blank=True, default="")
    alert = models.CharField(max_length=500, blank=True, default="")
    alert_until = models.DateField(null=True, blank=True)
    modified_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="listed_service_status_is_known",
                condition=Q(status__in=["active", "inactive", "defunct", "temporarily closed"]),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["modified_at", "id"], name="services_by_change"),
            models.Index(fields=["name", "id"], name="services_by_name"),
        ]


class Site(HsdsRow):
    """Where services are given: a building, a post box or a page."""

    location_type = models.CharField(max_length=10, default="physical")
    url = models.CharField(max_length=500, blank=True, default="")
    name = models.CharField(max_length=200, blank=True, default="")
    description = models.TextField(blank=True, default="")
    transportation = models.CharField(max_length=500, blank=True, default="")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)


class ServiceAtSite(HsdsRow):
    """That a service is given at a site."""

    service = models.ForeignKey(ListedService, models.PROTECT, related_name="at_sites")
    location = models.ForeignKey(Site, models.PROTECT, related_name="at_sites")
    description = models.TextField(blank=True, default="")


class SiteAddress(HsdsRow):
    """The address of a site."""

    location = models.ForeignKey(Site, models.PROTECT, related_name="addresses")
    attention = models.CharField(max_length=200, blank=True, default="")
    address_1 = models.CharField(max_length=200)
    address_2 = models.CharField(max_length=200, blank=True, default="")
    city = models.CharField(max_length=100)
    state_province = models.CharField(max_length=50)
    postal_code = models.CharField(max_length=20)
    country = models.CharField(max_length=2)
    address_type = models.CharField(max_length=10, default="physical")


class OfService(HsdsRow):
    """A row that belongs to a service, to a site, or to a service at one site."""

    service = models.ForeignKey(ListedService, models.PROTECT, null=True, related_name="%(class)ss")
    location = models.ForeignKey(Site, models.PROTECT, null=True, related_name="%(class)ss")
    service_at_location = models.ForeignKey(
        ServiceAtSite, models.PROTECT, null=True, related_name="%(class)ss"
    )

    class Meta:
        abstract = True


class ListedPhone(OfService):
    """A number to call for a service, at a site, or of the organization."""

    organization = models.ForeignKey(
        ListedOrganization, models.PROTECT, null=True, related_name="phones"
    )
    number = models.CharField(max_length=60)
    extension = models.PositiveIntegerField(null=True, blank=True)
    type = models.CharField(max_length=20, blank=True, default="")
    description = models.CharField(max_length=300, blank=True, default="")


class HoursOpen(OfService):
    """When a service or a site is open: days that come back, from when to when."""

    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    dtstart = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    freq = models.CharField(max_length=10, blank=True, default="")
    interval = models.PositiveSmallIntegerField(null=True, blank=True)
    byday = models.CharField(max_length=60, blank=True, default="")
    bymonthday = models.CharField(max_length=100, blank=True, default="")
    opens_at = models.TimeField(null=True, blank=True)
    closes_at = models.TimeField(null=True, blank=True)
    description = models.CharField(max_length=500, blank=True, default="")


class ListedArea(HsdsRow):
    """For whom a service is there, by where they live: the whole District, or a ward."""

    service = models.ForeignKey(ListedService, models.PROTECT, related_name="service_areas")
    name = models.CharField(max_length=200, blank=True, default="")
    description = models.CharField(max_length=500, blank=True, default="")
    extent = models.TextField(blank=True, default="")
    extent_type = models.CharField(max_length=10, blank=True, default="")


class ListedLanguage(HsdsRow):
    """A language that is spoken at a service or a site, without an interpreter."""

    service = models.ForeignKey(ListedService, models.PROTECT, null=True, related_name="languages")
    location = models.ForeignKey(Site, models.PROTECT, null=True, related_name="languages")
    name = models.CharField(max_length=80, blank=True, default="")
    code = models.CharField(max_length=10, blank=True, default="")
    note = models.CharField(max_length=300, blank=True, default="")


class NeededPaper(HsdsRow):
    """A paper that somebody has to bring."""

    service = models.ForeignKey(ListedService, models.PROTECT, related_name="required_documents")
    document = models.CharField(max_length=500)
    uri = models.CharField(max_length=500, blank=True, default="")


class CostOption(HsdsRow):
    """What a service costs, for whom and when."""

    service = models.ForeignKey(ListedService, models.PROTECT, related_name="cost_options")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    option = models.CharField(max_length=200, blank=True, default="")
    currency = models.CharField(max_length=3, blank=True, default="")
    amount = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    amount_description = models.CharField(max_length=200, blank=True, default="")


class NeedServed(HsdsRow):
    """That a service serves a need."""

    link = models.ForeignKey(ListedService, models.PROTECT, related_name="attributes")
    link_entity = models.CharField(max_length=20, default="service")
    link_type = models.CharField(max_length=60, blank=True, default="")
    taxonomy_term = models.ForeignKey(Need, models.PROTECT, related_name="served")
    value = models.CharField(max_length=200, blank=True, default="")


class ServiceImport(models.Model):
    """A file of services: as it was read, what was written of it, and what was there before."""

    source = models.CharField(max_length=120)
    content = models.JSONField()
    left_out = models.JSONField(default=list)
    before = models.JSONField(default=list)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    kept = models.JSONField(default=list)
    read_at = models.DateTimeField()
    read_by = models.CharField(max_length=120)
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    written_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=120, blank=True, default="")
