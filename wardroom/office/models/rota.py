"""Rotas with their turns, what people wish, and swaps of shifts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardroom.access.models import ScopedQuerySet, User
from wardroom.calendar.models import Shift


class Rota(models.Model):
    """Who has which turn in some weeks: a draft, then in force, then replaced by a later one.

    `pattern` says which turns there are, `sought` how far a proposal is. `conflict` and `unmet`
    are sentences about the last proposal.
    """

    name = models.CharField(max_length=120)
    from_on = models.DateField()
    until_on = models.DateField()
    pattern = models.JSONField()
    state = models.CharField(max_length=10, default="draft")
    version = models.PositiveIntegerField(default=1)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="later")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=120, blank=True, default="")
    sought = models.CharField(max_length=10, blank=True, default="")
    sought_at = models.DateTimeField(null=True, blank=True)
    found_at = models.DateTimeField(null=True, blank=True)
    conflict = models.JSONField(default=list)
    unmet = models.JSONField(default=list)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="rota_state_is_known",
                condition=Q(state__in=["draft", "published", "replaced", "dropped"]),
            ),
            models.CheckConstraint(
                name="rota_ends_after_it_starts", condition=Q(until_on__gte=models.F("from_on"))
            ),
        ]


class RotaTurn(models.Model):
    """One turn of a rota, and who is to have it; `overridden` says why in spite of a warning.

    `language` is asked of whoever has it.
    `stood` says that a shift stood for it when the draft looked last, and `stood_by` whose it
    was: what changes hands while a new version is drafted is found by it.
    """

    rota = models.ForeignKey(Rota, models.PROTECT, related_name="turns")
    role = models.CharField(max_length=10)
    ward_code = models.CharField(max_length=10, blank=True, default="")
    on_date = models.DateField()
    starts = models.TimeField()
    ends_on = models.DateField()
    ends = models.TimeField()
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    kept = models.BooleanField(default=False)
    overridden = models.CharField(max_length=300, blank=True, default="")
    language = models.CharField(max_length=10, blank=True, default="")
    stood = models.BooleanField(default=False)
    stood_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["rota", "role", "ward_code", "on_date", "starts"], name="one_turn_a_rota"
            )
        ]


class SpokenLanguage(models.Model):
    """A language that somebody of the office speaks on duty beside English, until it ended."""

    user = models.ForeignKey(User, models.PROTECT, related_name="spoken_languages")
    language = models.CharField(max_length=10)
    told_at = models.DateTimeField()
    told_by = models.CharField(max_length=120)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "language"],
                condition=Q(ended_at__isnull=True),
                name="one_line_a_language",
            )
        ]


class Wish(models.Model):
    """What somebody told of some days: on leave, cannot, would rather not, or would rather.

    There is no field for a reason, on purpose: nobody is asked for one. `entered_by` says who
    entered it, where that was somebody else.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="wishes")
    kind = models.CharField(max_length=10)
    from_on = models.DateField()
    until_on = models.DateField()
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=120, blank=True, default="")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="wish_is_of_a_kind",
                condition=Q(kind__in=["leave", "cannot", "rather_not", "rather"]),
            ),
            models.CheckConstraint(
                name="wish_ends_after_it_starts", condition=Q(until_on__gte=models.F("from_on"))
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["user", "until_on"], name="wishes_of_a_person")]


class Swap(models.Model):
    """That somebody asks a colleague, or anyone, to take a shift; it ends when that begins.

    `asked` is null where anyone may take it; `taker` is who said yes. `in_return` is the shift
    of theirs that whoever asked takes; without it the shift is given away.
    """

    shift = models.ForeignKey(Shift, models.PROTECT, related_name="swaps")
    asker = models.ForeignKey(User, models.PROTECT, related_name="swaps_asked")
    asked = models.ForeignKey(User, models.PROTECT, null=True, related_name="swaps_received")
    taker = models.ForeignKey(User, models.PROTECT, null=True, related_name="swaps_taken")
    in_return = models.ForeignKey(Shift, models.PROTECT, null=True, related_name="swaps_in_return")
    state = models.CharField(max_length=10, default="open")
    warnings = models.JSONField(default=list)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    warned_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="swap_state_is_known",
                condition=Q(
                    state__in=["open", "accepted", "done", "declined", "withdrawn", "lapsed"]
                ),
            ),
            models.UniqueConstraint(
                fields=["shift"],
                condition=Q(state__in=["open", "accepted"]),
                name="one_open_swap_a_shift",
            ),
            models.CheckConstraint(
                name="swap_is_taken_by_somebody",
                condition=~Q(state__in=["accepted", "done"]) | Q(taker__isnull=False),
            ),
        ]
