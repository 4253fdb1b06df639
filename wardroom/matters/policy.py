"""Who may own, ask, answer and read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from wardroom.access.actor import Actor, Role, Scope


class MatterRow(Protocol):
    """What a policy reads of a matter."""

    @property
    def ward_code(self) -> str: ...


class AskRow(Protocol):
    """What a policy reads of an ask."""

    @property
    def asked_agency(self) -> str: ...
    @property
    def matter(self) -> Any: ...


def reach(actor: Actor) -> Scope:
    """Matters of the actor's wards, and those in which the actor's agency was asked."""
    return actor.reach.by(ward="ward_code", agency="asks__asked_agency")


def reach_of_asks(actor: Actor) -> Scope:
    """Asks in the actor's wards, and those put to the actor's agency."""
    return actor.reach.by(ward="matter__ward_code", agency="asked_agency")


def reach_inside(actor: Actor) -> Scope:
    """Matters whose inner side the actor may read: staff only, never a partner."""
    return actor.reach.by(ward="ward_code")


def may_see_matter(actor: Actor, matter: MatterRow, asked_agencies: Iterable[str]) -> bool:
    """Whether a matter is within reach; the same rule as the lists."""
    row = {"ward_code": matter.ward_code, "asks__asked_agency": frozenset(asked_agencies)}
    return reach(actor).covers(row)


def may_see_inside(actor: Actor, matter: MatterRow) -> bool:
    """Owner, next step, plan, checks and inner lines are for the office alone."""
    return reach_inside(actor).covers({"ward_code": matter.ward_code})


def may_see_ask(actor: Actor, ask: AskRow) -> bool:
    """Whether an ask is within reach; the same rule as the lists."""
    row = {"matter__ward_code": ask.matter.ward_code, "asked_agency": ask.asked_agency}
    return reach_of_asks(actor).covers(row)


def runs(actor: Actor, ward_code: str) -> bool:
    """The director everywhere, and a liaison in the own ward."""
    return actor.has(Role.DIRECTOR) or (
        actor.has(Role.LIAISON) and bool(ward_code) and ward_code in actor.reach.wards
    )


def answers(actor: Actor, ask: AskRow) -> bool:
    """A partner of the agency that was asked; the office never answers for an agency."""
    return (
        actor.has(Role.PARTNER)
        and bool(ask.asked_agency)
        and ask.asked_agency in actor.reach.agencies
    )


def may_open_matter(actor: Actor, _: Any) -> bool:
    """The director and liaisons open matters; a liaison only in the own ward."""
    return actor.has(Role.DIRECTOR, Role.LIAISON)


def may_set_next_step(actor: Actor, matter: MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs(actor, matter.ward_code)


def may_hand_over(actor: Actor, matter: MatterRow) -> bool:
    """The liaison of the ward, the director, or whoever runs the house from the shell."""
    return actor.has(Role.SYSTEM) or runs(actor, matter.ward_code)


def may_close_matter(actor: Actor, matter: MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs(actor, matter.ward_code)


def may_reopen_matter(actor: Actor, matter: MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs(actor, matter.ward_code)


def may_propose_ask(actor: Actor, matter: MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs(actor, matter.ward_code)


def may_request_ask(actor: Actor, ask: AskRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs(actor, ask.matter.ward_code)


def may_repeat_ask(actor: Actor, ask: AskRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs(actor, ask.matter.ward_code)


def may_agree_counter(actor: Actor, ask: AskRow) -> bool:
    """The liaison of the ward, or the director: a date offered is ours to take."""
    return runs(actor, ask.matter.ward_code)


def may_withdraw_ask(actor: Actor, ask: AskRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs(actor, ask.matter.ward_code)


def may_accept_ask(actor: Actor, ask: AskRow) -> bool:
    """A partner of the agency that was asked."""
    return answers(actor, ask)


def may_decline_ask(actor: Actor, ask: AskRow) -> bool:
    """A partner of the agency that was asked."""
    return answers(actor, ask)


def may_counter_ask(actor: Actor, ask: AskRow) -> bool:
    """A partner of the agency that was asked."""
    return answers(actor, ask)


def may_move_promise(actor: Actor, ask: AskRow) -> bool:
    """A partner of the agency that promised."""
    return answers(actor, ask)


def may_report_done(actor: Actor, ask: AskRow) -> bool:
    """A partner of the agency that promised."""
    return answers(actor, ask)
