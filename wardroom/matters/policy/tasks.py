"""Who may put things on lists, and do them."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import Actor, Role
from wardroom.matters.policy.rows import MatterRow, TaskRow
from wardroom.matters.policy.running import adds_to, has_it, leads_ask


def may_add_task(actor: Actor, matter: MatterRow | None) -> bool:
    """Staff put things on lists: in their wards, or without a matter; and the house itself."""
    return adds_to(actor, matter)


def may_finish_task(actor: Actor, ask: TaskRow) -> bool:
    """Whoever has it on the list; the director; and in its ward whoever runs the ward."""
    return has_it(actor, ask) or leads_ask(actor, ask)


def may_run_task(actor: Actor, ask: TaskRow) -> bool:
    """Whoever has it on the list; the director; and in its ward whoever runs the ward."""
    return has_it(actor, ask) or leads_ask(actor, ask)


def may_drop_task(actor: Actor, ask: TaskRow) -> bool:
    """Whoever may run it, and the house itself where what it hangs on was called off."""
    return actor.has(Role.SYSTEM) or may_run_task(actor, ask)


def may_restart_clock(actor: Actor, ask: TaskRow) -> bool:
    """Whoever may move it, and the house itself where what it hangs on moved."""
    return actor.has(Role.SYSTEM) or may_run_task(actor, ask)


def may_climb_ladder(actor: Actor, _: Any) -> bool:
    """The house itself, by the clock."""
    return actor.has(Role.SYSTEM)


def may_give_task(actor: Actor, ask: TaskRow) -> bool:
    """Whoever may move it, and the house itself where a colleague takes over."""
    return actor.has(Role.SYSTEM) or may_run_task(actor, ask)
