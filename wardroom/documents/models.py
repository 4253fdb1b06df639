"""Stored files, what was made of them, and what they belong to."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from wardroom.access.models import ScopedQuerySet


class Document(models.Model):
    """A file, kept once under the hash of its bytes."""

    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    stored_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="document_is_not_empty", condition=Q(size__gt=0))
        ]

    def __str__(self) -> str:
        return self.name


class Rendition(models.Model):
    """A picture made anew from a document: the pixels and nothing else."""

    class Variant(models.TextChoices):
        PUBLIC = "public"
        THUMBNAIL = "thumbnail"

    document = models.ForeignKey(Document, models.PROTECT, related_name="renditions")
    variant = models.CharField(max_length=10, choices=Variant.choices)
    digest = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "variant"], name="one_rendition_a_variant")
        ]


class Attachment(models.Model):
    """That a document belongs to a thing; whoever may not see the thing does not see it.

    ``agency_code`` is empty unless the agency's partners may see it, as in the ledger.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="attachments")
    noun = models.CharField(max_length=30)
    key = models.CharField(max_length=60)
    ward_code = models.CharField(max_length=10, blank=True, default="")
    agency_code = models.CharField(max_length=20, blank=True, default="")
    matter_key = models.CharField(max_length=60, blank=True, default="", db_index=True)
    audience = models.CharField(max_length=10, default="internal")
    caption = models.CharField(max_length=300, blank=True, default="")
    taken_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=120)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="agency_sees_partner_attachments_only",
                condition=Q(agency_code="") | Q(audience="partner"),
            )
        ]
        indexes: ClassVar = [models.Index(fields=["noun", "key", "added_at"])]
