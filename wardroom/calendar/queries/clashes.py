"""Agencies' calendars: where each is busy on some days, and where two things clash."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.calendar import policy, rules
from wardroom.calendar.models import Event, Participation
from wardroom.calendar.queries.events import day_start
from wardroom.directory.queries.core_team import wards_of_agencies
from wardroom.matters import policy as matters_policy
from wardroom.matters.models import Ask

ELSEWHERE = "Another ward's event"


@dataclass(frozen=True)
class Busy:
    """One thing in an agency's calendar: an event, or the day of a promise.

    Of an event out of the asker's reach only its time is told; then ``event_id`` is missing.
    """

    agency_code: str
    on: date
    what: str
    where: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    event_id: int | None = None
    ask_id: int | None = None
    clash: bool = False


@dataclass(frozen=True)
class AgencyDay:
    """What one agency has on a day, events first; ``clashes`` are what gets in the way."""

    agency_code: str
    on: date
    things: tuple[Busy, ...]

    @property
    def clashes(self) -> tuple[Busy, ...]:
        """Other events of that day, and promises where there are several of them."""
        return tuple(thing for thing in self.things if thing.clash)


def agency_days(
    agency_codes: Iterable[str],
    actor: Actor,
    *,
    from_on: date,
    until_on: date,
    but: int | None = None,
) -> tuple[AgencyDay, ...]:
    """The calendars of some agencies on some days, an entry for each day with something.

    An agency is busy with the events it takes part in, the core team meetings at whose table
    it sits, and the days for which it promised something. ``but`` is the event that is being
    planned, which is in nobody's way.
    """
    codes = sorted(set(agency_codes))
    found: dict[tuple[str, date], list[Busy]] = {}
    events = _events(codes, actor, from_on, until_on, but)
    for thing in (*events, *_promises(codes, actor, from_on, until_on)):
        found.setdefault((thing.agency_code, thing.on), []).append(thing)
    keys = sorted(found, key=lambda key: (key[1], key[0]))
    return tuple(AgencyDay(code, on, _with_clashes(found[code, on])) for code, on in keys)


def _with_clashes(things: Sequence[Busy]) -> tuple[Busy, ...]:
    """An event is in the way; a single promise is not, but several on one day are."""
    promises = sum(thing.ask_id is not None for thing in things)
    ordered = sorted(things, key=lambda t: (t.starts_at is None, t.starts_at or t.on, t.what))
    return tuple(replace(thing, clash=thing.ask_id is None or promises > 1) for thing in ordered)


def _events(codes: list[str], actor: Actor, first: date, last: date, but: int | None) -> list[Busy]:
    span = Q(starts_at__gte=day_start(first), starts_at__lt=day_start(last + timedelta(days=1)))
    seated = wards_of_agencies(codes, on=first)
    wards = {ward for places in seated.values() for ward in places}
    mine = Q(participations__agency_code__in=codes) | Q(kind=rules.CORE_TEAM, ward_code__in=wards)
    rows = Event.objects.filter(span, mine, state=rules.PLANNED).exclude(pk=but or 0)
    rows = rows.exclude(matter_id__in=actor.reach.sealed_ids("matter")).distinct()
    events = list(rows.select_related("place").order_by("starts_at", "pk"))
    reached = set(
        Event.objects.within(policy.reach(actor))
        .filter(pk__in=[event.pk for event in events])
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    there: dict[int, set[str]] = {}
    taking = Participation.objects.filter(event__in=events, agency_code__in=codes)
    for event_id, code in taking.order_by("pk").values_list("event_id", "agency_code"):
        there.setdefault(event_id, set()).add(code)
    found = []
    for event in events:
        come = set(there.get(event.pk, ()))
        if event.kind == rules.CORE_TEAM:
            come |= {code for code, places in seated.items() if event.ward_code in places}
        found += [_busy(event, code, event.pk in reached) for code in sorted(come)]
    return found


def _busy(event: Event, code: str, reached: bool) -> Busy:
    place = event.place.label if event.place is not None else event.place_text
    return Busy(
        agency_code=code,
        on=localdate(event.starts_at),
        what=event.title if reached else ELSEWHERE,
        where=place if reached else "",
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        event_id=event.pk if reached else None,
    )


def _promises(codes: list[str], actor: Actor, first: date, last: date) -> list[Busy]:
    rows = Ask.objects.within(matters_policy.reach_of_asks(actor)).filter(
        state="accepted", asked_agency__in=codes, promised_on__gte=first, promised_on__lte=last
    )
    return [
        Busy(
            agency_code=ask.asked_agency,
            on=ask.promised_on,
            what=ask.wording,
            where=ask.case.place.label if ask.case.place is not None else "",
            ask_id=ask.pk,
        )
        for ask in rows.select_related("matter__place").order_by("promised_on", "pk")
    ]
