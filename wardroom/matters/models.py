"""Matters and asks."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardroom.access.models import ScopedQuerySet
from wardroom.city.models import District, Place
from wardroom.directory.models import Party


class Matter(models.Model):
    """Something the office owns until it has an outcome."""

    kind = models.CharField(max_length=30)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=10, default="open")
    outcome = models.CharField(max_length=30, blank=True, default="")
    owner = models.ForeignKey(Party, models.PROTECT, related_name="owned_matters")
    next_on = models.DateField(null=True, blank=True)
    next_step = models.CharField(max_length=200, blank=True, default="")
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="matters")
    ward = models.ForeignKey(District, models.PROTECT, null=True, related_name="+")
    ward_code = models.CharField(max_length=10, blank=True, default="", db_index=True)
    public_text = models.TextField(blank=True, default="")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="matter_state_is_known", condition=Q(state__in=["open", "closed"])
            ),
            models.CheckConstraint(
                name="open_matter_has_a_next_date",
                condition=~Q(state="open") | Q(next_on__isnull=False),
            ),
            models.CheckConstraint(
                name="closed_matter_has_an_outcome",
                condition=~Q(state="closed") | (~Q(outcome="") & Q(closed_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Ask(models.Model):
    """One thing, asked of one party, by one date, with one answer.

    `agency_code` says whom we mean to ask; `asked_agency` is the same code from the day it
    was really asked, and is what lets a partner see the ask.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="asks")
    party = models.ForeignKey(Party, models.PROTECT, related_name="asks")
    agency_code = models.CharField(max_length=20, blank=True, default="")
    asked_agency = models.CharField(max_length=20, blank=True, default="")
    wording = models.CharField(max_length=300)
    authority = models.CharField(max_length=200, blank=True, default="")
    state = models.CharField(max_length=12, default="proposed")
    due_on = models.DateField()
    asked_by = models.ForeignKey(Party, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=120, blank=True, default="")
    decline_code = models.CharField(max_length=30, blank=True, default="")
    answer_text = models.CharField(max_length=500, blank=True, default="")
    counter_on = models.DateField(null=True, blank=True)
    first_promised_on = models.DateField(null=True, blank=True)
    promised_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    disposition = models.CharField(max_length=30, blank=True, default="")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="ask_state_is_known",
                condition=Q(
                    state__in=[
                        "proposed",
                        "requested",
                        "accepted",
                        "declined",
                        "countered",
                        "done",
                        "withdrawn",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="asked_ask_says_whom_and_when",
                condition=Q(asked_at__isnull=True, asked_agency="")
                | (Q(asked_at__isnull=False) & Q(asked_agency=models.F("agency_code"))),
            ),
            models.CheckConstraint(
                name="answered_ask_was_asked",
                condition=Q(state__in=["proposed", "withdrawn"]) | Q(asked_at__isnull=False),
            ),
            models.CheckConstraint(
                name="accepted_ask_has_a_promise",
                condition=~Q(state__in=["accepted", "done"]) | Q(promised_on__isnull=False),
            ),
            models.CheckConstraint(
                name="promise_keeps_its_first_date",
                condition=Q(promised_on__isnull=True) | Q(first_promised_on__isnull=False),
            ),
            models.CheckConstraint(
                name="declined_ask_has_a_reason",
                condition=~Q(state="declined") | ~Q(decline_code=""),
            ),
            models.CheckConstraint(
                name="countered_ask_has_a_date",
                condition=~Q(state="countered") | Q(counter_on__isnull=False),
            ),
            models.CheckConstraint(
                name="done_ask_says_what_was_done",
                condition=~Q(state="done") | (~Q(disposition="") & Q(done_at__isnull=False)),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["asked_agency", "state", "due_on"], name="asks_of_an_agency"),
            models.Index(fields=["state", "due_on"], name="asks_by_state_and_date"),
        ]

    def __str__(self) -> str:
        return self.wording
