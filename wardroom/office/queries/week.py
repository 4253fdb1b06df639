"""The week board: who is where and who covers, what nobody covers, and how fair it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from wardroom.access.actor import Actor
from wardroom.calendar import policy as calendar_policy
from wardroom.calendar.models import Event, Participation, Shift
from wardroom.calendar.queries.duty import DutyRow, Gap, duty_between, duty_row, gaps, get_shift
from wardroom.calendar.queries.events import city_zone, day_start, get_event
from wardroom.calendar.rules import CORE_TEAM, PLANNED
from wardroom.calendar.rules.shifts import BACKUP, DUTIES, EVENING, ON_CALL, clock, day_words
from wardroom.directory.models import Party
from wardroom.kernel.errors import NotAllowed, NotFound
from wardroom.matters.queries.clocks import working_calendar
from wardroom.office import policy
from wardroom.office.queries.week_people import (
    ONE,
    WeekPerson,
    event_thing,
    people_between,
    shift_thing,
    with_things,
)
from wardroom.office.rules.week import (
    EVENT,
    SHIFT,
    Clash,
    Share,
    Thing,
    WardDay,
    clash_between,
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
class Option:
    """Somebody who could cover something, with what speaks against it; nothing is best."""

    person: WeekPerson
    words: str
    hard: bool


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


def options_for(thing: Thing, people: Iterable[WeekPerson]) -> tuple[Option, ...]:
    """Who could cover something, the freest first, and those who work for its ward.

    A volunteer never can: they stand beside those who do.
    """
    day = thing.starts_at.astimezone(city_zone()).date()
    found = []
    for one in people:
        signs_in = thing.kind != SHIFT or one.user_id is not None
        if one.volunteer or not one.here_on(day) or not signs_in:
            continue
        against = against_covering(thing, one)
        ours = bool(thing.ward_code) and one.works_for(thing.ward_code, day)
        hard = any(clash.hard for clash in against)
        words = "; ".join(clash.words for clash in against)
        option = Option(one, words, hard)
        order = (bool(against), hard, not ours, len(one.things), one.name)
        found.append((*order, option))
    return tuple(row[-1] for row in sorted(found, key=lambda row: row[:-1]))


def against_covering(thing: Thing, person: WeekPerson) -> tuple[Clash, ...]:
    """What in somebody's week gets in the way of covering something."""
    own = [one for one in person.things if one.key != thing.key]
    pairs = (sorted((one, thing), key=lambda t: (t.starts_at, t.key)) for one in own)
    found = (clash_between(first, second) for first, second in pairs)
    return tuple(clash for clash in found if clash is not None)


def person_on(party_id: int, thing: Thing, actor: Actor) -> WeekPerson:
    """Somebody of the office with what they have around something; `NotFound` for anybody else."""
    zone = city_zone()
    first, last = thing.starts_at.astimezone(zone).date(), thing.ends_at.astimezone(zone).date()
    people = [one for one in people_between(first, last, actor) if one.party_id == party_id]
    if not people or not people[0].here_on(first):
        raise NotFound(f"party {party_id} is not with the office then")
    return with_things(people, first - ONE, last + ONE, actor)[0]


def participation_of(event: Event, party_id: int) -> Participation | None:
    """The part that somebody takes in an event, if any."""
    found: Participation | None = event.participations.filter(
        party=party_id, seat__isnull=True
    ).first()
    return found


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
    able = people if policy.may_plan_rota(actor) else _only(people, actor)
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


@dataclass(frozen=True)
class ToCover:
    """One shift or event that somebody can be sent to, with who could go."""

    key: str
    words: str
    when: str
    subject: Any
    options: tuple[Option, ...]
    plans: bool = False

    @property
    def is_shift(self) -> bool:
        """Whether it is a shift."""
        return isinstance(self.subject, Shift)


def to_cover(key: str, actor: Actor, *, at: datetime) -> ToCover:
    """A shift or an event of the week board, for those who can send somebody there.

    `NotFound` for what is out of reach, and for a key that names neither.
    """
    kind, _, number = key.partition("-")
    if kind not in (SHIFT, EVENT) or not number.isdecimal() or len(number) > 12:
        raise NotFound(f"nothing to cover is called {key}")
    if kind == SHIFT:
        shift = get_shift(int(number), actor)
        row = duty_row(shift)
        thing = shift_thing(row)
        people = _around(thing, actor)
        plans = policy.may_plan_rota(actor)
        people = people if plans else _only(people, actor)
        return ToCover(key, row.what, row.when, shift, options_for(thing, people), plans)
    event = get_event(int(number), actor)
    if not policy.may_send_to_event(actor, event):
        raise NotAllowed
    thing = event_thing(event)
    free = [one for one in _around(thing, actor) if all(own.key != key for own in one.things)]
    return ToCover(key, event.title, event_when(event), event, options_for(thing, free))


def check_is_somebody(party_id: int) -> None:
    """Whether a number names somebody at all; `NotFound` where it does not."""
    if not Party.objects.filter(pk=party_id).exists():
        raise NotFound(f"nobody {party_id}")


def event_when(event: Event) -> str:
    """The day and the time of an event in words."""
    first, last = (at.astimezone(city_zone()) for at in (event.starts_at, event.ends_at))
    return f"{day_words(first.date())}, {clock(first.time())} to {clock(last.time())}"


def _around(thing: Thing, actor: Actor) -> tuple[WeekPerson, ...]:
    zone = city_zone()
    first, last = thing.starts_at.astimezone(zone).date(), thing.ends_at.astimezone(zone).date()
    return with_things(people_between(first, last, actor), first - ONE, last + ONE, actor)


def _only(people: Iterable[WeekPerson], actor: Actor) -> tuple[WeekPerson, ...]:
    """Of these people the asker alone, where they can be on duty."""
    if not policy.may_enter_wish(actor):
        return ()
    return tuple(one for one in people if one.user_id == actor.user_id)
