"""Whom we sent to which services for what need, and whether it helped: never who it was."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from wardroom.access.models import ScopedQuerySet
from wardroom.library.models import ListedService, Need
from wardroom.matters.models import Matter


class ServiceReferral(models.Model):
    """That somebody was sent to services for a need. No name is kept.

    `address` is where the mail goes; it is taken out when the referral ends. `may_ask` says
    that they agreed to be asked by mail whether it helped. `need_text` is a need as it was
    said, where the tree has none.
    """

    matter = models.OneToOneField(Matter, models.PROTECT, related_name="service_referral")
    need = models.ForeignKey(Need, models.PROTECT, null=True, related_name="referrals")
    need_text = models.CharField(max_length=120, blank=True, default="")
    language = models.CharField(max_length=10, default="en")
    way = models.CharField(max_length=10)
    address = models.CharField(max_length=254, blank=True, default="")
    may_ask = models.BooleanField(default=False)
    made_on = models.DateField()
    ask_on = models.DateField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_link = models.BooleanField(default=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["made_on", "id"], name="referrals_by_day")]

    @property
    def need_name(self) -> str:
        """The need in words."""
        return self.need.name if self.need is not None else self.need_text


class ReferredService(models.Model):
    """One of the services of a referral, and what they said of it."""

    referral = models.ForeignKey(ServiceReferral, models.PROTECT, related_name="lines")
    service = models.ForeignKey(ListedService, models.PROTECT, related_name="referred")
    position = models.PositiveSmallIntegerField()
    answer = models.CharField(max_length=15, blank=True, default="")
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["referral", "service"], name="service_referred_to_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["answered_on", "service"], name="answers_of_services")
        ]
