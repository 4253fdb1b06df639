"""Who plans the rota, who sees it, and who tells what of the own days."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import ALL_ROWS, NO_ROWS, Actor, Role, Scope
from wardroom.calendar.policy import may_see_duty, may_take_shift

OVERSEE = (Role.DIRECTOR, Role.AUDITOR, Role.RECORDS, Role.SYSTEM)
OPEN_STATES = frozenset({"published", "replaced"})


def rota_reach(actor: Actor) -> Scope:
    """Drafts are for those who plan, audit or keep records; what was published, for the office."""
    if actor.has(*OVERSEE):
        return ALL_ROWS
    if actor.is_staff:
        return Scope(any_of=(("state", OPEN_STATES),))
    return NO_ROWS


def wish_reach(actor: Actor) -> Scope:
    """The own wishes; those who plan, audit or keep records see everybody's."""
    if actor.has(*OVERSEE):
        return ALL_ROWS
    if actor.is_staff and actor.user_id is not None:
        return Scope(any_of=(("user_id", frozenset({actor.user_id})),))
    return NO_ROWS


def may_see_rota(actor: Actor) -> bool:
    """Everybody of the office."""
    return may_see_duty(actor)


def may_plan_rota(actor: Actor, _: Any = None) -> bool:
    """The director."""
    return actor.has(Role.DIRECTOR)


def may_keep_proposal(actor: Actor, _: Any = None) -> bool:
    """The house, which looked for it."""
    return actor.has(Role.SYSTEM)


def may_enter_wish(actor: Actor, person: Any = None) -> bool:
    """Those who can be on duty, each for themselves, and the director for each of them."""
    if person is None or person.pk == actor.user_id:
        return may_take_shift(actor)
    return may_plan_rota(actor)


def may_take_gap(actor: Actor, _: Any = None) -> bool:
    """Those who can be on duty."""
    return may_take_shift(actor)


def may_withdraw_wish(actor: Actor, wish: Any) -> bool:
    """Whoever it is about, and the director what was entered for somebody else."""
    own = actor.user_id is not None and wish.user_id == actor.user_id
    return own or (bool(getattr(wish, "entered_by", "")) and may_plan_rota(actor))


def may_note_languages(actor: Actor, person: Any) -> bool:
    """Everybody who can be on duty for themselves, and the director for everybody."""
    user_id = getattr(person, "user_id", None) or getattr(person, "pk", None)
    own = actor.user_id is not None and actor.user_id == user_id
    return may_plan_rota(actor) or (own and may_take_shift(actor))


def may_keep_gaps(actor: Actor, _: Any = None) -> bool:
    """The house, which looks for gaps and frees the shifts of those who left."""
    return actor.has(Role.SYSTEM)
