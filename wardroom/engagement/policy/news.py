"""Who may ask for news, see who gets it, write to many, and move subscribers with a boundary."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import Actor, Role, Scope, office_reach

WRITERS = (Role.DIRECTOR, Role.LIAISON, Role.STAFF)


def news_reach(actor: Actor) -> Scope:
    """Who gets news about the wards that somebody in the office reaches, or the whole city."""
    return office_reach(actor)


def may_ask_for_news(actor: Actor, _: Any) -> bool:
    """Everybody: nothing is sent before the owner of the mailbox confirms it."""
    return True


def may_answer_for_mailbox(actor: Actor, _: Any) -> bool:
    """Whoever holds the link that was sent to the mailbox; the action looks at the link."""
    return True


def may_add_subscriber(actor: Actor, _: Any) -> bool:
    """Those who work for residents write down who wants news, and who wants no more."""
    return actor.has(*WRITERS)


def may_send_news(actor: Actor, _: Any) -> bool:
    """The house itself sends digests, and moves subscribers when boundaries change."""
    return actor.has(Role.SYSTEM)


def may_undo_moves(actor: Actor, _: Any) -> bool:
    """The director takes back what wrong boundaries did."""
    return actor.has(Role.DIRECTOR)


def may_write_circular(actor: Actor, _: Any) -> bool:
    """Those who work for residents write letters to many; nothing goes out by that."""
    return actor.has(*WRITERS)


def may_approve_circular(actor: Actor, _: Any) -> bool:
    """The director lets a letter to many go out, and may stop it."""
    return actor.has(Role.DIRECTOR)
