"""Who may hand work over, take it over, and see that it is."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import ALL_ROWS, NO_ROWS, Actor, Role, Scope
from wardroom.matters.policy.rows import HandoverRow
from wardroom.matters.policy.running import runs


def may_start_handover(actor: Actor, _: Any) -> bool:
    """The director, and the operator at the shell."""
    return actor.has(Role.DIRECTOR, Role.SYSTEM)


def may_set_successor(actor: Actor, handover: HandoverRow) -> bool:
    """The director, the operator, and whoever leaves."""
    return actor.has(Role.DIRECTOR, Role.SYSTEM) or _leaves(actor, handover)


def may_write_handover_note(actor: Actor, handover: HandoverRow) -> bool:
    """Whoever leaves, and the director."""
    return actor.has(Role.DIRECTOR) or _leaves(actor, handover)


def may_accept_items(actor: Actor, _: Any) -> bool:
    """Whoever works here, for what is handed to them alone; and the operator in bulk."""
    return actor.has(Role.DIRECTOR, Role.LIAISON, Role.STAFF, Role.SYSTEM)


def may_send_back_items(actor: Actor, _: Any) -> bool:
    """Whoever works here, for what is handed to them alone."""
    return actor.has(Role.DIRECTOR, Role.LIAISON, Role.STAFF)


def may_finish_handover(actor: Actor, _: Any) -> bool:
    """The director, and the operator at the shell."""
    return actor.has(Role.DIRECTOR, Role.SYSTEM)


def may_call_off_handover(actor: Actor, _: Any) -> bool:
    """The director."""
    return actor.has(Role.DIRECTOR)


def may_hand_over_everything(actor: Actor, _: Any) -> bool:
    """The operator at the shell."""
    return actor.has(Role.SYSTEM)


def may_take_up_left_work(actor: Actor, _: Any) -> bool:
    """The house itself, the morning after a role has ended."""
    return actor.has(Role.SYSTEM)


def may_hold(actor: Actor, needs: str, ward_code: str) -> bool:
    """Whether somebody can look after a live thing that needs this: a ward's, the office's."""
    if needs == "director":
        return actor.has(Role.DIRECTOR)
    if needs == "ward":
        return runs(actor, ward_code)
    if needs == "liaison":
        return actor.has(Role.DIRECTOR, Role.LIAISON)
    return actor.is_staff


def reach_of_handovers(actor: Actor) -> Scope:
    """The director, records and audit see every handover; others those they have a part in."""
    if actor.has(Role.DIRECTOR, Role.RECORDS, Role.AUDITOR, Role.SYSTEM):
        return ALL_ROWS
    if not actor.is_staff or actor.user_id is None:
        return NO_ROWS
    me = frozenset({actor.user_id})
    return Scope(any_of=(("party__user_id", me), ("items__successor__user_id", me)))


def reach_of_items(actor: Actor) -> Scope:
    """The leaver and those who see every handover see all of it, a successor only the own."""
    scope = reach_of_handovers(actor)
    if not scope.everything and scope.any_of:
        me = frozenset({actor.user_id})
        pairs = (("handover__party__user_id", me), ("successor__user_id", me))
        scope = Scope(any_of=pairs)
    return scope.without(("matter_id", actor.reach.sealed_ids("matter")))


def _leaves(actor: Actor, handover: HandoverRow) -> bool:
    return (
        actor.user_id is not None
        and actor.is_staff
        and bool(handover.party.user_id == actor.user_id)
    )
