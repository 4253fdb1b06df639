"""Who names programs, and who checks commitments against them."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import Actor, Role
from wardroom.engagement.policy.rows import PaperRow
from wardroom.matters import policy as matters_policy


def may_keep_programs(actor: Actor, _: Any) -> bool:
    """The director and the liaisons: the list is the office's own."""
    return actor.has(Role.DIRECTOR, Role.LIAISON)


def may_check_program(actor: Actor, commitment: PaperRow) -> bool:
    """The liaison of the ward, or the director."""
    return matters_policy.runs_matter(actor, commitment.matter)
