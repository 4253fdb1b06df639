"""The two-minute brief: what to know of somebody before a call or a visit, on one screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Q
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.calendar import policy as calendar_policy
from wardroom.calendar.models import Event, Participation
from wardroom.calendar.queries import EventRow
from wardroom.calendar.queries.events import event_row
from wardroom.calendar.rules import COME, HELD
from wardroom.casework.models import Complaint
from wardroom.casework.queries.people import TOUCHES, get_party_seen
from wardroom.city.queries import AreaRow, area_row, places_in
from wardroom.directory.models import Seat
from wardroom.directory.queries import PartyCard, SeatRow, party_card
from wardroom.kernel.errors import NotFound
from wardroom.kernel.facts import Ref
from wardroom.ledger import policy as ledger_policy
from wardroom.ledger.models import About
from wardroom.ledger.queries import latest_of
from wardroom.ledger.queries.timeline import through_entry
from wardroom.matters import policy as matters_policy
from wardroom.matters import rules as matter_rules
from wardroom.matters.models import Ask, Matter
from wardroom.matters.queries import OpenPage, open_in

LAST_TOUCHES, MOST_PROMISES, MOST_INSIDE, MOST_EVENTS, MOST_WHO_KNOW = 3, 5, 5, 3, 5
LIVE = ("requested", "accepted", "countered")


@dataclass(frozen=True)
class PromiseRow:
    """Something that is still open toward somebody: who said it, and by when."""

    matter_id: int
    matter_kind: str
    matter_title: str
    who: str
    wording: str
    state: str
    first_promised_on: date | None
    promised_on: date | None
    due_on: date
    late: bool


@dataclass(frozen=True)
class TouchRow:
    """A contact that was logged, and who had it; or a meeting to which they came."""

    at: datetime
    who: str
    text: str
    event_id: int | None = None


@dataclass(frozen=True)
class KnowsRow:
    """A colleague who was in touch with somebody, and when last."""

    name: str
    last_on: date


@dataclass(frozen=True)
class LocationRow:
    """A persistent location inside an area."""

    matter_id: int
    title: str
    next_on: date | None


@dataclass(frozen=True)
class InsideArea:
    """What goes on inside the area that somebody stands for."""

    area: AreaRow
    open: OpenPage
    locations: tuple[LocationRow, ...]
    events: tuple[EventRow, ...]


@dataclass(frozen=True)
class Brief:
    """All that one needs to know before a call, as far as the asker may know it.

    ``promises`` are what agencies and the office still owe on what they reported, and
    ``clocks`` the legal deadlines on it.
    """

    card: PartyCard
    seats: tuple[SeatRow, ...]
    touches: tuple[TouchRow, ...]
    promises: tuple[PromiseRow, ...]
    clocks: tuple[PromiseRow, ...]
    inside: InsideArea | None
    knows: tuple[KnowsRow, ...]

    @property
    def anc_code(self) -> str:
        """The commission that it is, or in which they sit."""
        if self.card.area_kind == "anc":
            return self.card.area_code
        return next((seat.anc_code for seat in self.seats if seat.anc_code), "")

    @property
    def called(self) -> tuple[str, ...]:
        """The names by which a promise to them would be written down."""
        named = [self.card.name, *(row.name for row in self.card.joined)]
        return tuple([*named, f"ANC {self.anc_code}"] if self.anc_code else named)


def two_minute_brief(party_id: int, actor: Actor, *, at: datetime) -> Brief:
    """The brief of one person or organization; `NotFound` where it is out of reach."""
    today = localdate(at)
    party = get_party_seen(party_id, actor)
    card = party_card(party.pk, actor, on=today)
    seats = tuple(seat for seat in card.holds if seat.holder is not None)
    owed = _owed(card, actor)
    return Brief(
        card=card,
        seats=seats,
        touches=_touches(card, actor),
        promises=tuple(_promise(a, today) for a in owed if a.kind != matter_rules.DEADLINE)[
            :MOST_PROMISES
        ],
        clocks=tuple(_promise(a, today) for a in owed if a.kind == matter_rules.DEADLINE)[
            :MOST_PROMISES
        ],
        inside=_inside(card, seats, actor, at),
        knows=_who_knows(card, actor),
    )


def _touches(card: PartyCard, actor: Actor) -> tuple[TouchRow, ...]:
    """The last times that anybody here was in touch with them, or met them, the newest first."""
    refs = [Ref("party", str(pk)) for pk in card.ids]
    lines = latest_of(actor, refs=refs, kinds=TOUCHES, limit=LAST_TOUCHES)
    events = Event.objects.within(calendar_policy.reach(actor)).filter(
        pk__in=Participation.objects.filter(party__in=card.ids, attended__in=COME).values("event"),
        state=HELD,
    )
    met = events.values_list("starts_at", "title", "pk").order_by("-starts_at", "-pk").distinct()
    found = [
        *(TouchRow(line.at, line.actor_name, line.sentence) for line in lines),
        *(TouchRow(at, "", title, event_id) for at, title, event_id in met[:LAST_TOUCHES]),
    ]
    return tuple(sorted(found, key=lambda row: row.at, reverse=True)[:LAST_TOUCHES])


def _owed(card: PartyCard, actor: Actor) -> list[Any]:
    """What is open on what they reported, the soonest first."""
    theirs = Complaint.objects.filter(reporter__in=card.ids).values("matter")
    rows = Ask.objects.within(matters_policy.reach_of_asks(actor))
    rows = rows.filter(matter__in=theirs, matter__state="open", settled_at=None, state__in=LIVE)
    rows = rows.filter(Q(kind=matter_rules.REFERRAL) | Q(kind=matter_rules.DEADLINE))
    return list(rows.select_related("matter", "party").order_by("due_on", "pk")[:40])


def _promise(ask: Any, today: date) -> PromiseRow:
    day = ask.promised_on or ask.due_on
    return PromiseRow(
        matter_id=ask.matter_id,
        matter_kind=ask.matter.kind,
        matter_title=ask.matter.title,
        who=ask.agency_code or ask.party.name,
        wording=ask.wording,
        state=ask.state,
        first_promised_on=ask.first_promised_on,
        promised_on=ask.promised_on,
        due_on=ask.due_on,
        late=day < today,
    )


def _inside(
    card: PartyCard, seats: tuple[SeatRow, ...], actor: Actor, at: datetime
) -> InsideArea | None:
    today = localdate(at)
    area = _area(card, seats, today)
    if area is None:
        return None
    return InsideArea(
        area=area,
        open=open_in(area, actor, rows=MOST_INSIDE),
        locations=_locations(area, actor),
        events=_events(area, card, actor, at),
    )


def _area(card: PartyCard, seats: tuple[SeatRow, ...], today: date) -> AreaRow | None:
    """The area of an organization, or of the first seat that somebody holds."""
    wanted = [(card.area_kind, card.area_code)] if card.area_kind else []
    wanted += [("smd", seat.smd_code) for seat in seats if seat.smd_code]
    wanted += [("ward", seat.ward_code) for seat in seats if seat.ward_code]
    for kind, code in wanted:
        try:
            return area_row(kind, code, on=today)
        except NotFound:
            continue
    return None


def _locations(area: AreaRow, actor: Actor) -> tuple[LocationRow, ...]:
    rows = Matter.objects.within(matters_policy.reach_inside(actor))
    rows = rows.filter(places_in(area), kind="persistent_location", state="open")
    chosen = rows.order_by("next_on", "pk")[:MOST_INSIDE]
    return tuple(LocationRow(m.pk, m.title, m.next_on) for m in chosen)


def _events(area: AreaRow, card: PartyCard, actor: Actor, at: datetime) -> tuple[EventRow, ...]:
    """What comes next in the wards of the area, at its places, or with them in it."""
    where = places_in(area) | Q(participations__party__in=card.ids)
    wards = [area.code] if area.kind == "ward" else _wards(area)
    rows = Event.objects.within(calendar_policy.reach_inside(actor))
    rows = rows.filter(starts_at__gte=at, state="planned")
    found = list(
        rows.filter(ward_code__in=wards)
        .select_related("place")
        .order_by("starts_at", "pk")[:MOST_EVENTS]
    )
    near = rows.filter(where).select_related("place").order_by("starts_at", "pk").distinct()
    by_id = {event.pk: event for event in [*found, *near[:MOST_EVENTS]]}
    soonest = sorted(by_id.values(), key=lambda event: (event.starts_at, event.pk))
    return tuple(event_row(event) for event in soonest[:MOST_EVENTS])


def _wards(area: AreaRow) -> list[str]:
    seats = Seat.objects.filter(until_on=None)
    if area.kind == "smd":
        seats = seats.filter(smd_code=area.code)
    else:
        seats = seats.filter(organisation__organisation_kind="anc")
        seats = seats.filter(organisation__area_code=area.code)
    return sorted({code for code in seats.values_list("ward_code", flat=True) if code})


def _who_knows(card: PartyCard, actor: Actor) -> tuple[KnowsRow, ...]:
    """Colleagues who were in touch with them, the last one first; not whoever asks."""
    rows = About.objects.filter(
        through_entry(ledger_policy.reach(actor)),
        noun="party",
        key__in=[str(pk) for pk in card.ids],
        entry__kind__in=TOUCHES,
        entry__actor__isnull=False,
    ).exclude(entry__actor=actor.user_id)
    found = rows.order_by().values_list("entry__actor_name").annotate(last=Max("entry__at"))
    chosen = found.order_by("-last", "entry__actor_name")[:MOST_WHO_KNOW]
    return tuple(KnowsRow(name, localdate(last)) for name, last in chosen)
