"""Condition checks; rounds of spot checks and walks, and what was seen there."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardroom.access.models import ScopedQuerySet
from wardroom.calendar.models import Event
from wardroom.city.models import Place
from wardroom.directory.models import Party
from wardroom.documents.models import Document
from wardroom.matters.models import Ask, Matter
from wardroom.service_requests.models import ServiceRequest


class ConditionCheck(models.Model):
    """What somebody saw at a place at a time, from 1 (clean) to 4 (hazardous).

    Where the observer could not tell, there is no rating.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="checks")
    place = models.ForeignKey(Place, models.PROTECT, related_name="checks")
    observer = models.ForeignKey(Party, models.PROTECT, related_name="checks")
    seen_at = models.DateTimeField()
    finding = models.CharField(max_length=20)
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True, default="")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="rating_is_on_the_scale",
                condition=Q(finding="cannot_determine", rating__isnull=True)
                | (
                    ~Q(finding="cannot_determine")
                    & Q(rating__isnull=False, rating__gte=1, rating__lte=4)
                ),
            )
        ]
        indexes: ClassVar = [models.Index(fields=["matter", "-seen_at"], name="checks_of_a_matter")]


class CheckRound(models.Model):
    """Spot checks drawn by lot from what was closed, written down before anybody looks.

    `ward_code` is that of all of it, empty where it lies in several wards. `text` is all that
    the lot was drawn from and `sha256` its hash, from which the seed follows. In a round that
    accepts or rejects one agency's work, `most_not_fixed` is the plan. Nothing changes but its
    end, with `figures` as they stood then; `passed` is missing where nobody can tell.
    """

    title = models.CharField(max_length=120)
    source = models.CharField(max_length=10)
    ward_code = models.CharField(max_length=10, blank=True, default="")
    agency = models.CharField(max_length=20, blank=True, default="")
    topics = models.JSONField()
    closed_from = models.DateField()
    closed_until = models.DateField()
    closed = models.PositiveIntegerField()
    checks = models.PositiveIntegerField()
    lot = models.CharField(max_length=10, blank=True, default="")
    planned_checks = models.PositiveIntegerField(null=True)
    most_not_fixed = models.PositiveIntegerField(null=True)
    passes_good = models.FloatField(null=True)
    passes_bad = models.FloatField(null=True)
    data_as_of = models.DateTimeField()
    seed = models.PositiveIntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    drawn_by = models.ForeignKey(Party, models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    figures = models.JSONField(null=True)
    passed = models.BooleanField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="ended_round_has_its_figures",
                condition=Q(ended_at__isnull=True, figures__isnull=True, passed__isnull=True)
                | Q(ended_at__isnull=False, figures__isnull=False),
            ),
            models.CheckConstraint(
                name="round_that_accepts_has_an_agency_and_a_plan",
                condition=Q(lot="", most_not_fixed__isnull=True, passed__isnull=True)
                | (~Q(lot="") & ~Q(agency="") & Q(most_not_fixed__isnull=False)),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["-drawn_at", "-id"], name="rounds_by_drawing")]


class Stratum(models.Model):
    """One ward and kind of a round: how many were closed there, which, and how many are checked.

    An empty ward or kind stands for several that were put together. `members` are the numbers
    of all that were closed, so that the lot can be drawn again.
    """

    round = models.ForeignKey(CheckRound, models.PROTECT, related_name="strata")
    number = models.PositiveIntegerField()
    ward_code = models.CharField(max_length=10, blank=True, default="")
    kind_code = models.CharField(max_length=60, blank=True, default="")
    kind_name = models.CharField(max_length=120, blank=True, default="")
    closed = models.PositiveIntegerField()
    spread = models.FloatField()
    checks = models.PositiveIntegerField()
    members = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "number"], name="one_stratum_a_number"),
            models.CheckConstraint(
                name="stratum_checks_no_more_than_were_closed",
                condition=Q(checks__lte=models.F("closed")),
            ),
        ]


