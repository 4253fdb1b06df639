"""Who sends somebody to a service, and who writes down whether it helped."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import Actor, Role
from wardroom.matters import policy as matters_policy


def may_make_referral(actor: Actor, _: Any) -> bool:
    """The director, liaisons and staff, who take the calls."""
    return actor.has(Role.DIRECTOR, Role.LIAISON, Role.STAFF)


def may_carry_referral(actor: Actor, matter: matters_policy.MatterRow) -> bool:
    """The liaison of the ward or the director; and the house, on the word of a mailed link."""
    return actor.has(Role.SYSTEM) or matters_policy.runs_matter(actor, matter)


def may_answer_referral_by_link(actor: Actor, _: Any) -> bool:
    """Whoever holds the link: the token is the power."""
    return True
