"""Who is in the office in some days, on whatever terms, and what each has to do then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q

from wardroom.access.actor import Actor, Role
from wardroom.access.models import Grant
from wardroom.calendar import policy as calendar_policy
from wardroom.calendar.models import Event, Participation
from wardroom.calendar.queries.duty import DutyRow, duty_between
from wardroom.calendar.queries.events import city_zone, day_start
from wardroom.calendar.rules import CANCELLED
from wardroom.office.models import Position, Wish
from wardroom.office.queries.terms import Present, present_between
from wardroom.office.rules.terms import VOLUNTEER
from wardroom.office.rules.week import AWAY, EVENT, SHIFT, Thing

ROLES = (Role.DIRECTOR, Role.LIAISON, Role.STAFF)
ONE = timedelta(days=1)
ELSEWHERE = "another event"


@dataclass(frozen=True)
class WardTime:
    """A ward that somebody works for, and from when to when; a cover is for a colleague."""

    ward_code: str
    from_on: date
    until_on: date | None
    cover: bool = False

    def on(self, day: date) -> bool:
        """Whether it is so on a day."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


@dataclass(frozen=True)
class WeekPerson:
    """Somebody of the office: employee, on detail, volunteer, or for a fixed term.

    ``user_id`` is none for whoever does not sign in; such a person has no shifts. ``helps_in`` is
    the ward in which a volunteer helps: they cover nothing by being there.
    """

    party_id: int
    user_id: int | None
    name: str
    about: str = ""
    unit: str = ""
    wards: tuple[WardTime, ...] = ()
    from_on: date | None = None
    until_on: date | None = None
    volunteer: bool = False
    helps_in: str = ""
    things: tuple[Thing, ...] = field(default=())

    def here_on(self, day: date) -> bool:
        """Whether they are with the office on a day."""
        begun = self.from_on is None or self.from_on <= day
        return begun and (self.until_on is None or day <= self.until_on)

    def works_for(self, ward: str, day: date) -> bool:
        """Whether they work for a ward on a day, as their own or for a colleague."""
        return self.here_on(day) and any(w.ward_code == ward and w.on(day) for w in self.wards)


def people_between(first: date, last: date, actor: Actor) -> tuple[WeekPerson, ...]:
    """Everybody of the office in some days, by name, without what they do."""
    rows = Grant.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=first),
        valid_from__lte=last,
        called_off=False,
        role__in=[role.value for role in ROLES],
        user__is_active=True,
        user__party__isnull=False,
    ).select_related("user__party")
    held: dict[int, list[Grant]] = {}
    for grant in rows.order_by("user__name", "pk"):
        held.setdefault(grant.user.party.pk, []).append(grant)
    terms = {row.party_id: row for row in present_between(first, last, actor)}
    units = dict(
        Position.objects.filter(
            Q(seat__tenures__until_on=None) | Q(seat__tenures__until_on__gte=first),
            seat__tenures__party__in=list(held),
            unit__isnull=False,
        )
        .order_by("pk")
        .values_list("seat__tenures__party", "unit__name")
    )
    found = [_employee(grants, units) for grants in held.values()]
    found = [_on_terms(one, terms[one.party_id]) if one.party_id in terms else one for one in found]
    found += [
        _on_terms(WeekPerson(row.party_id, row.user_id, row.name), row)
        for party_id, row in terms.items()
        if party_id not in held
    ]
    return tuple(sorted(found, key=lambda one: (one.name, one.party_id)))


def _employee(grants: Sequence[Grant], units: dict[int, str]) -> WeekPerson:
    user: Any = grants[0].user
    wards = tuple(
        WardTime(g.ward_code, g.valid_from, g.valid_until, g.cover) for g in grants if g.ward_code
    )
    own = sorted({w.ward_code for w in wards if not w.cover})
    covers = [f"covers Ward {w.ward_code} until {_short(w.until_on)}" for w in wards
              if w.cover and w.until_on]  # fmt: skip
    director = any(grant.role == Role.DIRECTOR.value for grant in grants)
    about = [f"Ward{'s' if len(own) > 1 else ''} {', '.join(own)}"] if own else []
    about += ["Director"] if director else []
    lasting = [grant for grant in grants if not grant.cover] or list(grants)
    ends = [grant.valid_until for grant in lasting]
    return WeekPerson(
        party_id=user.party.pk,
        user_id=user.pk,
        name=user.name,
        about="; ".join([*about, *covers]),
        unit=units.get(user.party.pk, ""),
        wards=wards,
        from_on=min(grant.valid_from for grant in grants),
        until_on=max((end for end in ends if end), default=None) if None not in ends else None,
    )


