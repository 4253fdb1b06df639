"""Which matters, asks and worklists somebody sees; the list and the check from one rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from wardroom.access.actor import NO_ROWS, Actor, Role, Scope, staff_reach
from wardroom.matters.policy.rows import AskRow, MatterRow
from wardroom.matters.rules import PANEL_NOUN, STAFFING_NOUNS


def reach(actor: Actor) -> Scope:
    """Matters of the actor's wards, and those in which the actor's agency was asked.

    So are single ones elsewhere to which the actor was called. A restricted matter is there only
    for the people it names.
    """
    scope = actor.reach.by(ward="ward_code", agency="asks__asked_agency")
    scope = actor.reach.with_own(scope, "id")
    return scope.without(("id", actor.reach.sealed_ids("matter")))


def reach_of_asks(actor: Actor) -> Scope:
    """Asks in the actor's wards or of the actor's own, and those put to the actor's agency."""
    scope = actor.reach.by(ward="ward_code", agency="asked_agency")
    scope = actor.reach.with_own(scope, "matter_id")
    pairs = [*scope.any_of]
    if actor.reach.asks:
        pairs.append(("id", actor.reach.asks))
    if actor.user_id is not None and actor.is_staff:
        pairs.append(("party__user_id", frozenset({actor.user_id})))
    scope = replace(scope, any_of=tuple(pairs))
    return scope.without(("matter_id", actor.reach.sealed_ids("matter")))


MONEY_NOUNS = frozenset({"fund"})


def reach_of_waiting(actor: Actor) -> Scope:
    """What waits in the actor's wards, and what waits for the actor; staff only.

    What waits because of somebody's employment stands in their own list, and in this one for
    those who lead the office, keep its records or audit it. Who sits on a screening panel finds
    that in their own list alone.
    """
    if not actor.is_staff:
        return NO_ROWS
    scope = actor.reach.by(ward="ward_code")
    if not scope.everything:
        own = ("party__user_id", frozenset({actor.user_id}))
        scope = replace(scope, any_of=(*scope.any_of, own))
    few = actor.has(Role.DIRECTOR, Role.AUDITOR, Role.RECORDS, Role.SYSTEM)
    apart = frozenset({PANEL_NOUN}) | (frozenset() if few else STAFFING_NOUNS)
    if not actor.has(Role.DIRECTOR, Role.AUDITOR, Role.SYSTEM):
        apart |= MONEY_NOUNS
    return scope.without(("matter_id", actor.reach.sealed_ids("matter")), ("noun", apart))


def reach_of_own_waiting(actor: Actor) -> Scope:
    """What waits for the actor, and in the wards covered for a colleague; staff only."""
    if not actor.is_staff or actor.user_id is None:
        return NO_ROWS
    pairs: list[tuple[str, frozenset[Any]]] = [("party__user_id", frozenset({actor.user_id}))]
    if actor.reach.covers:
        pairs.append(("ward_code", actor.reach.covers))
    return Scope(any_of=tuple(pairs)).without(("matter_id", actor.reach.sealed_ids("matter")))


def reach_inside(actor: Actor) -> Scope:
    """Matters whose inner side the actor may read: staff only, never a partner."""
    return staff_reach(actor, ward="ward_code", matter="id")


def may_see_matter(actor: Actor, matter: MatterRow, asked_agencies: Iterable[str]) -> bool:
    """Whether a matter is within reach; the same rule as the lists."""
    row = {
        "id": matter.pk,
        "ward_code": matter.ward_code,
        "asks__asked_agency": frozenset(asked_agencies),
    }
    return reach(actor).covers(row)


def may_see_inside(actor: Actor, matter: MatterRow) -> bool:
    """Owner, next step, plan, checks and inner lines are for the office alone."""
    return reach_inside(actor).covers({"id": matter.pk, "ward_code": matter.ward_code})


def may_see_ask(actor: Actor, ask: AskRow) -> bool:
    """Whether an ask is within reach; the same rule as the lists."""
    row = {
        "id": ask.pk,
        "ward_code": ask.ward_code,
        "asked_agency": ask.asked_agency,
        "matter_id": ask.matter_id,
        "party__user_id": ask.party.user_id,
    }
    return reach_of_asks(actor).covers(row)