class Stop(models.Model):
    """One thing that the lot chose: where it is, what was reported, when the agency closed it.

    What the agency says came of it is not here: nobody reads that before they looked.
    """

    round = models.ForeignKey(CheckRound, models.PROTECT, related_name="stops")
    stratum = models.ForeignKey(Stratum, models.PROTECT, related_name="stops")
    request = models.ForeignKey(ServiceRequest, models.PROTECT, null=True, related_name="+")
    ask = models.ForeignKey(Ask, models.PROTECT, null=True, related_name="spot_stops")
    place = models.ForeignKey(Place, models.PROTECT, related_name="spot_stops")
    ward_code = models.CharField(max_length=10)
    kind_code = models.CharField(max_length=60)
    kind_name = models.CharField(max_length=300)
    agency = models.CharField(max_length=20, blank=True, default="")
    closed_on = models.DateField()
    label = models.CharField(max_length=200)
    latitude = models.FloatField()
    longitude = models.FloatField()
    walk = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="stop_is_a_request_or_an_ask",
                condition=Q(request__isnull=False, ask__isnull=True)
                | Q(request__isnull=True, ask__isnull=False),
            ),
            models.UniqueConstraint(fields=["round", "request"], name="request_is_drawn_once"),
            models.UniqueConstraint(fields=["round", "ask"], name="ask_is_drawn_once"),
            models.UniqueConstraint(fields=["round", "walk", "position"], name="stop_has_its_turn"),
        ]
        indexes: ClassVar = [models.Index(fields=["ward_code", "round"], name="stops_of_a_ward")]


class SpotCheck(models.Model):
    """What somebody found at a stop; a correction is another one, and the newer stands.

    `told_at` is when its agency was told of it by mail.
    """

    stop = models.ForeignKey(Stop, models.PROTECT, related_name="checks")
    observer = models.ForeignKey(Party, models.PROTECT, related_name="+")
    seen_at = models.DateTimeField()
    finding = models.CharField(max_length=20)
    rating = models.PositiveSmallIntegerField(null=True)
    note = models.CharField(max_length=500, blank=True, default="")
    stands = models.BooleanField(default=True)
    told_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["stop"], condition=Q(stands=True), name="one_spot_check_stands"
            ),
            models.CheckConstraint(
                name="spot_finding_is_known",
                condition=Q(finding__in=["fixed", "partly", "not_fixed", "cannot_determine"]),
            ),
            models.CheckConstraint(
                name="spot_rating_is_on_the_scale",
                condition=Q(rating__isnull=True)
                | Q(finding="fixed", rating=1)
                | Q(finding__in=["partly", "not_fixed"], rating__gte=2, rating__lte=4),
            ),
        ]


class Dispute(models.Model):
    """What an agency says against a finding at a stop, once, and how the office settled it.

    Where it was upheld, `put_right` is the spot check that stands instead.
    """

    stop = models.OneToOneField(Stop, models.PROTECT, related_name="dispute")
    check_disputed = models.ForeignKey(SpotCheck, models.PROTECT, related_name="+")
    disputed_by = models.CharField(max_length=120)
    disputed_at = models.DateTimeField()
    wording = models.CharField(max_length=500)
    settled_by = models.CharField(max_length=120, blank=True, default="")
    settled_at = models.DateTimeField(null=True)
    settled_why = models.CharField(max_length=500, blank=True, default="")
    put_right = models.ForeignKey(SpotCheck, models.PROTECT, null=True, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="settled_dispute_says_by_whom_and_why",
                condition=Q(settled_at__isnull=True, settled_by="", put_right__isnull=True)
                | (Q(settled_at__isnull=False) & ~Q(settled_by="") & ~Q(settled_why="")),
            ),
            models.CheckConstraint(name="dispute_has_words", condition=~Q(wording="")),
        ]


class Walk(models.Model):
    """A walk past some stops of a ward on a day, written down before anybody goes.

    The seed of its random stops follows from `text`, so that nobody can choose where they fall.
    When and where people meet, and who comes, stands in the calendar, in its event.
    """

    title = models.CharField(max_length=120)
    ward_code = models.CharField(max_length=10)
    walk_on = models.DateField()
    start_label = models.CharField(max_length=200)
    event = models.ForeignKey(Event, models.PROTECT, null=True, related_name="walks")
    text = models.CharField(max_length=300)
    seed = models.PositiveIntegerField()
    metres = models.PositiveIntegerField()
    drawn_by = models.ForeignKey(Party, models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=120, blank=True, default="")
    who_came = models.TextField(blank=True, default="")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="ended_walk_says_by_whom",
                condition=Q(ended_at__isnull=True) | ~Q(ended_by=""),
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["-walk_on", "-id"], name="walks_by_day"),
            models.Index(fields=["ward_code", "-walk_on", "-id"], name="walks_of_a_ward"),
        ]


