"""One shift or event of the week to be covered: who could, and what gets in their way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wardroom.access.actor import Actor
from wardroom.calendar.models import Event, Participation, Shift
from wardroom.calendar.queries.duty import duty_row, get_shift
from wardroom.calendar.queries.events import city_zone, get_event
from wardroom.calendar.rules.shifts import clock, day_words
from wardroom.directory.models import Party
from wardroom.kernel.errors import NotAllowed, NotFound
from wardroom.office import policy
from wardroom.office.queries.week_people import (
    ONE,
    WeekPerson,
    event_thing,
    people_between,
    shift_thing,
    with_things,
)
from wardroom.office.rules.week import EVENT, SHIFT, Clash, Thing, clash_between


@dataclass(frozen=True)
class Option:
    """Somebody who could cover something, with what speaks against it; nothing is best."""

    person: WeekPerson
    words: str
    hard: bool


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
        people = people if plans else only_asker(people, actor)
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


def only_asker(people: Iterable[WeekPerson], actor: Actor) -> tuple[WeekPerson, ...]:
    """Of these people the asker alone, where they can be on duty."""
    if not policy.may_enter_wish(actor):
        return ()
    return tuple(one for one in people if one.user_id == actor.user_id)


def _around(thing: Thing, actor: Actor) -> tuple[WeekPerson, ...]:
    zone = city_zone()
    first, last = thing.starts_at.astimezone(zone).date(), thing.ends_at.astimezone(zone).date()
    return with_things(people_between(first, last, actor), first - ONE, last + ONE, actor)
