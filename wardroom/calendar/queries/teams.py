"""The core team of a ward: its seats, its weekly meeting, and meetings held against planned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import F, Q
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.analysis.definitions import MEETINGS_HELD, Definition
from wardroom.calendar import policy, rules
from wardroom.calendar.models import Event, IssuedList, Participation, Series
from wardroom.calendar.queries.events import EventRow, city_zone, day_start, event_row
from wardroom.city.queries import districts
from wardroom.directory.queries.core_team import TeamSeat, core_team, may_keep_team, team_sizes
from wardroom.kernel.errors import NotFound


@dataclass(frozen=True)
class MeetingRow:
    """One meeting; ``state`` is as people read it, and its list may be out."""

    event: EventRow
    state: str
    came: int
    seats: int
    listed: bool


@dataclass(frozen=True)
class MeetingsKept:
    """Meetings held of those planned, from a day to a day that is over.

    ``not_written`` are those whose day passed while nobody wrote down whether they were held.
    """

    since_on: date
    until_on: date
    planned: int
    held: int
    cancelled: int
    not_written: int
    definition: Definition = MEETINGS_HELD

    @property
    def not_held(self) -> int:
        """Those that count as not held."""
        return self.planned - self.held


@dataclass(frozen=True)
class Attendance:
    """How often an agency's seat was filled in the meetings held in which it was called."""

    agency_code: str
    agency_name: str
    present: int
    alternate: int
    called: int

    @property
    def filled(self) -> int:
        """Meetings in which somebody came for the agency."""
        return self.present + self.alternate


@dataclass(frozen=True)
class SeriesRow:
    """The weekly meeting of a core team."""

    id: int
    title: str
    weekday: date
    starts: time
    minutes: int
    place_text: str
    planned_until: date


@dataclass(frozen=True)
class TeamPage:
    """The core team of one ward."""

    ward_code: str
    seats: tuple[TeamSeat, ...]
    attendance: tuple[Attendance, ...]
    series: SeriesRow | None
    kept: MeetingsKept
    coming: tuple[MeetingRow, ...]
    past: tuple[MeetingRow, ...]
    allowed: frozenset[str]


@dataclass(frozen=True)
class TeamRow:
    """The core team of a ward in the list of all."""

    ward_code: str
    name: str
    seats: int
    vacant: int
    next_meeting: EventRow | None
    kept: MeetingsKept


def team_page(ward_code: str, actor: Actor, *, at: datetime) -> TeamPage:
    """The core team of a ward, for those of the office who reach it; else `NotFound`."""
    today = localdate(at)
    known = {ward.code for ward in districts("ward", today)}
    if ward_code not in known or not policy.may_see_team(actor, ward_code):
        raise NotFound(f"no core team of ward {ward_code}")
    first, _ = rules.quarter_of(today)
    seats = core_team(ward_code, on=today)
    events = _meetings(ward_code, first, today + rules.AHEAD)
    rows = _rows(events, len(seats), at)
    series = Series.objects.filter(kind=rules.CORE_TEAM, ward_code=ward_code, ended_on=None)
    running = series.order_by("-pk").first()
    allowed = {"keep_core_team"} if may_keep_team(actor, ward_code) else set()
    if policy.may_begin_series(actor, Event(ward_code=ward_code)):
        allowed.add("end_series" if running is not None else "begin_series")
    return TeamPage(
        ward_code=ward_code,
        seats=seats,
        attendance=_attendance(ward_code, seats, first, today),
        series=_series(running) if running is not None else None,
        kept=kept_of(events, since_on=first, at=at),
        coming=tuple(r for r in rows if localdate(r.event.starts_at) >= today)[:5],
        past=tuple(r for r in reversed(rows) if localdate(r.event.starts_at) < today),
        allowed=frozenset(allowed),
    )


def team_list(actor: Actor, *, at: datetime) -> tuple[TeamRow, ...]:
    """The core teams within reach, in the order of the wards."""
    today = localdate(at)
    first, _ = rules.quarter_of(today)
    wards = [w for w in districts("ward", today) if policy.may_see_team(actor, w.code)]
    events: dict[str, list[Event]] = {}
    for event in _meetings_of([w.code for w in wards], first, today + rules.AHEAD):
        events.setdefault(event.ward_code, []).append(event)
    seated = team_sizes([w.code for w in wards], on=today)
    rows = []
    for ward in wards:
        mine = events.get(ward.code, [])
        coming = [e for e in mine if e.state == rules.PLANNED and e.ends_at >= at]
        seats, vacant = seated.get(ward.code, (0, 0))
        rows.append(
            TeamRow(
                ward_code=ward.code,
                name=ward.name,
                seats=seats,
                vacant=vacant,
                next_meeting=event_row(coming[0]) if coming else None,
                kept=kept_of(mine, since_on=first, at=at),
            )
        )
    return tuple(rows)


