"""Who may write, read and vouch for work plans, and who opens initiatives and improvements."""

from __future__ import annotations

from typing import Any, Protocol

from wardroom.access.actor import ALL_ROWS, NO_ROWS, Actor, Role, Scope, staff_reach
from wardroom.matters import policy as matters_policy


class StepRow(Protocol):
    """What a policy reads of a step."""

    @property
    def ask(self) -> Any: ...


class PlanRow(Protocol):
    """What a policy reads of a version of a plan."""

    @property
    def matter(self) -> Any: ...


def reach(actor: Actor) -> Scope:
    """Plans of matters whose inner side the actor may read; no partner reads a plan."""
    return staff_reach(actor, ward="matter__ward_code", matter="matter_id")


def reach_of_steps(actor: Actor) -> Scope:
    """Steps of the plans within reach; no partner reads them."""
    return staff_reach(actor, ward="plan__matter__ward_code", matter="plan__matter_id")


def reach_of_campaigns(actor: Actor) -> Scope:
    """Campaigns and their parts, for the whole office: who leads where, and how far it is."""
    scope = ALL_ROWS if actor.is_staff else NO_ROWS
    return scope.without(("id", actor.reach.sealed_ids("matter")))


def may_adopt_plan(actor: Actor, matter: matters_policy.MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return matters_policy.runs_matter(actor, matter)


def may_review_plan(actor: Actor, plan: PlanRow) -> bool:
    """The liaison of the ward, or the director."""
    return matters_policy.runs_matter(actor, plan.matter)


def may_name_step_owner(actor: Actor, step: StepRow) -> bool:
    """The liaison of the ward, or the director."""
    return matters_policy.runs_ask(actor, step.ask)


def may_verify_step(actor: Actor, step: StepRow) -> bool:
    """The liaison of the ward, the director, and the office's other staff; never a partner."""
    ask = step.ask
    return matters_policy.opens(actor, ask.ward_code) and not matters_policy.is_sealed(
        actor, ask.matter_id
    )


def may_open_initiative(actor: Actor, _: Any) -> bool:
    """The director, and liaisons in the own ward."""
    return actor.has(Role.DIRECTOR, Role.LIAISON)


def may_agree_improvement(actor: Actor, _: Any) -> bool:
    """The director, and liaisons in the own ward."""
    return actor.has(Role.DIRECTOR, Role.LIAISON)


def may_note_evidence(actor: Actor, matter: matters_policy.MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return matters_policy.runs_matter(actor, matter)


def may_trace_improvement(actor: Actor, matter: matters_policy.MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return matters_policy.runs_matter(actor, matter)


def may_end_improvement(actor: Actor, matter: matters_policy.MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return matters_policy.runs_matter(actor, matter)
