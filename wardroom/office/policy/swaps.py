"""Who asks for a swap, who answers, and who decides where a rule speaks against it."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import Actor, Role
from wardroom.calendar.policy import may_take_shift


def may_ask_swap(actor: Actor, shift: Any) -> bool:
    """Whoever has the shift."""
    return actor.user_id is not None and shift.user_id == actor.user_id


def may_answer_swap(actor: Actor, swap: Any) -> bool:
    """Whoever was asked; where anyone was, every colleague who can be on duty."""
    if not may_take_shift(actor) or actor.user_id == swap.asker_id:
        return False
    return swap.asked_id is None or swap.asked_id == actor.user_id


def may_withdraw_swap(actor: Actor, swap: Any) -> bool:
    """Whoever asked."""
    return actor.user_id is not None and actor.user_id == swap.asker_id


def may_settle_swap(actor: Actor, _: Any) -> bool:
    """The director."""
    return actor.has(Role.DIRECTOR)


def may_chase_swap(actor: Actor, _: Any) -> bool:
    """The house, by the clock."""
    return actor.has(Role.SYSTEM)
