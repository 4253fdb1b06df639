"""Signs of life of the house's processes, and what was found when it last looked outside."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

EMPTIED = "log"


class Beat(models.Model):
    """One running process of the house on one machine; ``took_at`` is when it last took a task."""

    class Kind(models.TextChoices):
        WEB = "web"
        WORKER = "worker"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    node = models.CharField(max_length=120)
    process = models.PositiveIntegerField()
    version = models.CharField(max_length=30)
    began_at = models.DateTimeField()
    beat_at = models.DateTimeField(db_index=True)
    took_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "node", "process"], name="one_beat_a_process")
        ]


class LastLook(models.Model):
    """What a check found that asks other machines, so that no page has to wait for their answer.

    One row more tells when the database's own log was last emptied.
    """

    code = models.CharField(max_length=30, unique=True)
    standing = models.CharField(max_length=10)
    sentence = models.CharField(max_length=500)
    advice = models.CharField(max_length=500, blank=True, default="")
    at = models.DateTimeField()
