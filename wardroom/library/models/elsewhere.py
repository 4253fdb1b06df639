"""Whom to call about what is not the city's."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class OtherAuthority(models.Model):
    """One authority that is not the city's, as residents are told of it. One that ended is not."""

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    about = models.CharField(max_length=300)
    phone = models.CharField(max_length=40)
    hours = models.CharField(max_length=120)
    words = models.TextField(blank=True, default="")
    owner_code = models.CharField(max_length=20, blank=True, default="")
    outside = models.BooleanField(default=False)
    translations = models.JSONField(default=dict)
    kept_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(ended_at=None), name="one_live_authority_a_code"
            )
        ]
