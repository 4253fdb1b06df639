"""Stored files."""

from __future__ import annotations

from typing import ClassVar

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
