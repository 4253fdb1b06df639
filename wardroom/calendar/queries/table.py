"""What is on the table of a core team meeting: the roll, last week's asks, the exceptions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Q, When
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.access.models import ScopedQuerySet
from wardroom.calendar import rules
from wardroom.calendar.models import Event, Participation
from wardroom.calendar.queries.asks import HeardAsk, asks_within, heard, in_order
from wardroom.directory.queries.core_team import core_team
from wardroom.matters.models import Matter
from wardroom.matters.policy import reach_inside as reach_of_matters
from wardroom.matters.rules import WITH_AGENCY

MOST = 20
MOST_OF_LAST_WEEK = 100
MOST_MATTERS, MOST_FITTING, MOST_WORDS = 200, 12, 6


@dataclass(frozen=True)
class RollRow:
    """One agency's seat at the table; ``came`` is the name of whoever came for it."""

    seat_id: int
    agency_code: str
    agency_name: str
    principal: str
    alternate: str
    attended: str

    @property
    def came(self) -> str:
        """Whoever came, by name where we know it."""
        if self.attended == rules.PRESENT:
            return self.principal
        return self.alternate if self.attended == rules.ALTERNATE else ""


@dataclass(frozen=True)
class MatterRow:
    """A matter to be talked about, or to choose from."""

    id: int
    kind: str
    title: str
    place_label: str
    next_on: date | None
    next_step: str
    came_back_on: date | None


@dataclass(frozen=True)
class Some:
    """The first of a list, and how many there are."""

    asks: tuple[HeardAsk, ...] = ()
    matters: tuple[MatterRow, ...] = ()
    total: int = 0

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.asks) - len(self.matters)


@dataclass(frozen=True)
class Exceptions:
    """What is out of line: old lateness, silence, what came back, what waits for a decision."""

    late: Some
    silent: Some
    returned: Some
    locations: Some

    @property
    def total(self) -> int:
        """How many there are of all kinds."""
        return self.late.total + self.silent.total + self.returned.total + self.locations.total


@dataclass(frozen=True)
class Span:
    """From the meeting before, where there was one, to the day of this one.

    Lateness counts as of ``told_on``: the day of the meeting, or today where that is earlier.
    """

    event: Event
    before: Event | None
    told_on: date

    @property
    def day(self) -> date:
        """The day of the meeting."""
        return localdate(self.event.starts_at)

    @property
    def since(self) -> date:
        """The day of the meeting before, or a week ago."""
        return localdate(self.before.starts_at) if self.before else self.day - rules.WEEK


def span_of(event: Event, *, today: date) -> Span:
    """A meeting with the one of the same core team that was held last before it."""
    rows = Event.objects.filter(
        kind=rules.CORE_TEAM,
        ward_code=event.ward_code,
        state=rules.HELD,
        starts_at__lt=event.starts_at,
    )
    before = rows.select_related("place").order_by("-starts_at").first()
    return Span(event, before, min(localdate(event.starts_at), today))


def roll_of(event: Event) -> tuple[RollRow, ...]:
    """Every agency's seat of that day, and who came."""
    seats = core_team(event.ward_code, on=localdate(event.starts_at))
    called = dict(
        Participation.objects.filter(event=event, seat__isnull=False)
        .order_by("pk")
        .values_list("seat_id", "attended")
    )
    return tuple(
        RollRow(
            seat_id=seat.seat_id,
            agency_code=seat.agency_code,
            agency_name=seat.agency_name,
            principal=seat.principal.name if seat.principal else "",
            alternate=seat.alternate.name if seat.alternate else "",
            attended=called.get(seat.seat_id, ""),
        )
        for seat in seats
    )


def agreed_in(span: Span, actor: Actor) -> tuple[HeardAsk, ...]:
    """The asks that were agreed aloud in a meeting, in the order in which they were."""
    return agreed_at(span.event, actor, on=span.told_on)