class WalkStop(models.Model):
    """One stop of a walk in its turn: a matter that is looked at, or a random point.

    Where observers said different things of it, `settled_as` is the line that a person took.
    """

    walk = models.ForeignKey(Walk, models.PROTECT, related_name="stops")
    position = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=10)
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="walk_stops")
    label = models.CharField(max_length=200)
    what = models.CharField(max_length=200, blank=True, default="")
    latitude = models.FloatField()
    longitude = models.FloatField()
    leg = models.PositiveIntegerField(default=0)
    settled_as = models.ForeignKey("WalkLine", models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=120, blank=True, default="")
    settled_why = models.CharField(max_length=300, blank=True, default="")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["walk", "position"], name="walk_stop_has_its_turn"),
            models.CheckConstraint(
                name="random_stop_has_no_matter",
                condition=Q(reason="random", matter__isnull=True)
                | (~Q(reason="random") & Q(matter__isnull=False)),
            ),
            models.CheckConstraint(
                name="settled_stop_says_by_whom_and_why",
                condition=Q(settled_as__isnull=True)
                | (Q(settled_at__isnull=False) & ~Q(settled_by="") & ~Q(settled_why="")),
            ),
        ]


class WalkLine(models.Model):
    """One line that a phone handed in, as it was written there, and what became of it.

    `key` is the phone's own, so that the same line is one line however often it comes. Lines
    of one `series` are applied in the order of their numbers; one that came before its turn
    is early. A line that cannot be applied is kept, and `remark` says why. `clashes` are
    other words that came under the same key: kept, and never taken for it.
    """

    walk = models.ForeignKey(Walk, models.PROTECT, related_name="lines")
    stop = models.ForeignKey(WalkStop, models.PROTECT, related_name="lines")
    observer = models.ForeignKey(Party, models.PROTECT, related_name="+")
    key = models.UUIDField(unique=True)
    series = models.UUIDField()
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    body = models.TextField()
    kind = models.CharField(max_length=10)
    finding = models.CharField(max_length=20, blank=True, default="")
    rating = models.PositiveSmallIntegerField(null=True)
    note = models.CharField(max_length=500, blank=True, default="")
    topic_code = models.CharField(max_length=40, blank=True, default="")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    photo_keys = models.JSONField(default=list)
    device_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    skew = models.IntegerField(default=0)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10)
    remark = models.CharField(max_length=300, blank=True, default="")
    check_made = models.ForeignKey(ConditionCheck, models.PROTECT, null=True, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="walk_lines")
    clashes = models.JSONField(default=list)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="walk_line_kind_is_known",
                condition=Q(kind="finding", topic_code="") & ~Q(finding="")
                | Q(kind="trouble", finding="") & ~Q(topic_code=""),
            ),
            models.CheckConstraint(
                name="walk_line_state_is_known",
                condition=Q(state__in=["early", "applied", "kept"]),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["walk", "series", "number"], name="walk_lines_of_a_phone")
        ]


class WalkPhoto(models.Model):
    """A photograph that a phone handed in under its own key; the line that names it follows.

    One that shows somebody is `withheld` from those who came; the office keeps it. Where it
    was taken is in the file only if the observer let it stay.
    """

    walk = models.ForeignKey(Walk, models.PROTECT, related_name="photos")
    observer = models.ForeignKey(Party, models.PROTECT, related_name="+")
    key = models.UUIDField(unique=True)
    sha256 = models.CharField(max_length=64)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    line = models.ForeignKey(WalkLine, models.PROTECT, null=True, related_name="photos")
    received_at = models.DateTimeField()
    place_stays = models.BooleanField(default=False)
    withheld = models.BooleanField(default=False)
    clashes = models.JSONField(default=list)

    objects = ScopedQuerySet.as_manager()
