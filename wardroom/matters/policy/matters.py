"""Who may open, run and close a matter."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import Actor, Role
from wardroom.matters.policy.rows import MatterRow
from wardroom.matters.policy.running import adds_to, leads_matter, runs_matter


def may_open_matter(actor: Actor, _: Any) -> bool:
    """The director, liaisons and staff open matters; a liaison only in the own ward."""
    return actor.has(Role.DIRECTOR, Role.LIAISON, Role.STAFF)


def may_say_where_it_stands(actor: Actor, matter: MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs_matter(actor, matter)


def may_note_told(actor: Actor, matter: MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs_matter(actor, matter)


def may_note_return(actor: Actor, _: Any) -> bool:
    """Whoever takes a report in, wherever the place is: director, liaisons, staff, the house."""
    return actor.has(Role.SYSTEM, Role.DIRECTOR, Role.LIAISON, Role.STAFF)


def may_restrict(actor: Actor, matter: MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs_matter(actor, matter)


def may_link_matter(actor: Actor, matter: MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs_matter(actor, matter)


def may_merge_matter(actor: Actor, matter: MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs_matter(actor, matter)


def may_refer_matter(actor: Actor, matter: MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs_matter(actor, matter)


def may_write_note(actor: Actor, matter: MatterRow | None) -> bool:
    """Whoever runs the ward, other staff anywhere, and the house; records and audit only read."""
    return adds_to(actor, matter)


def may_set_next_step(actor: Actor, matter: MatterRow) -> bool:
    """Whoever leads the matter, or the house on the word of a mailed link."""
    return actor.has(Role.SYSTEM) or leads_matter(actor, matter)


def may_hand_over(actor: Actor, matter: MatterRow) -> bool:
    """Whoever leads the matter, or whoever runs the house from the shell."""
    return actor.has(Role.SYSTEM) or leads_matter(actor, matter)


def may_close_matter(actor: Actor, matter: MatterRow) -> bool:
    """Whoever leads the matter, or the house on the word of a mailed link."""
    return actor.has(Role.SYSTEM) or leads_matter(actor, matter)


def may_reopen_matter(actor: Actor, matter: MatterRow) -> bool:
    """The liaison of the ward, the director, or the house where trouble that was solved is back."""
    return actor.has(Role.SYSTEM) or runs_matter(actor, matter)
