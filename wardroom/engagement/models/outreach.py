"""The outreach plan with its versions, real contacts, what is put off, and what worked."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from wardroom.access.models import ScopedQuerySet
from wardroom.calendar.models import Event
from wardroom.directory.models import Party
from wardroom.ledger.models import Entry
from wardroom.matters.models import Matter


class OutreachPlan(models.Model):
    """With whom the office wants to be in touch, how often, and for how long.

    `version` is the one that counts; the ones before stay.
    """

    matter = models.OneToOneField(Matter, models.PROTECT, related_name="outreach_plan")
    version = models.PositiveSmallIntegerField(default=1)

    objects = ScopedQuerySet.as_manager()


class OutreachVersions(ScopedQuerySet):
    """Versions of plans, the ones that count among them."""

    def in_force(self) -> Self:
        """The newest version of each plan that is not closed."""
        return self.filter(version=F("plan__version"), plan__matter__state="open")

    def holding(self, on: date) -> Self:
        """Those whose time a day falls into."""
        return self.filter(starts_on__lte=on, ends_on__gte=on)


class OutreachVersion(models.Model):
    """A plan as it stood from a day on, and why it was changed to that.

    `reserve` is the share of suggestions, in percent, that is kept for where few report.
    """

    plan = models.ForeignKey(OutreachPlan, models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    reserve = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300, blank=True, default="")
    adopted_at = models.DateTimeField()
    adopted_by = models.CharField(max_length=120)

    objects = OutreachVersions.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "version"], name="one_outreach_version"),
            models.CheckConstraint(
                name="outreach_ends_after_it_starts", condition=Q(ends_on__gt=F("starts_on"))
            ),
            models.CheckConstraint(
                name="outreach_reserve_is_a_share", condition=Q(reserve__lte=80)
            ),
            models.CheckConstraint(
                name="changed_outreach_says_why", condition=Q(version=1) | ~Q(reason="")
            ),
        ]


class OutreachTarget(models.Model):
    """A line of a plan: so many real contacts in so many days, with one or with each."""

    version = models.ForeignKey(OutreachVersion, models.PROTECT, related_name="targets")
    position = models.PositiveSmallIntegerField()
    by = models.CharField(max_length=10)
    key = models.CharField(max_length=12, blank=True, default="")
    contacts = models.PositiveSmallIntegerField()
    days = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "by", "key"], name="one_target_a_group"),
            models.CheckConstraint(
                name="target_asks_for_something", condition=Q(contacts__gt=0, days__gt=0)
            ),
        ]


class RealContact(models.Model):
    """A real contact with somebody: a line that logged one, or an event they were present at.

    Kept in the same commit as the line or the event, so that silence is quick to draw; made
    anew from both at any time. Where they belonged that day is copied and stays. `bounced`
    is an e-mail that turned out not to have reached them.
    """

    party = models.ForeignKey(Party, models.PROTECT, related_name="real_contacts")
    line = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+")
    event = models.ForeignKey(Event, models.PROTECT, null=True, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="+")
    on = models.DateField()
    channel = models.CharField(max_length=10)
    ward_code = models.CharField(max_length=10, blank=True, default="")
    smd_code = models.CharField(max_length=10, blank=True, default="")
    language = models.CharField(max_length=10, blank=True, default="")
    group_kind = models.CharField(max_length=12, blank=True, default="")
    bounced = models.BooleanField(default=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="real_contact_has_one_source",
                condition=Q(line__isnull=True) ^ Q(event__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["line", "party"],
                condition=Q(line__isnull=False),
                name="one_real_contact_a_line",
            ),
            models.UniqueConstraint(
                fields=["event", "party"],
                condition=Q(event__isnull=False),
                name="one_real_contact_an_event",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["party", "on"], name="real_contacts_of_a_party"),
            models.Index(fields=["ward_code", "smd_code", "on"], name="real_contacts_of_a_ward"),
            models.Index(fields=["on"], name="real_contacts_by_day"),
        ]


class TouchPutOff(models.Model):
    """That somebody, or a district where nobody is known, is not turned to now, and why."""

    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    smd_code = models.CharField(max_length=10, blank=True, default="")
    ward_code = models.CharField(max_length=10, blank=True, default="")
    reason = models.CharField(max_length=200)
    until_on = models.DateField()
    put_off_at = models.DateTimeField()
    put_off_by = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="put_off_says_whom", condition=Q(party__isnull=False) | ~Q(smd_code="")
            )
        ]
        indexes: ClassVar = [models.Index(fields=["until_on"], name="put_off_until")]


class Strategy(models.Model):
    """How somebody reached people, in a few words, for colleagues to use."""

    text = models.CharField(max_length=500)
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="strategies")
    shared_at = models.DateTimeField()
    shared_by = models.CharField(max_length=120)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-shared_at", "-id"], name="strategies_by_day")]


class StrategyUse(models.Model):
    """Where a strategy was used, with whom, and what came of it."""

    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="uses")
    ward_code = models.CharField(max_length=10, blank=True, default="")
    group_kind = models.CharField(max_length=12, blank=True, default="")
    language = models.CharField(max_length=10, blank=True, default="")
    result = models.CharField(max_length=10)
    what = models.CharField(max_length=500)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="strategy_result_is_known",
                condition=Q(result__in=["worked", "partly", "did_not", "too_early"]),
            )
        ]
