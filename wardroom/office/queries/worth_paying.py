"""What money can be given to: events, programs and positions, for those who keep it."""

from __future__ import annotations

from datetime import date

from wardroom.access.actor import Actor
from wardroom.calendar.models import Event
from wardroom.kernel.errors import NotFound
from wardroom.matters import policy as matters_policy
from wardroom.matters.models import Matter
from wardroom.office import policy
from wardroom.office.models import Position

MOST_CHOICES = 60
MOST_POSITIONS = 200
PROGRAMS = ("initiative", "campaign")


def events_to_pay(actor: Actor, *, on: date) -> tuple[tuple[int, str, date], ...]:
    """The next events of the office that money can be given to."""
    if not policy.may_keep_money(actor, None):
        return ()
    soon = Event.objects.filter(state="planned", ends_at__date__gte=on)
    rows = soon.exclude(kind__in=("core_team", "anc_meeting")).order_by("starts_at", "pk")
    found = rows.values_list("pk", "title", "starts_at__date")[:MOST_CHOICES]
    return tuple((pk, title, day) for pk, title, day in found)


def programs_to_pay(actor: Actor) -> tuple[tuple[int, str], ...]:
    """Our own open initiatives and campaigns, the newest first."""
    if not policy.may_keep_money(actor, None):
        return ()
    rows = Matter.objects.within(matters_policy.reach(actor)).filter(
        kind__in=PROGRAMS, state="open"
    )
    return tuple(rows.order_by("-opened_at", "-pk").values_list("pk", "title")[:MOST_CHOICES])


def positions_to_pay(actor: Actor) -> tuple[tuple[int, str], ...]:
    """The positions of the office that are there, by their title."""
    if not policy.may_keep_money(actor, None):
        return ()
    rows = Position.objects.filter(until_on=None).order_by("title", "pk")
    found = rows.values_list("pk", "title", "ward_code")[:MOST_POSITIONS]
    return tuple((pk, f"{title}, Ward {ward}" if ward else title) for pk, title, ward in found)


def get_position_to_pay(position_id: int, actor: Actor) -> Position:
    """One of those positions."""
    found: Position | None = Position.objects.filter(pk=position_id).first()
    if found is None or not policy.may_keep_money(actor, None):
        raise NotFound(f"no position {position_id}")
    return found


def get_event_to_pay(event_id: int, actor: Actor) -> Event:
    """One of those events."""
    found: Event | None = Event.objects.filter(pk=event_id, state="planned").first()
    if found is None or not policy.may_keep_money(actor, None):
        raise NotFound(f"no event {event_id}")
    return found


def get_program_to_pay(matter_id: int, actor: Actor) -> Matter:
    """One of those initiatives."""
    rows = Matter.objects.within(matters_policy.reach(actor)).filter(kind__in=PROGRAMS)
    found: Matter | None = rows.filter(pk=matter_id).first()
    if found is None:
        raise NotFound(f"no initiative {matter_id}")
    return found