def agreed_at(event: Event, actor: Actor, *, on: date) -> tuple[HeardAsk, ...]:
    """The asks that were agreed aloud in any meeting, as they stand on a day."""
    rows = asks_within(actor, event.ward_code).filter(agreed_at_meeting__event=event)
    asks = in_order(rows).order_by("agreed_at_meeting__pk")
    return heard(asks, on=on)


def last_week(span: Span, actor: Actor) -> Some:
    """What was agreed at the meeting before, and what was due since."""
    due = Q(expected__gt=span.since, expected__lte=span.day) & ~Q(asked_agency="")
    due &= ~Q(state__in=["withdrawn", "declined"])
    chosen = due | Q(agreed_at_meeting__event=span.before) if span.before else due
    rows = asks_within(actor, span.event.ward_code).filter(chosen)
    return _asks(rows.exclude(agreed_at_meeting__event=span.event), span, MOST_OF_LAST_WEEK)


def exceptions(span: Span, actor: Actor, *, but: Some) -> Exceptions:
    """What is out of line and was not read out yet."""
    asks = asks_within(actor, span.event.ward_code)
    asks = asks.exclude(pk__in=[row.ask_id for row in but.asks])
    late = asks.filter(state__in=WITH_AGENCY, expected__lte=span.since, expected__lt=span.told_on)
    silent = asks.filter(state="requested", rung__gte=1, expected__gt=span.day)
    matters = _matters(span.event, actor)
    until = span.day + timedelta(days=1)
    returned = matters.filter(came_back_at__date__gte=span.since, came_back_at__date__lte=until)
    due = matters.filter(kind="persistent_location", state="open", next_on__lte=span.day)
    return Exceptions(
        late=_asks(late, span, MOST),
        silent=_asks(silent, span, MOST),
        returned=_some_matters(returned),
        locations=_some_matters(due),
    )


def choices_of(event: Event, actor: Actor) -> tuple[MatterRow, ...]:
    """The open matters of the ward that may be named in an action list."""
    rows = _matters(event, actor).filter(state="open", restricted=False)
    chosen = rows.order_by("-kind", "next_on", "pk")[:MOST_MATTERS]
    return tuple(_matter(m) for m in chosen)


def matters_to_ask(event: Event, actor: Actor, words: str) -> tuple[MatterRow, ...]:
    """The open matters of the ward that these words fit, its persistent locations first."""
    rows = _matters(event, actor).filter(state="open", restricted=False)
    for word in words.split()[:MOST_WORDS]:
        rows = rows.filter(Q(title__icontains=word) | Q(place__label__icontains=word))
    first = Case(When(kind="persistent_location", then=0), default=1)
    return tuple(_matter(m) for m in rows.order_by(first, "next_on", "pk")[:MOST_FITTING])


def _asks(rows: ScopedQuerySet, span: Span, most: int) -> Some:
    chosen = list(in_order(rows)[: most + 1])
    total = len(chosen) if len(chosen) <= most else rows.count()
    return Some(asks=heard(chosen[:most], on=span.told_on, event_id=span.event.pk), total=total)


def _some_matters(rows: ScopedQuerySet) -> Some:
    chosen = list(rows.order_by("next_on", "pk")[: MOST + 1])
    total = len(chosen) if len(chosen) <= MOST else rows.count()
    return Some(matters=tuple(_matter(m) for m in chosen[:MOST]), total=total)


def _matters(event: Event, actor: Actor) -> ScopedQuerySet:
    rows: ScopedQuerySet = Matter.objects.within(reach_of_matters(actor))
    found: ScopedQuerySet = rows.filter(ward_code=event.ward_code).select_related("place")
    return found


def _matter(matter: Matter) -> MatterRow:
    return MatterRow(
        id=matter.pk,
        kind=matter.kind,
        title=matter.title,
        place_label=matter.place.label if matter.place is not None else "",
        next_on=matter.next_on,
        next_step=matter.next_step,
        came_back_on=localdate(matter.came_back_at) if matter.came_back_at else None,
    )
