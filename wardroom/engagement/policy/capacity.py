"""Who issues guidelines, decides on groups' plans, helps groups, and keeps the review log."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import Actor, Role, Scope, office_reach
from wardroom.engagement.policy.groups import may_keep_group
from wardroom.matters import policy as matters_policy


def may_read_guidelines(actor: Actor) -> bool:
    """All of the office reads what groups work by."""
    return actor.is_staff


def may_issue_guideline(actor: Actor, _: Any) -> bool:
    """The director issues what groups work by."""
    return actor.has(Role.DIRECTOR)


def may_accept_guideline(actor: Actor, group: Any) -> bool:
    """The liaison of the group's ward notes that it accepted, or the director."""
    return may_keep_group(actor, group)


def may_submit_plan(actor: Actor, group: Any) -> bool:
    """The liaison of the group's ward takes its plan in, or the director."""
    return may_keep_group(actor, group)


def may_decide_plan(actor: Actor, matter: matters_policy.MatterRow) -> bool:
    """The director alone approves a plan or returns it."""
    return actor.has(Role.DIRECTOR) and not matters_policy.is_sealed(actor, matter.pk)


def may_carry_plan(actor: Actor, matter: matters_policy.MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return matters_policy.runs_matter(actor, matter)


def may_open_assistance(actor: Actor, _: Any) -> bool:
    """The director, and liaisons in the own ward."""
    return actor.has(Role.DIRECTOR, Role.LIAISON)


def may_carry_assistance(actor: Actor, matter: matters_policy.MatterRow) -> bool:
    """The liaison of the ward, or the director; of a mediation only whom it names."""
    return matters_policy.runs_matter(actor, matter)


def may_tick_line(actor: Actor, line: Any) -> bool:
    """The liaison of the ward, or the director."""
    return matters_policy.runs_matter(actor, line.matter)


def reach_of_reviews(actor: Actor) -> Scope:
    """Reviews of the actor's wards and of the whole city, for the office."""
    return office_reach(actor)


def may_note_reviews(actor: Actor) -> bool:
    """The director, and liaisons in the own ward."""
    return actor.has(Role.DIRECTOR, Role.LIAISON)


def may_keep_review(actor: Actor, row: Any) -> bool:
    """The liaison of the ward, or the director."""
    return matters_policy.runs(actor, row.ward_code)
