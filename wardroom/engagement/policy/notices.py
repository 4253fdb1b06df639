"""Who writes down the notices that agencies owe."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from wardroom.access.actor import Actor, Role, Scope
from wardroom.matters import policy as matters_policy


def may_expect_notice(actor: Actor, _: Any) -> bool:
    """The director, and liaisons in the own ward."""
    return actor.has(Role.DIRECTOR, Role.LIAISON)


def may_announce_notice(actor: Actor, agency: Any) -> bool:
    """A partner, for the own agency."""
    return actor.has(Role.PARTNER) and agency.code in _agencies(actor)


def may_announce_notices(actor: Actor) -> bool:
    """A partner who stands for an agency."""
    return actor.has(Role.PARTNER) and bool(_agencies(actor))


def may_tell_notice(actor: Actor, matter: matters_policy.MatterRow) -> bool:
    """The liaison of the ward, the director, or a partner of the agency that owes it."""
    owed = getattr(matter, "notice_owed", None)
    own = actor.has(Role.PARTNER) and owed is not None and owed.agency.code in _agencies(actor)
    return may_watch_notice(actor, matter) or (
        own and not matters_policy.is_sealed(actor, matter.pk)
    )


def reach_of_notices(actor: Actor) -> Scope:
    """Notices of the actor's wards, and those that the actor's own agency owes.

    The office reads what is owed to its wards too, whoever watches it: a plan in two wards is a
    director's. The code of a ward is that of no other area.
    """
    agency = "agency__code" if actor.has(Role.PARTNER) else None
    scope = actor.reach.by(ward="matter__ward_code", agency=agency)
    if actor.is_staff and not scope.everything and actor.reach.wards:
        scope = replace(scope, any_of=(*scope.any_of, ("areas__code", actor.reach.wards)))
    return scope.without(("matter_id", actor.reach.sealed_ids("matter")))


def may_watch_notice(actor: Actor, matter: matters_policy.MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return matters_policy.runs_matter(actor, matter)


def may_answer_notice_question(actor: Actor, matter: matters_policy.MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return matters_policy.runs_matter(actor, matter)


def _agencies(actor: Actor) -> frozenset[str]:
    return actor.reach.agencies - {""}
