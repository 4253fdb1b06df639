"""The one-page action list of a meeting: as it stands, or as it went out."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.calendar import policy, rules
from wardroom.calendar.models import Event, IssuedList, MeetingLine
from wardroom.calendar.queries.asks import HeardAsk
from wardroom.calendar.queries.events import event_row
from wardroom.calendar.queries.table import RollRow, agreed_in, last_week, roll_of, span_of
from wardroom.city.queries import is_schematic
from wardroom.documents.gateways import read_content
from wardroom.kernel.addresses import block_of, by_block
from wardroom.kernel.errors import NotFound


@dataclass(frozen=True)
class ListedAsk:
    """One item: what, where, who, by when, and how it stands. It names no resident."""

    ask_id: int
    item: str
    where: str
    agency_code: str
    owner_name: str
    due_on: date
    status: str


@dataclass(frozen=True)
class ListedSeat:
    """An agency at the table, and who came for it; nobody, where it was absent."""

    agency_code: str
    agency_name: str
    attended: str
    name: str


@dataclass(frozen=True)
class ActionList:
    """The action list. Version 0 is not out yet and still changes; any other is frozen."""

    event_id: int
    ward_code: str
    title: str
    starts_at: datetime
    place_label: str
    seats: tuple[ListedSeat, ...]
    last_week: tuple[ListedAsk, ...]
    agreed: tuple[ListedAsk, ...]
    decisions: tuple[str, ...]
    parked: tuple[str, ...]
    next_at: datetime | None
    schematic: bool
    version: int = 0
    correction: str = ""
    issued_at: datetime | None = None
    issued_by: str = ""

    @property
    def held_on(self) -> date:
        """The day of the meeting."""
        return localdate(self.starts_at)

    @property
    def is_out(self) -> bool:
        """Whether it went out."""
        return self.version > 0

    @property
    def absent(self) -> tuple[ListedSeat, ...]:
        """The agencies of which nobody came."""
        return tuple(seat for seat in self.seats if seat.attended == rules.ABSENT)


def action_list(event_id: int, actor: Actor, *, today: date) -> ActionList:
    """The action list of a core team meeting: the newest that went out, else as it stands.

    Those at the table for an agency read it once it is out. `NotFound` out of reach.
    """
    rows = Event.objects.within(policy.reach(actor)).filter(kind=rules.CORE_TEAM)
    event = rows.select_related("place").filter(pk=event_id).first()
    newest = IssuedList.objects.filter(event=event_id).order_by("-version").first()
    if event is None or (newest is None and not actor.is_staff):
        raise NotFound(f"no action list of event {event_id}")
    return issued(newest) if newest is not None else draft_list(event, actor, today=today)


def list_is_behind(made: ActionList, actor: Actor, *, today: date) -> bool:
    """Whether the meeting says something else now than the action list that went out.

    How an ask stands moves on every day and is no reason; who came, what was agreed and
    decided is. Of a list that is not out it is not so.
    """
    if not made.is_out:
        return False
    event = Event.objects.within(policy.reach_inside(actor)).filter(pk=made.event_id).first()
    return event is not None and _told(draft_list(event, actor, today=today)) != _told(made)


def _told(made: ActionList) -> tuple[object, ...]:
    agreed = {(ask.ask_id, ask.item, ask.owner_name) for ask in made.agreed}
    return agreed, made.seats, made.decisions, made.parked


def action_list_paper(event_id: int, actor: Actor, *, today: date) -> tuple[str, bytes]:
    """The action list on paper: a file name, and the PDF on file or one made of the list now."""
    from wardroom.calendar.gateways import list_name, typeset_list

    made = action_list(event_id, actor, today=today)
    kept = IssuedList.objects.filter(event=event_id, version=made.version).select_related("pdf")
    row = kept.first()
    if row is not None and row.pdf is not None:
        return list_name(made), read_content(row.pdf.digest)
    return list_name(made), typeset_list(made)


def draft_list(event: Event, actor: Actor, *, today: date) -> ActionList:
    """The action list as the meeting stands now; nothing of a restricted matter is on it.

    It leaves the office, so every address is told by its block.
    """
    lines = MeetingLine.objects.filter(event=event, struck_at=None).order_by("pk")
    said = [(line.kind, line.text) for line in lines]
    span = span_of(event, today=today)
    last = last_week(span, actor).asks
    following = (
        Event.objects.filter(
            kind=rules.CORE_TEAM,
            ward_code=event.ward_code,
            state=rules.PLANNED,
            starts_at__gt=event.starts_at,
        )
        .order_by("starts_at")
        .first()
    )
    row = event_row(event)
    return ActionList(
        event_id=event.pk,
        ward_code=event.ward_code,
        title=event.title,
        starts_at=event.starts_at,
        place_label=row.place_label,
        seats=tuple(_seat(roll) for roll in roll_of(event)),
        last_week=tuple(_item(ask) for ask in last if not ask.restricted),
        agreed=tuple(_item(ask) for ask in agreed_in(span, actor) if not ask.restricted),
        decisions=tuple(by_block(text) for kind, text in said if kind == rules.DECISION),
        parked=tuple(by_block(text) for kind, text in said if kind == rules.PARKED),
        next_at=following.starts_at if following is not None else None,
        schematic=settings.DEMONSTRATION or is_schematic(),
    )


def issued(row: IssuedList) -> ActionList:
    """The action list as it went out."""
    kept: Mapping[str, Any] = row.content
    return ActionList(
        event_id=kept["event_id"],
        ward_code=kept["ward_code"],
        title=kept["title"],
        starts_at=datetime.fromisoformat(kept["starts_at"]),
        place_label=kept["place_label"],
        seats=tuple(ListedSeat(**seat) for seat in kept["seats"]),
        last_week=tuple(_kept(ask) for ask in kept["last_week"]),
        agreed=tuple(_kept(ask) for ask in kept["agreed"]),
        decisions=tuple(kept["decisions"]),
        parked=tuple(kept["parked"]),
        next_at=datetime.fromisoformat(kept["next_at"]) if kept["next_at"] else None,
        schematic=kept["schematic"],
        version=row.version,
        correction=row.correction,
        issued_at=row.issued_at,
        issued_by=row.issued_by,
    )


def to_plain(made: ActionList) -> dict[str, Any]:
    """The list as plain values, to freeze it or to typeset it."""
    plain: dict[str, Any] = _plain(dataclasses.asdict(made))
    return plain


def get_issued(list_id: int) -> IssuedList:
    """One list that went out, for the house that files and sends it."""
    row = IssuedList.objects.filter(pk=list_id).select_related("event", "pdf").first()
    if row is None:
        raise NotFound(f"no action list {list_id}")
    return row


def _item(ask: HeardAsk) -> ListedAsk:
    why = f". {' '.join(ask.why)}" if ask.why else ""
    return ListedAsk(
        ask_id=ask.ask_id,
        item=by_block(ask.wording),
        where=block_of(ask.place_label) or by_block(ask.public_title),
        agency_code=ask.agency_code,
        owner_name=ask.owner_name,
        due_on=ask.expected_on,
        status=by_block(f"{ask.words}{why}"),
    )


def _seat(roll: RollRow) -> ListedSeat:
    return ListedSeat(roll.agency_code, roll.agency_name, roll.attended, roll.came)


def _kept(ask: Mapping[str, Any]) -> ListedAsk:
    return ListedAsk(**{**ask, "due_on": date.fromisoformat(ask["due_on"])})


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return value
