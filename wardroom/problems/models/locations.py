"""Nominations, decisions about places, persistent locations and the times they were worked on."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardroom.access.models import ScopedQuerySet
from wardroom.city.models import District, Place
from wardroom.directory.models import Party
from wardroom.matters.models import Matter
from wardroom.problems.models.candidates import Candidate


class Nomination(models.Model):
    """A place that somebody put forward and no ranking did: who, why, and how the test stood.

    `nominated_by` is as people say it: ANC 5C, or the name of an agency. `voted_on` is the day
    of an ANC's vote; an e-mail of one commissioner is none. `place_keys` are the addresses in
    reach of its point, and `test` the entry test of that day with its numbers.
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="nominations")
    ward = models.ForeignKey(District, models.PROTECT, null=True, related_name="+")
    ward_code = models.CharField(max_length=10, blank=True, default="")
    source = models.CharField(max_length=20)
    nominated_by = models.CharField(max_length=120)
    voted_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=1000)
    topics = models.JSONField()
    radius_m = models.PositiveSmallIntegerField()
    place_keys = models.JSONField()
    test = models.JSONField()
    recorded_by = models.ForeignKey(Party, models.PROTECT, related_name="+")
    nominated_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="nomination_says_who_and_why", condition=~Q(reason="") & ~Q(nominated_by="")
            ),
            models.CheckConstraint(
                name="anc_nominates_by_a_vote",
                condition=~Q(source="anc_vote") | Q(voted_on__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["ward_code", "-nominated_at"], name="nominations_of_a_ward")
        ]


class Decision(models.Model):
    """What a person decided about a place that was put forward, and why.

    `test` is the entry test as it stood that day.
    """

    class Verdict(models.TextChoices):
        WATCH = "watch"
        REFUSE = "refuse"
        DESIGNATE = "designate"

    place = models.ForeignKey(Place, models.PROTECT, related_name="decisions")
    candidate = models.ForeignKey(Candidate, models.PROTECT, null=True, related_name="decisions")
    ward_code = models.CharField(max_length=10, blank=True, default="")
    nomination = models.ForeignKey(Nomination, models.PROTECT, null=True, related_name="decisions")
    test = models.JSONField(default=dict)
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    reason = models.CharField(max_length=500)
    look_again_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(Party, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="decision_has_a_reason", condition=~Q(reason=""))
        ]
        indexes: ClassVar = [models.Index(fields=["place", "-decided_at"])]


class PersistentLocation(models.Model):
    """What a designated location adds to its matter: its file, one for a place for ever.

    `decision` is the first that designated it. `place_keys` are the addresses that count as
    this place, within `radius_m` of it.
    """

    matter = models.OneToOneField(Matter, models.PROTECT, related_name="persistent_location")
    place = models.ForeignKey(Place, models.PROTECT, related_name="persistent_locations")
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="location")
    topics = models.JSONField()
    place_keys = models.JSONField(default=list)
    radius_m = models.PositiveSmallIntegerField(default=0)

    objects = ScopedQuerySet.as_manager()


class Spell(models.Model):
    """One time that the office worked on a location, from its entry to its exit.

    `entry` is designated, relapsed or reopened; `decision` is the one that led to it, where a
    person decided. `exit_test` is the exit test as it stood when it was left, and
    `against_test` says that it was left though the test was not met. `watch_until` is the last
    day of the watch.
    """

    location = models.ForeignKey(PersistentLocation, models.PROTECT, related_name="spells")
    number = models.PositiveSmallIntegerField()
    entry = models.CharField(max_length=12)
    entered_at = models.DateTimeField()
    entry_reason = models.CharField(max_length=500, blank=True, default="")
    entered_by = models.CharField(max_length=120)
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="spell")
    left_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=30, blank=True, default="")
    exit_reason = models.CharField(max_length=500, blank=True, default="")
    left_by = models.CharField(max_length=120, blank=True, default="")
    exit_test = models.JSONField(null=True, blank=True)
    against_test = models.BooleanField(default=False)
    watch_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["location", "number"], name="one_spell_a_number"),
            models.UniqueConstraint(
                fields=["location"],
                condition=Q(left_at__isnull=True),
                name="one_spell_goes_on",
            ),
            models.CheckConstraint(
                name="spell_that_was_left_has_an_outcome",
                condition=Q(left_at__isnull=True, outcome="", watch_until__isnull=True)
                | (Q(left_at__isnull=False) & ~Q(outcome="")),
            ),
            models.CheckConstraint(
                name="leaving_against_the_test_has_a_reason",
                condition=Q(against_test=False) | ~Q(exit_reason=""),
            ),
        ]


class Analysis(models.Model):
    """What people make of the trouble at a location; another version is another row."""

    location = models.ForeignKey(PersistentLocation, models.PROTECT, related_name="analyses")
    version = models.PositiveSmallIntegerField()
    what = models.TextField(blank=True, default="")
    when = models.TextField(blank=True, default="")
    harmed = models.TextField(blank=True, default="")
    control = models.TextField(blank=True, default="")
    tried = models.TextField(blank=True, default="")
    cause = models.TextField(blank=True, default="")
    written_by = models.ForeignKey(Party, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["location", "version"], name="one_analysis_a_version"),
        ]


class LocationRule(models.Model):
    """The numbers of the entry and the exit test. The newest row holds; none changes."""

    episodes = models.PositiveSmallIntegerField()
    active_months = models.PositiveSmallIntegerField()
    reporters = models.PositiveSmallIntegerField()
    returns = models.PositiveSmallIntegerField()
    return_days = models.PositiveSmallIntegerField()
    clean_checks = models.PositiveSmallIntegerField()
    quiet_days = models.PositiveSmallIntegerField()
    watch_months = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300)
    set_by = models.ForeignKey(Party, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="location_rule_has_a_reason", condition=~Q(reason="")),
        ]
