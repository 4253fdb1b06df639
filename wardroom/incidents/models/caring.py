"""Who holds which role in an incident, what households need, and what it taught."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardroom.directory.models import Party
from wardroom.incidents.models.critical import Incident
from wardroom.matters.models import Ask


class IncidentDuty(models.Model):
    """Somebody holding a role in an incident for a time; a shift handover ends one of these."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="duties")
    role = models.CharField(max_length=20)
    party = models.ForeignKey(Party, models.PROTECT, related_name="incident_duties")
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["incident", "role"],
                condition=Q(until_at=None),
                name="one_holder_an_incident_role",
            ),
            models.CheckConstraint(
                name="incident_duty_ends_after_it_starts",
                condition=Q(until_at=None) | Q(until_at__gte=models.F("since_at")),
            ),
        ]


class StandingHouseholds(models.Manager["HouseholdNeed"]):
    """The homes that count: one that was noted by mistake is none."""

    def get_queryset(self) -> models.QuerySet[HouseholdNeed]:
        return super().get_queryset().filter(taken_out_at=None)


class HouseholdNeed(models.Model):
    """What one home needs: counts and needs by a label such as Unit 4. No name, no case.

    Case work is the agency's that `owner` names. Whoever does not run the incident sees sums.
    Nothing is left of one that was taken out but when it was.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="households")
    label = models.CharField(max_length=40)
    adults = models.PositiveSmallIntegerField(default=0)
    children = models.PositiveSmallIntegerField(default=0)
    older = models.PositiveSmallIntegerField(default=0)
    pets = models.PositiveSmallIntegerField(default=0)
    languages = models.CharField(max_length=60, blank=True, default="")
    access = models.BooleanField(default=False)
    needs = models.JSONField(default=list)
    owner = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=120)
    followed_24_at = models.DateTimeField(null=True, blank=True)
    followed_72_at = models.DateTimeField(null=True, blank=True)
    taken_out_at = models.DateTimeField(null=True, blank=True)

    objects = StandingHouseholds()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["incident", "label"], name="one_household_a_label")
        ]


class AfterAction(models.Model):
    """What an incident taught: expected, happened, why, and how well each capability did."""

    incident = models.OneToOneField(Incident, models.PROTECT, related_name="review")
    expected = models.TextField(blank=True, default="")
    happened = models.TextField(blank=True, default="")
    why = models.TextField(blank=True, default="")
    strengths = models.TextField(blank=True, default="")
    ratings = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=120)
    finished_at = models.DateTimeField(null=True, blank=True)
    finished_by = models.CharField(max_length=120, blank=True, default="")


class StandingSteps(models.Manager["CorrectiveStep"]):
    """The steps that count: one that was taken out before the review was finished is none."""

    def get_queryset(self) -> models.QuerySet[CorrectiveStep]:
        return super().get_queryset().filter(taken_out_at=None)


class CorrectiveStep(models.Model):
    """One thing to do better: who does it, from when, by when. It becomes an ask."""

    review = models.ForeignKey(AfterAction, models.PROTECT, related_name="steps")
    wording = models.CharField(max_length=300)
    capability = models.CharField(max_length=20)
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    starts_on = models.DateField()
    due_on = models.DateField()
    ask = models.OneToOneField(Ask, models.PROTECT, null=True, related_name="+")
    taken_out_at = models.DateTimeField(null=True, blank=True)

    objects = StandingSteps()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="step_taken_out_is_no_ask", condition=Q(taken_out_at=None) | Q(ask=None)
            ),
            models.CheckConstraint(
                name="corrective_step_ends_after_it_starts",
                condition=Q(due_on__gte=models.F("starts_on")),
            ),
        ]