def meetings_kept(ward_code: str, *, since_on: date, until_on: date, at: datetime) -> MeetingsKept:
    """Meetings of a ward's core team held against planned, for a report.

    Days after the day of ``at`` are not counted, nor is that day itself while it lasts.
    """
    return kept_of(_meetings(ward_code, since_on, until_on), since_on=since_on, at=at)


def kept_of(
    events: Sequence[Event | EventRow],
    *,
    since_on: date,
    at: datetime,
    definition: Definition = MEETINGS_HELD,
) -> MeetingsKept:
    """The measure over these meetings: whose day is over, or which were settled on it."""
    today = localdate(at)
    past = [e for e in events if since_on <= localdate(e.starts_at) <= today]
    counted = [e for e in past if localdate(e.starts_at) < today or e.state != rules.PLANNED]
    states = [e.state for e in counted]
    return MeetingsKept(
        since_on=since_on,
        until_on=today,
        planned=len(counted),
        held=states.count(rules.HELD),
        cancelled=states.count(rules.CANCELLED),
        not_written=states.count(rules.PLANNED),
        definition=definition,
    )


def get_series(ward_code: str, actor: Actor) -> Series:
    """The weekly meeting of a core team, to end it."""
    rows = Series.objects.filter(kind=rules.CORE_TEAM, ward_code=ward_code, ended_on=None)
    found: Series | None = rows.first() if policy.may_see_team(actor, ward_code) else None
    if found is None:
        raise NotFound(f"no weekly meeting of ward {ward_code}")
    return found


def get_series_to_plan(*, on: date) -> tuple[Series, ...]:
    """The running series that are not planned far enough ahead any more; for the worker."""
    rows = Series.objects.filter(ended_on=None, planned_until__lte=on + rules.AHEAD - rules.WEEK)
    return tuple(rows.order_by("pk"))


def _meetings(ward_code: str, first: date, last: date) -> list[Event]:
    return _meetings_of([ward_code], first, last)


def _meetings_of(wards: list[str], first: date, last: date) -> list[Event]:
    """Meetings of core teams; what a series had planned beyond its end is not among them."""
    rows = Event.objects.filter(
        kind=rules.CORE_TEAM,
        ward_code__in=wards,
        starts_at__gte=day_start(first),
        starts_at__lt=day_start(last + timedelta(days=1)),
    )
    beyond = Q(series__ended_on__isnull=False, starts_at__date__gt=F("series__ended_on"))
    kept = rows.exclude(beyond, state=rules.CANCELLED)
    return list(kept.select_related("place", "series").order_by("starts_at", "pk"))


def _rows(events: list[Event], seats: int, at: datetime) -> tuple[MeetingRow, ...]:
    ids = [event.pk for event in events]
    came: dict[int, list[str]] = {}
    called = Participation.objects.filter(event__in=ids, seat__isnull=False).order_by("pk")
    for event_id, attended in called.exclude(attended="").values_list("event_id", "attended"):
        came.setdefault(event_id, []).append(attended)
    listed = set(
        IssuedList.objects.filter(event__in=ids).order_by("pk").values_list("event_id", flat=True)
    )
    return tuple(
        MeetingRow(
            event=event_row(event),
            state=rules.state_shown(event.state, event.ends_at, now=at, zone=city_zone()),
            came=sum(word in rules.COME for word in came.get(event.pk, ())),
            seats=len(came.get(event.pk, ())) or seats,
            listed=event.pk in listed,
        )
        for event in events
    )


def _attendance(
    ward_code: str, seats: tuple[TeamSeat, ...], first: date, last: date
) -> tuple[Attendance, ...]:
    rows = Participation.objects.filter(
        event__kind=rules.CORE_TEAM,
        event__ward_code=ward_code,
        event__state=rules.HELD,
        event__starts_at__gte=day_start(first),
        event__starts_at__lt=day_start(last + timedelta(days=1)),
        seat__isnull=False,
    ).exclude(attended="")
    found: dict[str, list[str]] = {}
    for code, attended in rows.order_by("pk").values_list("agency_code", "attended"):
        found.setdefault(code, []).append(attended)
    return tuple(
        Attendance(
            agency_code=seat.agency_code,
            agency_name=seat.agency_name,
            present=found.get(seat.agency_code, []).count(rules.PRESENT),
            alternate=found.get(seat.agency_code, []).count(rules.ALTERNATE),
            called=len(found.get(seat.agency_code, [])),
        )
        for seat in seats
    )


def _series(row: Series) -> SeriesRow:
    return SeriesRow(
        id=row.pk,
        title=row.title,
        weekday=row.first_on,
        starts=row.starts,
        minutes=row.minutes,
        place_text=row.place_text,
        planned_until=row.planned_until,
    )
