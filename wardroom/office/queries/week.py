"""The week board: who is where and who covers, what nobody covers, and how fair it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from wardroom.access.actor import Actor
from wardroom.calendar import policy as calendar_policy
from wardroom.calendar.models import Event
from wardroom.calendar.queries.duty import DutyRow, Gap, duty_between, gaps
from wardroom.calendar.queries.events import city_zone, day_start
from wardroom.calendar.rules import CORE_TEAM, PLANNED
from wardroom.calendar.rules.shifts import BACKUP, DUTIES, EVENING, ON_CALL
from wardroom.kernel.errors import NotAllowed
from wardroom.matters.queries.clocks import working_calendar
from wardroom.office import policy
from wardroom.office.queries.week_covering import Option, only_asker, options_for
from wardroom.office.queries.week_people import (
    ONE,
    WeekPerson,
    event_thing,
    people_between,
    shift_thing,
    with_things,
)
from wardroom.office.rules.week import (
    Clash,
    Share,
    Thing,
    WardDay,
    clashes_of,
    days_of,
    is_free,
    share_of,
    ward_day,
)

WEEK = timedelta(days=7)
BACK = 13 * WEEK


@dataclass(frozen=True)
class BoardDay:
    """One day of the week, with the name of a holiday."""

    on: date
    holiday: str
    free: bool


@dataclass(frozen=True)
class CoverRow:
    """Who has one kind of duty, or covers one ward, day by day."""

    label: str
    ward_code: str
    days: tuple[WardDay, ...]


@dataclass(frozen=True)
class PersonWeek:
    """What one person has, day by day, and what of it clashes."""

    person: WeekPerson
    days: tuple[tuple[Thing, ...], ...]
    clashes: tuple[Clash, ...]

    @property
    def troubled(self) -> frozenset[str]:
        """The keys of the things that clash."""
        return frozenset(key for clash in self.clashes for key in (clash.first, clash.second))


@dataclass(frozen=True)
class Uncovered:
    """Something in the week that nobody covers, in words, with who could."""

    key: str
    words: str
    on: date
    ward_code: str
    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class FairRow:
    """What one person worked outside working hours in the 13 weeks before."""

    name: str
    share: Share


@dataclass(frozen=True)
class WeekBoard:
    """One week of the office."""

    monday: date
    days: tuple[BoardDay, ...]
    covers: tuple[CoverRow, ...]
    people: tuple[PersonWeek, ...]
    uncovered: tuple[Uncovered, ...]
    fair: tuple[FairRow, ...]
    units: tuple[str, ...]


def week_board(
    actor: Actor,
    *,
    monday: date,
    at: datetime,
    wards: Sequence[str],
    ward: str = "",
    unit: str = "",
) -> WeekBoard:
    """A week of the office; with a ward what concerns it, with a unit its people alone."""
    if not policy.may_see_week(actor):
        raise NotAllowed
    last = monday + WEEK - ONE
    holidays = working_calendar(monday - BACK, last).holidays
    days = tuple(
        BoardDay(day, holidays.get(day, ""), is_free(day, holidays))
        for day in (monday + ONE * n for n in range(7))
    )
    everybody = with_things(people_between(monday, last, actor), monday - ONE, last + ONE, actor)
    duty = duty_between(day_start(monday), day_start(last + ONE), actor)
    people = [
        one
        for one in everybody
        if (not unit or one.unit == unit) and (not ward or _concerns(one, ward, days))
    ]
    shown = [code for code in wards if ward in ("", code)]
    empty = gaps(monday, last)
    covers = _covers(days, everybody, duty, empty, shown)
    return WeekBoard(
        monday=monday,
        days=days,
        covers=covers,
        people=tuple(_person(one, days) for one in people),
        uncovered=_uncovered(actor, days, everybody, duty, empty, covers, ward, at),
        fair=_fair(people, monday, holidays, actor),
        units=tuple(sorted({one.unit for one in everybody if one.unit})),
    )


def _concerns(person: WeekPerson, ward: str, days: Sequence[BoardDay]) -> bool:
    works = person.helps_in == ward or any(person.works_for(ward, day.on) for day in days)
    return works or any(thing.ward_code == ward for thing in person.things)


def _person(person: WeekPerson, days: Sequence[BoardDay]) -> PersonWeek:
    zone = city_zone()
    where = {thing.key: days_of(thing, zone) for thing in person.things}
    shown = tuple(
        tuple(thing for thing in person.things if day.on in where[thing.key]) for day in days
    )
    seen = {thing.key for things in shown for thing in things}
    clashes = tuple(c for c in clashes_of(person.things) if seen & {c.first, c.second})
    return PersonWeek(person, shown, clashes)


def _covers(
    days: Sequence[BoardDay],
    people: Sequence[WeekPerson],
    duty: Sequence[DutyRow],
    empty: Sequence[Gap],
    wards: Sequence[str],
) -> tuple[CoverRow, ...]:
    duties = [
        CoverRow(DUTIES[role], "", tuple(_duty_cell(role, day.on, duty, empty) for day in days))
        for role in (ON_CALL, BACKUP)
    ]
    own = [
        CoverRow(f"Ward {ward}", ward, tuple(ward_cell(ward, day, people, duty) for day in days))
        for ward in wards
    ]
    return (*duties, *own)


def _duty_cell(role: str, day: date, duty: Sequence[DutyRow], empty: Sequence[Gap]) -> WardDay:
    own = [row for row in duty if row.turn.role == role and row.turn.on_date == day]
    names = tuple(dict.fromkeys(row.name for row in own if row.name))
    without = [
        gap.words
        for gap in empty
        if gap.role == role
        and (gap.on_date == day or (gap.shift_id is None and gap.on_date <= day <= gap.until_on))
    ]
    return WardDay(names, "; ".join(without))


def ward_cell(
    ward: str, day: BoardDay, people: Sequence[WeekPerson], duty: Sequence[DutyRow]
) -> WardDay:
    """Who covers a ward on a day, or in words that nobody does."""
    here = [(one.name, _away_on(one, day.on)) for one in people if one.works_for(ward, day.on)]
    own = [
        row
        for row in duty
        if row.turn.ward_code == ward and row.turn.on_date == day.on and row.turn.role == EVENING
    ]
    shifts = [f"{row.name}, in the evening" for row in own if row.name]
    beside = tuple(
        f"{one.name}, volunteer"
        for one in people
        if one.helps_in == ward and one.here_on(day.on) and not one.works_for(ward, day.on)
    )
    return replace(ward_day(ward, here, shifts, works=not day.free), beside=beside)


def _away_on(person: WeekPerson, day: date) -> bool:
    noon = day_start(day) + timedelta(hours=12)
    return any(
        thing.kind == "away" and thing.starts_at <= noon < thing.ends_at for thing in person.things
    )


def _uncovered(
    actor: Actor,
    days: Sequence[BoardDay],
    people: Sequence[WeekPerson],
    duty: Sequence[DutyRow],
    empty: Sequence[Gap],
    covers: Sequence[CoverRow],
    ward: str,
    at: datetime,
) -> tuple[Uncovered, ...]:
    """The turns that nobody has, the events nobody goes to, the wards nobody works for."""
    found = []
    able = people if policy.may_plan_rota(actor) else only_asker(people, actor)
    rows = {row.id: row for row in duty if row.ends_at > at}
    for gap in empty:
        if ward and gap.ward_code not in ("", ward):
            continue
        shift = rows.get(gap.shift_id or 0)
        options = options_for(shift_thing(shift), able) if shift is not None else ()
        key = f"shift-{gap.shift_id}" if gap.shift_id else f"nights-{gap.on_date.isoformat()}"
        found.append(Uncovered(key, gap.words, gap.on_date, gap.ward_code, options))
    found += _events_without(actor, days, people, ward, at)
    for row in covers:
        for day, cell in zip(days, row.days, strict=True):
            if row.ward_code and cell.uncovered:
                key = f"ward-{row.ward_code}-{day.on.isoformat()}"
                found.append(Uncovered(key, cell.uncovered, day.on, row.ward_code))
    return tuple(sorted(found, key=lambda one: (one.on, one.key)))


def _events_without(
    actor: Actor, days: Sequence[BoardDay], people: Sequence[WeekPerson], ward: str, at: datetime
) -> list[Uncovered]:
    """The events still to come to which nobody of the office goes.

    A core team meeting is its ward's own: whoever works for the ward and is not away is there.
    """
    first, end = day_start(days[0].on), day_start(days[-1].on + ONE)
    rows = Event.objects.within(calendar_policy.reach(actor)).filter(
        state=PLANNED, starts_at__gte=first, starts_at__lt=end, ends_at__gt=at
    )
    rows = rows.filter(ward_code__in=["", ward]) if ward else rows
    helped = {thing.key for one in people if one.volunteer for thing in one.things}
    taken = {thing.key for one in people if not one.volunteer for thing in one.things}
    zone, found = city_zone(), []
    for event in rows.order_by("starts_at", "pk"):
        thing = event_thing(event)
        day = event.starts_at.astimezone(zone).date()
        own = event.kind == CORE_TEAM and any(
            one.works_for(event.ward_code, day) and not _away_on(one, day) for one in people
        )
        if thing.key in taken or own:
            continue
        offers = policy.may_send_to_event(actor, event)
        who = "Only volunteers go" if thing.key in helped else "Nobody from the office goes"
        found.append(
            Uncovered(
                thing.key,
                f"{who} to {event.title}",
                day,
                event.ward_code,
                options_for(thing, people) if offers else (),
            )
        )
    return found


def _fair(
    people: Sequence[WeekPerson], monday: date, holidays: Iterable[date], actor: Actor
) -> tuple[FairRow, ...]:
    """What each of these people worked in the evenings, nights and days off of 13 weeks."""
    free = set(holidays)
    plain = [replace(one, things=()) for one in people]
    before = with_things(plain, monday - BACK, monday - ONE, actor)
    zone = city_zone()
    return tuple(FairRow(one.name, share_of(one.things, zone, free)) for one in before)
