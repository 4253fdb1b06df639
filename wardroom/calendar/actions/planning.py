"""Planning an event, moving it, and writing down that it took place or does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.calendar import facts, policy, rules
from wardroom.calendar.actions.words import event_words, when
from wardroom.calendar.models import Event, Mandate, Participation, Series
from wardroom.calendar.queries.events import city_zone
from wardroom.city.models import Place
from wardroom.directory.models import Party
from wardroom.kernel.errors import Refused, Stale
from wardroom.ledger.actions import record
from wardroom.matters.models import Matter
from wardroom.matters.rules import check_length, check_text


@dataclass(frozen=True)
class EventDraft:
    """An event as it is planned; instants carry a zone, an empty ward is the whole city."""

    kind: str
    title: str
    starts_at: datetime
    ends_at: datetime
    ward_code: str = ""
    place_text: str = ""
    place: Place | None = None
    matter: Matter | None = None
    series: Series | None = None
    host: Party | None = None

    @property
    def matter_id(self) -> Any:
        """The matter that it is about, for the policy."""
        return self.matter.pk if self.matter is not None else None


@action(policy.may_plan_event)
def plan_event(draft: EventDraft, *, stamp: Stamp) -> Event:
    """Put an event into the calendar.

    Refuses: a kind that is not known; no title; an end before the start; a day that is over.
    Records: `EventPlanned`.
    """
    if draft.kind not in rules.KINDS:
        raise Refused("unknown_kind", "Choose what kind of event it is.", field="kind")
    rules.check_span(draft.starts_at, draft.ends_at, now=stamp.at)
    rules.check_still_to_come(draft.starts_at, now=stamp.at, zone=city_zone())
    event = Event.objects.create(
        kind=draft.kind,
        title=check_text(
            draft.title,
            code="title_missing",
            sentence="Give it a title.",
            field="title",
            most=200,
        ),
        starts_at=draft.starts_at,
        ends_at=draft.ends_at,
        place_text=check_length(draft.place_text, field="place_text", most=200),
        place=draft.place,
        ward_code=draft.ward_code,
        matter=draft.matter,
        series=draft.series,
        host=draft.host,
        planned_at=stamp.at,
        planned_by=stamp.actor.name,
    )
    fact = facts.EventPlanned(
        **event_words(event),
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        when=when(event.starts_at),
    )
    record(fact, stamp=stamp)
    return event


@action(policy.may_move_event)
def move_event(
    event: Event,
    *,
    starts_at: datetime,
    ends_at: datetime,
    reason: str = "",
    seen: int | None = None,
    stamp: Stamp,
) -> Event:
    """Give a planned event another time; the time before stays on record.

    Whoever was invited, and whoever speaks there for the Mayor, is asked again: what they
    answered was about the time before.
    ``seen`` is the version that the mover had before them.
    Refuses: an event that was held or canceled; the same time; an end before the start; a day
    that is over; `stale` where somebody changed it in the meantime. Records: `EventMoved`.
    """
    rules.check_move(event.state, "move_event")
    _check_seen(event, seen)
    rules.check_span(starts_at, ends_at, now=stamp.at)
    rules.check_still_to_come(starts_at, now=stamp.at, zone=city_zone())
    if (starts_at, ends_at) == (event.starts_at, event.ends_at):
        raise Refused("already_so", "It is planned for this time already.", field="starts_at")
    former = event.starts_at
    event.starts_at, event.ends_at = starts_at, ends_at
    _save(event, stamp)
    speaks = Mandate.objects.filter(event=event, ended_at=None)
    asked = Q(invitation__isnull=False) | Q(pk__in=speaks.values("participation"))
    Participation.objects.filter(asked, event=event).update(answer="")
    speaks.update(accepted_at=None)
    fact = facts.EventMoved(
        **event_words(event),
        former_starts_at=former,
        former_when=when(former),
        starts_at=starts_at,
        ends_at=ends_at,
        when=when(starts_at),
        reason=check_length(reason, field="reason", most=300),
    )
    record(fact, stamp=stamp)
    return event


@action(policy.may_cancel_event)
def cancel_event(event: Event, *, reason: str, seen: int | None = None, stamp: Stamp) -> Event:
    """Cancel a planned event, and say why; the calendar keeps it and counts it as planned.

    Refuses: an event that was held or canceled; no reason; `stale` where somebody changed it
    in the meantime. Records: `EventCancelled`.
    """
    to = rules.check_move(event.state, "cancel_event")
    _check_seen(event, seen)
    event.cancelled_why = check_text(
        reason, code="reason_missing", sentence="Say why.", field="reason", most=300
    )
    _settle(event, to, stamp)
    fact = facts.EventCancelled(
        **event_words(event),
        starts_at=event.starts_at,
        when=when(event.starts_at),
        reason=event.cancelled_why,
    )
    record(fact, stamp=stamp)
    return event


@action(policy.may_hold_event)
def hold_event(event: Event, *, stamp: Stamp) -> Event:
    """Write down that an event took place; on its day, or later where it was forgotten.

    Refuses: an event that was held or canceled; one whose day is still to come.
    Records: `EventHeld`.
    """
    to = rules.check_move(event.state, "hold_event")
    rules.check_begun(event.starts_at, now=stamp.at, zone=city_zone())
    _settle(event, to, stamp)
    fact = facts.EventHeld(
        **event_words(event), starts_at=event.starts_at, when=when(event.starts_at)
    )
    record(fact, stamp=stamp)
    return event


def _settle(event: Event, state: str, stamp: Stamp) -> None:
    event.state, event.settled_at, event.settled_by = state, stamp.at, stamp.actor.name
    _save(event, stamp)


def _save(event: Event, stamp: Stamp) -> None:
    event.version += 1
    event.changed_at = stamp.at
    event.save()


def _check_seen(event: Event, seen: int | None) -> None:
    """Nobody moves or cancels what somebody else has moved in the meantime."""
    if seen is None or seen == event.version:
        return
    raise Stale(
        seen=str(event.version),
        theirs=(("Time", when(event.starts_at)), ("State", rules.STATES[event.state])),
        by=event.settled_by,
        at=event.settled_at,
    )
