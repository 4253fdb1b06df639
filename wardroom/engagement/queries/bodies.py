"""Public bodies: the list, one with its seats and meetings, and terms that end ahead of time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.engagement import policy
from wardroom.engagement.models import BodyMeeting, BodySeat, PublicBody
from wardroom.engagement.queries.seated import Seated, seated_on
from wardroom.engagement.rules import bodies as rules
from wardroom.kernel.errors import NotFound
from wardroom.kernel.facts import Ref
from wardroom.kernel.paging import page_at
from wardroom.ledger.queries import TimelinePage, timeline

PAGE_ROWS = 25
MEETINGS = 12


@dataclass(frozen=True)
class BodyRow:
    """A public body in a list: how full it is, and when it meets next."""

    id: int
    name: str
    ward_code: str
    authority: str
    cover: str
    seats: int
    seated: int
    next_matter_id: int | None
    next_at: datetime | None

    @property
    def vacant(self) -> int:
        """How many of its seats nobody holds."""
        return self.seats - self.seated


@dataclass(frozen=True)
class BodyPage:
    """A page of public bodies, by name."""

    rows: tuple[BodyRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class EndingTerm:
    """A term that ends soon, or a seat that nobody holds: then there is no name."""

    body_id: int
    body_name: str
    seat_id: int
    title: str
    appointed_by: str
    name: str
    ends_on: date | None
    band: str
    vacant_since: date | None


@dataclass(frozen=True)
class BodySeatRow:
    """A seat of a body, with who holds it and until when."""

    id: int
    seat_id: int
    title: str
    voting: bool
    appointed_by: str
    term_months: int | None
    most_terms: int | None
    held: Seated | None
    band: str


@dataclass(frozen=True)
class BodyMeetingRow:
    """A meeting of a body in its list."""

    matter_id: int
    starts_at: datetime
    state: str
    noticed: int
    minutes: int
    on_record: bool


@dataclass(frozen=True)
class BodyFile:
    """One public body whole."""

    id: int
    name: str
    ward_code: str
    purpose: str
    authority: str
    cover: str
    cover_why: str
    own_quorum: int | None
    notice_to: str
    quorum: rules.Quorum
    seats: tuple[BodySeatRow, ...]
    meetings: tuple[BodyMeetingRow, ...]
    timeline: TimelinePage
    allowed: frozenset[str]


def body_page(actor: Actor, *, now: datetime, ward: str = "", page: int = 1) -> BodyPage:
    """The public bodies within reach, by name."""
    rows = _seen(actor)
    if ward:
        rows = rows.filter(ward_code=ward)
    total = rows.count()
    page, pages, on_page = page_at(total, page, PAGE_ROWS)
    chosen = _counted(rows, now).order_by("party__name", "pk")
    found = chosen.select_related("party")[on_page]
    return BodyPage(tuple(_row(row) for row in found), total, page, pages)


def ending_terms(actor: Actor, *, today: date, ward: str = "") -> tuple[EndingTerm, ...]:
    """Terms that are over or end within 90 days, and vacant seats, the most pressing first."""
    bodies = _seen(actor)
    if ward:
        bodies = bodies.filter(ward_code=ward)
    ids = list(bodies.order_by("pk").values_list("pk", flat=True))
    seats = BodySeat.objects.filter(body__in=ids, seat__until_on=None)
    seats = seats.select_related("seat", "body__party")
    left = seats.annotate(left_on=Max("seat__tenures__until_on")).order_by("pk")
    held = {seat.seat_id: seat for seat in seated_on(ids, on=today)}
    found = (_ending(seat, held.get(seat.pk), today) for seat in left)
    rows = [row for row in found if row is not None]
    return tuple(sorted(rows, key=lambda row: (row.ends_on or today, row.body_name, row.title)))


def body_file(party_id: int, actor: Actor, *, now: datetime) -> BodyFile:
    """One public body, whole; `NotFound` where it is out of reach."""
    body = get_body(party_id, actor)
    today = localdate(now)
    held = seated_on([body.pk], on=today)
    voting = [member for member in held if member.voting]
    return BodyFile(
        id=body.party_id,
        name=body.name,
        ward_code=body.ward_code,
        purpose=body.purpose,
        authority=body.authority,
        cover=body.cover,
        cover_why=body.cover_why,
        own_quorum=body.quorum,
        notice_to=body.notice_to,
        quorum=rules.quorum_of(seated=len(voting), present=0, own=body.quorum),
        seats=_seats(body, held, today),
        meetings=_meetings(body, actor),
        timeline=timeline(actor, refs=[Ref("party", str(body.party_id))]),
        allowed=frozenset({"run_body"} if policy.may_run_body(actor, body) else ()),
    )


def get_body(party_id: int, actor: Actor) -> PublicBody:
    """One public body, to act on it; `NotFound` where it is out of reach."""
    body: PublicBody | None = _seen(actor).filter(party_id=party_id).select_related("party").first()
    if body is None:
        raise NotFound(f"no public body {party_id}")
    return body


def get_body_seat(seat_id: int, body: PublicBody) -> BodySeat:
    """A seat of a body, to act on it; `NotFound` where the body has none of that number."""
    rows = BodySeat.objects.filter(body=body).select_related("seat__organisation")
    seat: BodySeat | None = rows.filter(pk=seat_id).first()
    if seat is None:
        raise NotFound(f"no seat {seat_id}")
    return seat


def may_begin_bodies(actor: Actor) -> bool:
    """Whether the actor takes on public bodies at all."""
    return policy.may_keep_bodies(actor)


def _seen(actor: Actor) -> QuerySet[PublicBody]:
    return PublicBody.objects.within(policy.body_reach(actor))


def _counted(rows: QuerySet[PublicBody], now: datetime) -> QuerySet[PublicBody]:
    today = localdate(now)
    live = Q(seats__seat__until_on=None)
    holds = Q(seats__seat__tenures__since_on__lte=today) & (
        Q(seats__seat__tenures__until_on=None) | Q(seats__seat__tenures__until_on__gt=today)
    )
    coming = BodyMeeting.objects.filter(
        body=OuterRef("pk"), event__state="planned", event__starts_at__gte=now
    ).order_by("event__starts_at", "pk")
    return rows.annotate(
        seat_count=Count("seats", filter=live, distinct=True),
        held_count=Count("seats", filter=live & holds, distinct=True),
        next_matter=Subquery(coming.values("matter")[:1]),
        next_at=Subquery(coming.values("event__starts_at")[:1]),
    )


def _row(row: PublicBody) -> BodyRow:
    counted: dict[str, int] = vars(row)
    return BodyRow(
        id=row.party_id,
        name=row.name,
        ward_code=row.ward_code,
        authority=row.authority,
        cover=row.cover,
        seats=counted["seat_count"],
        seated=counted["held_count"],
        next_matter_id=counted["next_matter"],
        next_at=vars(row)["next_at"],
    )


def _ending(seat: BodySeat, held: Seated | None, today: date) -> EndingTerm | None:
    band = rules.band_of(held.ends_on, today=today) if held and held.ends_on else ""
    if held is not None and not band:
        return None
    return EndingTerm(
        body_id=seat.body.party_id,
        body_name=seat.body.name,
        seat_id=seat.pk,
        title=seat.seat.title,
        appointed_by=seat.appointed_by,
        name=held.name if held else "",
        ends_on=held.ends_on if held else None,
        band=band or "vacant",
        vacant_since=vars(seat)["left_on"] or seat.seat.since_on if held is None else None,
    )


def _seats(body: PublicBody, held: Iterable[Seated], today: date) -> tuple[BodySeatRow, ...]:
    by_seat = {member.seat_id: member for member in held}
    rows = body.seats.filter(seat__until_on=None).select_related("seat")
    return tuple(
        BodySeatRow(
            id=row.pk,
            seat_id=row.seat_id,
            title=row.seat.title,
            voting=row.voting,
            appointed_by=row.appointed_by,
            term_months=row.term_months,
            most_terms=row.most_terms,
            held=(member := by_seat.get(row.pk)),
            band=rules.band_of(member.ends_on, today=today)
            if member is not None and member.ends_on
            else "",
        )
        for row in rows.order_by("seat__title", "pk")
    )


def _meetings(body: PublicBody, actor: Actor) -> tuple[BodyMeetingRow, ...]:
    rows = BodyMeeting.objects.within(policy.reach(actor)).filter(body=body)
    rows = rows.select_related("event", "matter").annotate(
        noticed=Count("notices", distinct=True),
        minuted=Count("minutes", distinct=True),
        kept=Min("record"),
    )
    return tuple(
        BodyMeetingRow(
            matter_id=row.matter_id,
            starts_at=row.event.starts_at,
            state=row.event.state,
            noticed=vars(row)["noticed"],
            minutes=vars(row)["minuted"],
            on_record=vars(row)["kept"] is not None,
        )
        for row in rows.order_by("-event__starts_at", "-pk")[:MEETINGS]
    )
