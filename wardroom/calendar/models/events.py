"""Events, the series they come from, and who takes part."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardroom.access.models import ScopedQuerySet
from wardroom.city.models import Place
from wardroom.directory.models import Party, Seat
from wardroom.documents.models import Document
from wardroom.matters.models import Ask, Matter


class Series(models.Model):
    """A meeting that comes back at the same time on the wall clock, every week or month.

    Its events are planned ahead, each a row of its own that may be moved or canceled alone.
    """

    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    ward_code = models.CharField(max_length=10, blank=True, default="")
    host = models.ForeignKey(Party, models.PROTECT, null=True, related_name="series")
    repeats = models.CharField(max_length=10, default="weekly")
    first_on = models.DateField()
    starts = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    place_text = models.CharField(max_length=200, blank=True, default="")
    planned_until = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    begun_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "ward_code"],
                condition=Q(ended_on__isnull=True, kind="core_team"),
                name="one_core_team_series_a_ward",
            ),
            models.CheckConstraint(name="series_lasts_some_time", condition=Q(minutes__gt=0)),
            models.CheckConstraint(
                name="series_repeats_as_known", condition=Q(repeats__in=["weekly", "monthly"])
            ),
        ]


class Event(models.Model):
    """Something at a time, with those who take part. `version` counts its changes.

    `host` is the organisation whose meeting it is, where it is not the office's own. An event
    that was canceled stays, and says why.
    """

    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place_text = models.CharField(max_length=200, blank=True, default="")
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="events")
    ward_code = models.CharField(max_length=10, blank=True, default="")
    host = models.ForeignKey(Party, models.PROTECT, null=True, related_name="hosted")
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="events")
    series = models.ForeignKey(Series, models.PROTECT, null=True, related_name="events")
    state = models.CharField(max_length=10, default="planned")
    cancelled_why = models.CharField(max_length=300, blank=True, default="")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=120, blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    planned_at = models.DateTimeField()
    planned_by = models.CharField(max_length=120)
    changed_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="event_ends_after_it_starts", condition=Q(ends_at__gt=models.F("starts_at"))
            ),
            models.CheckConstraint(
                name="event_state_is_known",
                condition=Q(state__in=["planned", "held", "cancelled"]),
            ),
            models.CheckConstraint(
                name="cancelled_event_says_why",
                condition=Q(state="cancelled") & ~Q(cancelled_why="")
                | ~Q(state="cancelled") & Q(cancelled_why=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["ward_code", "starts_at", "id"], name="events_of_a_ward"),
            models.Index(fields=["starts_at", "id"], name="events_by_time"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def speaker_user_id(self) -> int | None:
        """The user who speaks for the Mayor here, if somebody does."""
        mandates = self.mandates.filter(ended_at__isnull=True).order_by("pk")
        found: int | None = mandates.values_list("participation__party__user", flat=True).first()
        return found


class Participation(models.Model):
    """Who takes part in an event: a party, or a name that nobody resolved yet.

    `agency_code` is the agency for which they come, or the agency itself; it is what lets
    that agency's people see the event.
    """

    event = models.ForeignKey(Event, models.PROTECT, related_name="participations")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="participations")
    name = models.CharField(max_length=120, blank=True, default="")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    agency_code = models.CharField(max_length=20, blank=True, default="")
    role = models.CharField(max_length=20)
    answer = models.CharField(max_length=5, blank=True, default="")
    attended = models.CharField(max_length=10, blank=True, default="")
    note = models.CharField(max_length=200, blank=True, default="")
    added_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="participation_says_who", condition=Q(party__isnull=False) | ~Q(name="")
            ),
            models.CheckConstraint(
                name="attendance_is_known",
                condition=Q(attended__in=["", "present", "alternate", "absent"]),
            ),
            models.UniqueConstraint(
                fields=["event", "seat"],
                condition=Q(seat__isnull=False),
                name="seat_takes_part_once",
            ),
            models.UniqueConstraint(
                fields=["event", "party"],
                condition=Q(party__isnull=False, seat__isnull=True),
                name="party_takes_part_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency_code", "event"], name="events_of_an_agency")
        ]


class AgreedAsk(models.Model):
    """An ask that was agreed aloud in a meeting, with the person who took it on there."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="agreed")
    ask = models.OneToOneField(Ask, models.PROTECT, related_name="agreed_at_meeting")
    owner_name = models.CharField(max_length=120)
    agreed_at = models.DateTimeField()


class MeetingLine(models.Model):
    """A line of a meeting: a decision, something parked, why an ask is late, or what was said.

    One that was struck stays on record and is on no list any more. `matter` is the promise
    that a line became.
    """

    event = models.ForeignKey(Event, models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=10)
    text = models.CharField(max_length=300)
    ask = models.ForeignKey(Ask, models.PROTECT, null=True, related_name="meeting_lines")
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="meeting_lines")
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=120)
    struck_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="meeting_line_is_of_a_kind",
                condition=Q(kind__in=["decision", "parked", "asked", "note"], ask__isnull=True)
                | Q(kind="promise", ask__isnull=True, matter__isnull=False)
                | Q(kind="why", ask__isnull=False),
            ),
        ]


class IssuedList(models.Model):
    """The action list of a meeting as it went out; a correction is a new version."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="lists")
    version = models.PositiveSmallIntegerField()
    correction = models.CharField(max_length=300, blank=True, default="")
    content = models.JSONField()
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=120)
    pdf = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "version"], name="one_list_a_version"),
            models.CheckConstraint(
                name="corrected_list_says_what", condition=Q(version=1) | ~Q(correction="")
            ),
        ]
