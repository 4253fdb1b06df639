"""What people of the office learned: trainings, conferences, certificates."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from wardroom.access.models import ScopedQuerySet
from wardroom.directory.models import Party
from wardroom.documents.models import Document


class Training(models.Model):
    """That somebody took part in a training or a conference, or earned a certificate.

    `cost_reference` is the number under which it was paid. Once a records officer disposed of
    it, nothing is left of it but whose it was and when.
    """

    party = models.ForeignKey(Party, models.PROTECT, related_name="trainings")
    sort = models.CharField(max_length=12)
    title = models.CharField(max_length=200, blank=True, default="")
    provider = models.CharField(max_length=120, blank=True, default="")
    held_on = models.DateField()
    hours = models.DecimalField(max_digits=5, decimal_places=1)
    cost_reference = models.CharField(max_length=60, blank=True, default="")
    certificate = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    expires_on = models.DateField(null=True, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=120)
    replaced_at = models.DateTimeField(null=True, blank=True)
    disposed_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="training_sort_is_known",
                condition=Q(sort__in=["training", "conference", "certificate"]),
            ),
            models.CheckConstraint(
                name="certificate_runs_out_later",
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("held_on")),
            ),
            models.CheckConstraint(
                name="training_has_a_title_until_disposed",
                condition=~Q(title="") | Q(disposed_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["party", "-held_on", "id"], name="trainings_of_a_person"),
            models.Index(fields=["expires_on", "id"], name="trainings_by_expiry"),
        ]
