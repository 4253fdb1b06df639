"""Commissions and their meetings, as the calendar has them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.calendar.models import Event
from wardroom.calendar.queries import EventRow
from wardroom.calendar.queries.events import day_start, event_row
from wardroom.calendar.rules import ANC_MEETING, CANCELLED
from wardroom.city.rules import wards_of_area
from wardroom.directory.models import Party
from wardroom.kernel.errors import NotFound
from wardroom.matters import policy as matters_policy

SHOWN_BACK = timedelta(days=365)
SHOWN_AHEAD = timedelta(days=366)


@dataclass(frozen=True)
class CommissionRow:
    """A commission with its next meeting; none where nobody planned one."""

    party_id: int
    code: str
    name: str
    wards: tuple[str, ...]
    next_meeting: EventRow | None


@dataclass(frozen=True)
class CommissionFile:
    """A commission with its meetings of a year back and a year ahead, the latest first."""

    party_id: int
    code: str
    name: str
    wards: tuple[str, ...]
    meetings: tuple[EventRow, ...]
    allowed: frozenset[str]


def commission_rows(actor: Actor, *, on: date, ward: str = "") -> tuple[CommissionRow, ...]:
    """The commissions of the wards within reach, by their codes."""
    parties = [
        party
        for party in Party.objects.filter(organisation_kind="anc").order_by("area_code")
        if _reaches(actor, party) and (not ward or ward in wards_of_area(party.area_code))
    ]
    coming: dict[int, Event] = {}
    rows = _meetings(parties).exclude(state=CANCELLED).filter(starts_at__gte=day_start(on))
    for event in rows.order_by("-starts_at", "-pk"):
        coming[event.host_id or 0] = event
    return tuple(
        CommissionRow(
            party_id=party.pk,
            code=party.area_code,
            name=party.name,
            wards=wards_of_area(party.area_code),
            next_meeting=event_row(coming[party.pk]) if party.pk in coming else None,
        )
        for party in parties
    )


def commission_file(party_id: int, actor: Actor, *, on: date) -> CommissionFile:
    """One commission; `NotFound` for what is none, or not of the actor's wards."""
    party = get_commission_party(party_id, actor)
    wards = wards_of_area(party.area_code)
    rows = _meetings([party]).filter(
        starts_at__gte=day_start(on - SHOWN_BACK), starts_at__lt=day_start(on + SHOWN_AHEAD)
    )
    runs = any(matters_policy.runs(actor, ward) for ward in wards)
    return CommissionFile(
        party_id=party.pk,
        code=party.area_code,
        name=party.name,
        wards=wards,
        meetings=tuple(event_row(event) for event in rows.order_by("-starts_at", "-pk")),
        allowed=frozenset({"plan_commission_year", "plan_commission_meeting"} if runs else ()),
    )


def get_commission_party(party_id: int, actor: Actor) -> Party:
    """One commission, to act on it; `NotFound` where it is out of reach."""
    party = Party.objects.filter(pk=party_id, organisation_kind="anc").first()
    if party is None or not _reaches(actor, party):
        raise NotFound(f"no commission {party_id}")
    return party


def host_of(event_id: int) -> Party | None:
    """The commission whose meeting an event is; none where it is nobody's."""
    rows = Event.objects.filter(pk=event_id, kind=ANC_MEETING).select_related("host")
    event = rows.first()
    return event.host if event is not None else None


def meeting_before(commission: Party, at: datetime) -> date | None:
    """The day of the commission's last meeting before an instant; none where there was none."""
    rows = _meetings([commission]).exclude(state=CANCELLED).filter(starts_at__lt=at)
    last = rows.order_by("-starts_at").values_list("starts_at", flat=True).first()
    return localdate(last) if last is not None else None


def _meetings(parties: list[Party]) -> QuerySet[Event]:
    return Event.objects.filter(kind=ANC_MEETING, host__in=parties).select_related("place")


def _reaches(actor: Actor, party: Party) -> bool:
    reach = actor.reach
    near = reach.city or not reach.wards.isdisjoint(wards_of_area(party.area_code))
    return actor.is_staff and near
