"""Who may rank places, and who may decide about them."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import NO_ROWS, Actor, Role, Scope, staff_reach
from wardroom.matters.policy import opens, runs, runs_matter


def reach(actor: Actor) -> Scope:
    """Staff see the candidates of their wards; partners and visitors see none."""
    return actor.reach.by(ward="ward_code") if actor.is_staff else NO_ROWS


def may_detect(actor: Actor, _: Any) -> bool:
    """The house itself and the director have the places ranked."""
    return actor.has(Role.SYSTEM, Role.DIRECTOR)


def may_decide(actor: Actor, candidate: Any) -> bool:
    """The liaison of the ward, or the director."""
    return runs(actor, candidate.ward_code)


def may_nominate(actor: Actor, _: Any) -> bool:
    """The director, liaisons, and the office's other staff who take things in."""
    return actor.has(Role.DIRECTOR, Role.LIAISON, Role.STAFF)


def may_nominate_in(actor: Actor, ward_code: str) -> bool:
    """Whoever takes things in there; a liaison only in the own ward."""
    return opens(actor, ward_code)


def reach_of_locations(actor: Actor) -> Scope:
    """The locations whose matter's inner side the actor may read."""
    return staff_reach(actor, ward="matter__ward_code", matter="matter_id")


def may_run_location(actor: Actor, location: Any) -> bool:
    """The liaison of the ward, or the director."""
    return runs_matter(actor, location.matter)


def may_write_public_text(actor: Actor, location: Any) -> bool:
    """The liaison of the ward, or the director."""
    return runs_matter(actor, location.matter)


def may_approve_public_text(actor: Actor, row: Any) -> bool:
    """The liaison of the ward, or the director; the action keeps the writer out."""
    return runs_matter(actor, row.location.matter)


def may_withdraw_public_text(actor: Actor, row: Any) -> bool:
    """The liaison of the ward, or the director."""
    return runs_matter(actor, row.location.matter)


def may_relapse(actor: Actor, _: Any) -> bool:
    """The house itself, after a look or a ranking found the trouble back."""
    return actor.has(Role.SYSTEM)


def may_set_location_rule(actor: Actor, _: Any) -> bool:
    """The director sets the numbers of the entry and the exit test."""
    return actor.has(Role.DIRECTOR)


def reach_of_rates(actor: Actor) -> Scope:
    """Staff see how readily the districts of their wards report; partners and visitors do not."""
    return actor.reach.by(ward="ward_code") if actor.is_staff else NO_ROWS


def may_set_weights(actor: Actor, _: Any) -> bool:
    """The director says what weighs how much in the office's own order."""
    return actor.has(Role.DIRECTOR)


def reach_of_evaluations(actor: Actor) -> Scope:
    """Staff see what is tested at a place of their wards; nobody one with a place sealed to them.

    Partners and visitors see none.
    """
    if not actor.is_staff:
        return NO_ROWS
    scope = actor.reach.by(ward="places__ward_code")
    return scope.without(("places__location__matter_id", actor.reach.sealed_ids("matter")))


def reach_of_evaluated_places(actor: Actor) -> Scope:
    """The places of an evaluation that lie in the actor's wards; staff only."""
    if not actor.is_staff:
        return NO_ROWS
    scope = actor.reach.by(ward="ward_code")
    return scope.without(("location__matter_id", actor.reach.sealed_ids("matter")))


def may_plan_evaluation(actor: Actor) -> bool:
    """The director, and a liaison about the own wards' locations."""
    return actor.has(Role.DIRECTOR, Role.LIAISON)


def may_register_evaluation(actor: Actor, chosen: Any) -> bool:
    """The director, or the liaison in whose ward all its locations lie."""
    return runs(actor, chosen.ward_code)


def may_draw_order(actor: Actor, evaluation: Any) -> bool:
    """The director, or the liaison in whose ward all its locations lie."""
    return runs(actor, evaluation.ward_code)


def may_withdraw_evaluation(actor: Actor, evaluation: Any) -> bool:
    """The director, or the liaison in whose ward all its locations lie."""
    return runs(actor, evaluation.ward_code)


def may_keep_verdict(actor: Actor, _: Any) -> bool:
    """The house itself, by the clock, and whoever runs it from the shell."""
    return actor.has(Role.SYSTEM)


def may_try_judge(actor: Actor, _: Any) -> bool:
    """The house itself, by the clock, and whoever runs it from the shell."""
    return actor.has(Role.SYSTEM)


def may_keep_preview(actor: Actor, _: Any) -> bool:
    """The house itself, which counts what somebody asked for."""
    return actor.has(Role.SYSTEM)


def may_look_ahead(actor: Actor, _: Any) -> bool:
    """Whoever may plan an evaluation."""
    return may_plan_evaluation(actor)
