"""Who runs a ward, who answers for an agency, and what a seal closes."""

from __future__ import annotations

from wardroom.access.actor import Actor, Reach, Role
from wardroom.matters.policy.rows import AskRow, MatterRow, TaskRow

LONGEST_NAME = 120


def runs(actor: Actor, ward_code: str) -> bool:
    """The director everywhere, and a liaison in the own ward."""
    return actor.has(Role.DIRECTOR) or (
        actor.has(Role.LIAISON) and bool(ward_code) and ward_code in actor.reach.wards
    )


def runs_matter(actor: Actor, matter: MatterRow) -> bool:
    """Whoever runs the ward of a matter, where it is not closed to them."""
    return runs(actor, matter.ward_code) and not is_sealed(actor, matter.pk)


def runs_ask(actor: Actor, ask: TaskRow) -> bool:
    """Whoever runs the ward of an ask, where its matter is not closed to them."""
    return runs(actor, ask.ward_code) and not is_sealed(actor, ask.matter_id)


def leads_matter(actor: Actor, matter: MatterRow) -> bool:
    """Whoever runs the ward of a matter, and whoever has that very incident until it is closed."""
    own = matter.pk in actor.reach.runs and not is_sealed(actor, matter.pk)
    return own or runs_matter(actor, matter)


def leads_ask(actor: Actor, ask: TaskRow) -> bool:
    """Whoever runs the ward of an ask, and whoever has the incident that it belongs to."""
    own = ask.matter_id in actor.reach.runs and not is_sealed(actor, ask.matter_id)
    return own or runs_ask(actor, ask)


def is_sealed(actor: Actor, matter_id: int | None) -> bool:
    """Whether a matter is restricted and does not name the actor."""
    return matter_id is not None and f"matter:{matter_id}" in actor.reach.sealed


def opens(actor: Actor, ward_code: str) -> bool:
    """Whoever runs the ward, and the office's other staff, who take things in anywhere."""
    return actor.has(Role.STAFF) or runs(actor, ward_code)


def adds_to(actor: Actor, matter: MatterRow | None) -> bool:
    """Whoever takes in what belongs to a matter, or to none; and the house itself."""
    if matter is None:
        return actor.has(Role.SYSTEM, Role.DIRECTOR, Role.LIAISON, Role.STAFF)
    return actor.has(Role.SYSTEM) or (
        opens(actor, matter.ward_code) and not is_sealed(actor, matter.pk)
    )


def answers(actor: Actor, ask: AskRow) -> bool:
    """A partner of the agency that was asked; the office never answers for an agency."""
    return (
        actor.has(Role.PARTNER)
        and bool(ask.asked_agency)
        and (ask.asked_agency in actor.reach.agencies or ask.pk in actor.reach.asks)
    )


def bearer(ask_id: int, agency: str, holder: str) -> Actor:
    """Whoever holds the link to one ask: answers for its agency, and reaches nothing else."""
    name = f"{agency} by link ({holder})"
    return Actor(
        user_id=None,
        name=name if len(name) <= LONGEST_NAME else f"{agency} by link",
        roles=frozenset({Role.PARTNER}),
        reach=Reach(asks=frozenset({ask_id})),
    )


def has_it(actor: Actor, ask: TaskRow) -> bool:
    """Whether a task is on the actor's own list; an auditor only reads."""
    return (
        actor.is_staff and actor.user_id is not None and ask.party.user_id == actor.user_id
    ) and not actor.has(Role.AUDITOR)
