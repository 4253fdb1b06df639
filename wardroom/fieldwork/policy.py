"""Who may look, who may draw what is looked at, and who may read what was seen."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import NO_ROWS, Actor, Role, Scope
from wardroom.matters import policy as matters_policy


def reach(actor: Actor) -> Scope:
    """Checks of matters whose inner side the actor may read; no partner reads them."""
    scope = actor.reach.by(ward="matter__ward_code")
    return scope.without(("matter_id", actor.reach.sealed_ids("matter")))


def reach_of_rounds(actor: Actor) -> Scope:
    """Staff see the rounds with a stop in their wards; partners and visitors none."""
    return actor.reach.by(ward="stops__ward_code") if actor.is_staff else NO_ROWS


def reach_of_stops(actor: Actor) -> Scope:
    """Staff see the stops in their wards, but none of a matter that is sealed to them."""
    if not actor.is_staff:
        return NO_ROWS
    scope = actor.reach.by(ward="ward_code")
    return scope.without(("ask__matter_id", actor.reach.sealed_ids("matter")))


def may_record_check(actor: Actor, matter: matters_policy.MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return matters_policy.runs_matter(actor, matter)


def may_plan_round(actor: Actor) -> bool:
    """The director, and a liaison about the own wards."""
    return actor.has(Role.DIRECTOR, Role.LIAISON)


def may_draw_round(actor: Actor, draft: Any) -> bool:
    """The director, or the liaison in whose ward all of it lies."""
    return matters_policy.runs(actor, draft.ward_code)


def may_record_spot_check(actor: Actor, stop: Any) -> bool:
    """The liaison of the ward, the director, and the office's other staff."""
    if stop.ask_id is not None and matters_policy.is_sealed(actor, stop.ask.matter_id):
        return False
    return matters_policy.opens(actor, stop.ward_code)


def may_correct_spot_check(actor: Actor, check: Any) -> bool:
    """Whoever recorded it."""
    own = actor.user_id is not None and check.observer.user_id == actor.user_id
    return own and may_record_spot_check(actor, check.stop)


def may_end_round(actor: Actor, row: Any) -> bool:
    """The director, or the liaison in whose ward all of it lies."""
    return matters_policy.runs(actor, row.ward_code)
