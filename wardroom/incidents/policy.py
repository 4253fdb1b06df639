"""Who may take alerts in, read them, and decide what they are to the office."""

from __future__ import annotations

from typing import Any, Protocol

from wardroom.access.actor import ALL_ROWS, NO_ROWS, Actor, Role, Scope, office_reach
from wardroom.matters import policy as matters_policy


class DraftRow(Protocol):
    """What a policy reads of an alert."""

    @property
    def touched_wards(self) -> frozenset[str]: ...


def reach(actor: Actor) -> Scope:
    """All of the office reads every alert: other authorities sent them to everybody."""
    return ALL_ROWS if actor.is_staff else NO_ROWS


def reach_of_incidents(actor: Actor) -> Scope:
    """Incidents of the actor's wards and of the whole city, for the office."""
    return office_reach(actor).without(("id", actor.reach.sealed_ids("matter")))


def may_take_alert(actor: Actor, _: Any) -> bool:
    """The director, liaisons and staff by hand; the house for a key or the feed."""
    return actor.has(Role.SYSTEM, Role.DIRECTOR, Role.LIAISON, Role.STAFF)


def may_decide_alert(actor: Actor, draft: DraftRow) -> bool:
    """The director, and the liaisons of the wards that it touches."""
    return actor.has(Role.DIRECTOR) or (
        actor.has(Role.LIAISON) and bool(draft.touched_wards & actor.reach.wards)
    )


def may_end_alert(actor: Actor, _: Any) -> bool:
    """The house itself, by the clock."""
    return actor.has(Role.SYSTEM)


def may_read_change(actor: Actor, draft: Any) -> bool:
    """The liaison of the incident's ward, or the director."""
    return draft.matter is not None and matters_policy.runs_matter(actor, draft.matter)


def may_end_incident(actor: Actor, matter: matters_policy.MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return matters_policy.runs_matter(actor, matter)
