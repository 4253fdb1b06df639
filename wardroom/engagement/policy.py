"""Who may take in commissions' papers, answer them, and write down and confirm promises."""

from __future__ import annotations

from typing import Any, Protocol

from wardroom.access.actor import NO_ROWS, Actor, Role, Scope
from wardroom.matters import policy as matters_policy


class PaperRow(Protocol):
    """What a policy reads of a paper, of a concern in it, or of a promise."""

    @property
    def matter(self) -> Any: ...


def reach(actor: Actor) -> Scope:
    """Papers and promises whose matter the actor may read inside; no partner reads them."""
    scope = actor.reach.by(ward="matter__ward_code") if actor.is_staff else NO_ROWS
    return scope.without(("matter_id", actor.reach.sealed_ids("matter")))


def may_take_in_paper(actor: Actor, _: Any) -> bool:
    """The director, and liaisons in the own ward."""
    return actor.has(Role.DIRECTOR, Role.LIAISON)


def may_answer_concern(actor: Actor, concern: PaperRow) -> bool:
    """The liaison of the ward, or the director."""
    return matters_policy.runs_matter(actor, concern.matter)


def may_note_letter(actor: Actor, matter: matters_policy.MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return matters_policy.runs_matter(actor, matter)


def may_end_paper(actor: Actor, matter: matters_policy.MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return matters_policy.runs_matter(actor, matter)


def may_hear_commitment(actor: Actor, _: Any) -> bool:
    """The director, and liaisons in the own ward."""
    return actor.has(Role.DIRECTOR, Role.LIAISON)


def may_confirm_commitment(actor: Actor, matter: matters_policy.MatterRow) -> bool:
    """The director alone: a promise binds others."""
    return actor.has(Role.DIRECTOR) and not matters_policy.is_sealed(actor, matter.pk)


def may_carry_commitment(actor: Actor, matter: matters_policy.MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return matters_policy.runs_matter(actor, matter)
