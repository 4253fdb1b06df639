"""Who may take in commissions' papers and answer them."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import Actor, Role
from wardroom.engagement.policy.rows import PaperRow
from wardroom.matters import policy as matters_policy


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
