"""Who may take in requests for the Mayor, decide on them, and run the events."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import Actor, Role
from wardroom.calendar import policy as calendar_policy
from wardroom.matters import policy as matters_policy


def may_take_event_request(actor: Actor, _: Any) -> bool:
    """The director, and liaisons in the own ward."""
    return actor.has(Role.DIRECTOR, Role.LIAISON)


def may_ask_for_visit(actor: Actor, _: Any) -> bool:
    """Everybody: the public page is for those whom the office does not know."""
    return True


def may_decide_event_request(actor: Actor, matter: matters_policy.MatterRow) -> bool:
    """The director alone: it binds the Mayor's day."""
    return actor.has(Role.DIRECTOR) and not matters_policy.is_sealed(actor, matter.pk)


def may_run_event(actor: Actor, matter: matters_policy.MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return matters_policy.runs_matter(actor, matter)


def may_follow_calendar(actor: Actor, matter: matters_policy.MatterRow) -> bool:
    """Whoever runs the event, and the house where the calendar canceled it."""
    return actor.has(Role.SYSTEM) or may_run_event(actor, matter)


def may_run_show(actor: Actor, event: calendar_policy.EventLike) -> bool:
    """Whoever may add people to the event."""
    return calendar_policy.may_add_participation(actor, event)


def may_change_run(actor: Actor, line: Any) -> bool:
    """Whoever may add people to the event of the line."""
    return may_run_show(actor, line.event)


def may_type_sheet(actor: Actor, sheet: Any) -> bool:
    """Whoever may add people to the event of the sheet."""
    return may_run_show(actor, sheet.event)


def may_take_door(actor: Actor, event: calendar_policy.EventLike) -> bool:
    """Whoever may add people to the event, as somebody: the pass is a person's."""
    return actor.user_id is not None and may_run_show(actor, event)


def may_deliver_at_door(actor: Actor, _: Any) -> bool:
    """Staff with a pass; the action asks for the pass itself.

    Whoever lost the ward meanwhile can still hand in what they wrote: it is kept.
    """
    return actor.is_staff
