"""Funds, their append-only lines, the plans of when to spend, and submissions of the budget."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from wardroom.access.models import ScopedQuerySet
from wardroom.calendar.models import Event
from wardroom.matters.models import Matter
from wardroom.office.models.structure import Position

KINDS = ("certify", "allocate", "commit", "spend", "release", "return")


class FiscalYear(models.Model):
    """A year of money, from October 1; held while spending in it is compared with its plan."""

    year = models.PositiveSmallIntegerField(primary_key=True)


class Fund(models.Model):
    """A source of money. Its balances come from its lines; the columns repeat what these say.

    `amount_cents` is what was appropriated or awarded, and of a proposed fund what is asked for.
    `scenario` names the plan that a proposed fund belongs to.
    """

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=160)
    sort = models.CharField(max_length=10)
    standing = models.CharField(max_length=10)
    scenario = models.CharField(max_length=80, blank=True, default="")
    year = models.ForeignKey(FiscalYear, models.PROTECT, related_name="funds")
    starts_on = models.DateField()
    ends_on = models.DateField()
    amount_cents = models.BigIntegerField()
    purpose = models.CharField(max_length=500)
    restriction = models.CharField(max_length=500, blank=True, default="")
    certifier = models.CharField(max_length=160)
    certified_cents = models.BigIntegerField(default=0)
    allocated_cents = models.BigIntegerField(default=0)
    committed_cents = models.BigIntegerField(default=0)
    spent_cents = models.BigIntegerField(default=0)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=120)
    end_noted_on = models.DateField(null=True)
    end_noted = models.CharField(max_length=300, blank=True, default="")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="fund_is_never_overdrawn",
                condition=Q(amount_cents__gte=F("certified_cents"))
                & Q(certified_cents__gte=F("allocated_cents"))
                & Q(allocated_cents__gte=F("committed_cents"))
                & Q(committed_cents__gte=F("spent_cents"))
                & Q(spent_cents__gte=0),
            ),
            models.CheckConstraint(
                name="proposed_fund_holds_no_money",
                condition=Q(standing="existing") | Q(certified_cents=0),
            ),
            models.CheckConstraint(
                name="fund_ends_after_it_begins", condition=Q(ends_on__gte=F("starts_on"))
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["standing", "ends_on"], name="funds_by_end")]

    def __str__(self) -> str:
        return f"{self.code}: {self.name}"


class Purpose(models.Model):
    """What money of a fund is for: a position, an event, an initiative, or other words.

    The words stay as they were written, whether or not they name a thing of the house.
    """

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="purposes")
    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=200)
    event = models.ForeignKey(Event, models.PROTECT, null=True, related_name="money")
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="money")
    position = models.ForeignKey(Position, models.PROTECT, null=True, related_name="money")
    allocated_cents = models.BigIntegerField(default=0)
    committed_cents = models.BigIntegerField(default=0)
    spent_cents = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fund", "kind", "name"], name="one_purpose_a_name"),
            models.CheckConstraint(
                name="purpose_is_never_overdrawn",
                condition=Q(allocated_cents__gte=F("committed_cents"))
                & Q(committed_cents__gte=F("spent_cents"))
                & Q(spent_cents__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FundLine(models.Model):
    """One movement of money. It never changes; what was wrong is taken back by another line.

    `happened_on` is the day it happened, `written_at` when it was written down, `payee` who gets
    the money, where anybody does. A line that takes
    another back carries less than nothing and the day of what it corrects.
    """

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=10)
    cents = models.BigIntegerField()
    purpose = models.ForeignKey(Purpose, models.PROTECT, null=True, related_name="lines")
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    reference = models.CharField(max_length=80, blank=True, default="")
    payee = models.CharField(max_length=160, blank=True, default="")
    words = models.CharField(max_length=300, blank=True, default="")
    certified_by = models.CharField(max_length=160, blank=True, default="")
    happened_on = models.DateField()
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="line_is_of_a_kind", condition=Q(kind__in=KINDS)),
            models.CheckConstraint(
                name="only_a_correction_takes_back",
                condition=Q(corrects__isnull=True, cents__gt=0)
                | Q(corrects__isnull=False, cents__lt=0),
            ),
            models.CheckConstraint(
                name="line_says_what_it_is_for",
                condition=Q(kind="certify", purpose__isnull=True)
                | (~Q(kind="certify") & Q(purpose__isnull=False)),
            ),
            models.CheckConstraint(
                name="certification_says_by_whom",
                condition=~Q(kind="certify") | ~Q(certified_by=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["fund", "-id"], name="lines_of_a_fund"),
            models.Index(fields=["kind", "happened_on"], name="lines_by_day"),
        ]


class SpendingPlan(models.Model):
    """When a fund is to be spent, month by month; a later version replaces it and says why."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="plans")
    version = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300, blank=True, default="")
    planned_at = models.DateTimeField()
    planned_by = models.CharField(max_length=120)
    replaced = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fund", "version"], name="one_spending_plan_a_version"),
            models.UniqueConstraint(
                fields=["fund"], condition=Q(replaced=False), name="one_spending_plan_holds"
            ),
        ]


class PlannedMonth(models.Model):
    """What a plan says of one month, as 2026-11."""

    plan = models.ForeignKey(SpendingPlan, models.PROTECT, related_name="months")
    month = models.CharField(max_length=7)
    cents = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "month"], name="one_amount_a_month"),
            models.CheckConstraint(
                name="planned_month_is_not_below_nothing", condition=Q(cents__gte=0)
            ),
        ]
