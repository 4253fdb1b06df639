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


def reach_of_findings(actor: Actor) -> Scope:
    """An agency sees the stops of what it closed itself; which of them, the query says."""
    if not actor.has(Role.PARTNER):
        return NO_ROWS
    scope = Scope(any_of=(("agency", actor.reach.agencies),)) if actor.reach.agencies else NO_ROWS
    return scope.without(("ask__matter_id", actor.reach.sealed_ids("matter")))


def reads_findings(actor: Actor) -> bool:
    """Whoever signs in for an agency."""
    return actor.has(Role.PARTNER)


def may_dispute_finding(actor: Actor, check: Any) -> bool:
    """A partner of the agency that closed what was looked at."""
    stop = check.stop
    if stop.ask_id is not None and matters_policy.is_sealed(actor, stop.ask.matter_id):
        return False
    own = bool(stop.agency) and stop.agency in actor.reach.agencies
    return actor.has(Role.PARTNER) and own


def may_settle_dispute(actor: Actor, dispute: Any) -> bool:
    """Whoever of the office may look at the stop; the action keeps the observer out."""
    return may_record_spot_check(actor, dispute.stop)


def may_end_round(actor: Actor, row: Any) -> bool:
    """The director, or the liaison in whose ward all of it lies."""
    return matters_policy.runs(actor, row.ward_code)


def reach_of_walks(actor: Actor) -> Scope:
    """Staff see the walks of their wards; partners and visitors none."""
    return actor.reach.by(ward="ward_code") if actor.is_staff else NO_ROWS


def reach_of_walk_stops(actor: Actor) -> Scope:
    """The stops of those walks, but none at a matter that is sealed to the reader."""
    if not actor.is_staff:
        return NO_ROWS
    scope = actor.reach.by(ward="walk__ward_code")
    return scope.without(("matter_id", actor.reach.sealed_ids("matter")))


def reach_of_walk_lines(actor: Actor) -> Scope:
    """What was handed in at such stops, but no new trouble that is sealed to the reader."""
    if not actor.is_staff:
        return NO_ROWS
    sealed = actor.reach.sealed_ids("matter")
    scope = actor.reach.by(ward="walk__ward_code")
    return scope.without(("stop__matter_id", sealed), ("matter_id", sealed))


def may_draw_walk(actor: Actor, draft: Any) -> bool:
    """The director, or the liaison of the ward."""
    return matters_policy.runs(actor, draft.ward_code)


def may_take_walk(actor: Actor, walk: Any) -> bool:
    """Whoever runs the ward, and so may write down what is seen there."""
    return actor.user_id is not None and matters_policy.runs(actor, walk.ward_code)


def may_deliver(actor: Actor, _: Any) -> bool:
    """Whoever in the office holds the pass of a walk; the action asks for the pass itself.

    Somebody whose ward it is no longer may still hand in what they saw: it is kept.
    """
    return actor.is_staff


def may_move_walk(actor: Actor, _: Any) -> bool:
    """The house itself, once whoever runs the ward moved the event of the walk."""
    return actor.has(Role.SYSTEM)


def may_settle_stop(actor: Actor, stop: Any) -> bool:
    """Whoever runs the ward, at a stop that is not sealed to them."""
    return matters_policy.runs(actor, stop.walk.ward_code) and not matters_policy.is_sealed(
        actor, stop.matter_id
    )


def may_withhold_photo(actor: Actor, photo: Any) -> bool:
    """Whoever runs the ward of the walk."""
    return matters_policy.runs(actor, photo.walk.ward_code)


def may_end_walk(actor: Actor, walk: Any) -> bool:
    """Whoever runs the ward."""
    return matters_policy.runs(actor, walk.ward_code)


def may_note_born(actor: Actor, line: Any) -> bool:
    """The house itself, once casework has opened what was seen; so the observer asks nothing."""
    return actor.has(Role.SYSTEM)


def may_tell_findings(actor: Actor, _: Any) -> bool:
    """The house itself, once a day."""
    return actor.has(Role.SYSTEM)