def _short(day: date) -> str:
    return f"{day:%B} {day.day}"


def _on_terms(person: WeekPerson, term: Present) -> WeekPerson:
    home = f" from {term.home}" if term.home else ""
    about = f"{term.kind_words}{home}, until {_short(term.until_on)}"
    volunteer = term.kind == VOLUNTEER
    wards = () if volunteer else person.wards
    if term.ward_code and not wards and term.user_id is not None and not volunteer:
        wards = (WardTime(term.ward_code, term.since_on, term.until_on),)
    return replace(
        person,
        about="; ".join(part for part in (about, person.about) if part),
        unit=term.unit or person.unit,
        wards=wards,
        from_on=term.since_on,
        until_on=term.until_on,
        volunteer=volunteer,
        helps_in=term.ward_code,
    )


def with_things(
    people: Sequence[WeekPerson], first: date, last: date, actor: Actor
) -> tuple[WeekPerson, ...]:
    """These people with their shifts, events and days away in some days, by time."""
    since, until = day_start(first), day_start(last + ONE)
    by_user: dict[int, list[Thing]] = {}
    for row in duty_between(since, until, actor):
        if row.user_id is not None:
            by_user.setdefault(row.user_id, []).append(shift_thing(row))
    users = [one.user_id for one in people if one.user_id is not None]
    for wish in Wish.objects.filter(
        user__in=users,
        kind="leave",
        withdrawn_at__isnull=True,
        from_on__lte=last,
        until_on__gte=first,
    ).order_by("from_on", "pk"):
        by_user.setdefault(wish.user_id, []).append(_away(wish))
    by_party = _events_of([one.party_id for one in people], since, until, actor)
    return tuple(
        replace(
            one,
            things=tuple(
                sorted(
                    [*by_user.get(one.user_id or 0, ()), *by_party.get(one.party_id, ())],
                    key=lambda thing: (thing.starts_at, thing.key),
                )
            ),
        )
        for one in people
    )


def shift_thing(row: DutyRow) -> Thing:
    """A shift as a thing of somebody's week."""
    return Thing(
        SHIFT,
        f"shift-{row.id}",
        f"{row.what} ({row.when})",
        row.starts_at,
        row.ends_at,
        row.turn.role,
        row.turn.ward_code,
    )


def event_thing(event: Event, *, reached: bool = True) -> Thing:
    """An event as a thing of somebody's week; of one out of reach only its time is told."""
    words = event.title if reached else ELSEWHERE
    return Thing(
        EVENT,
        f"event-{event.pk}" if reached else f"elsewhere-{event.pk}",
        words,
        event.starts_at,
        event.ends_at,
        ward_code=event.ward_code if reached else "",
    )


def _away(wish: Wish) -> Thing:
    zone = city_zone()
    starts = datetime(wish.from_on.year, wish.from_on.month, wish.from_on.day, tzinfo=zone)
    return Thing(AWAY, f"away-{wish.pk}", "away", starts, day_start(wish.until_on + ONE))


def _events_of(
    parties: Iterable[int], since: datetime, until: datetime, actor: Actor
) -> dict[int, list[Thing]]:
    rows = Participation.objects.filter(
        party__in=list(parties), event__starts_at__lt=until, event__ends_at__gt=since
    )
    rows = rows.exclude(event__state=CANCELLED).exclude(answer="no")
    rows = rows.exclude(event__matter_id__in=actor.reach.sealed_ids("matter"))
    reached = Event.objects.within(calendar_policy.reach(actor)).filter(pk=OuterRef("event"))
    taking = rows.annotate(reached=Exists(reached)).select_related("event")
    found: dict[int, list[Thing]] = {}
    for row in taking.order_by("event__starts_at", "pk"):
        if row.attended != "absent":
            thing = event_thing(row.event, reached=row.reached)
            found.setdefault(row.party_id, []).append(thing)
    return found
