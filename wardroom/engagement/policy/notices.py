"""Who writes down the notices that agencies owe."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import Actor, Role
from wardroom.matters import policy as matters_policy


def may_expect_notice(actor: Actor, _: Any) -> bool:
    """The director, and liaisons in the own ward."""
    return actor.has(Role.DIRECTOR, Role.LIAISON)


def may_watch_notice(actor: Actor, matter: matters_policy.MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return matters_policy.runs_matter(actor, matter)


def may_answer_notice_question(actor: Actor, matter: matters_policy.MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return matters_policy.runs_matter(actor, matter)
