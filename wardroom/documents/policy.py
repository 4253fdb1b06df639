"""Who may keep and read files. A report's own rule comes first: reporting asks it there."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import ALL_ROWS, NO_ROWS, Actor, Role, Scope


def reach(actor: Actor) -> Scope:
    """The office reads its files; what a partner may read is given out by what it belongs to."""
    return ALL_ROWS if actor.is_staff else NO_ROWS


def attachment_reach(actor: Actor) -> Scope:
    """Attachments are seen as the lines of the ledger are, and public ones by everybody.

    A sealed matter's attachments are seen by the people it names only.
    """
    pairs: list[tuple[str, frozenset[Any]]] = [("audience", frozenset({"public"}))]
    if actor.is_staff:
        pairs.append(("ward_code", actor.reach.wards | {""}))
    agencies = actor.reach.agencies - {""}
    if agencies:
        pairs.append(("agency_code", agencies))
    scope = ALL_ROWS if actor.reach.city else Scope(any_of=tuple(pairs))
    return scope.without(("matter_key", actor.reach.sealed_keys("matter")))


def may_see_original(actor: Actor) -> bool:
    """The picture as it came, with where it was taken, is for the office alone."""
    return actor.is_staff


def may_store_document(actor: Actor, _: Any) -> bool:
    """The office and the house itself keep files."""
    return actor.is_staff


def may_keep_upload(actor: Actor, _: Any) -> bool:
    """The office, partners, and bearers of a link hand in files, but those who only read."""
    writes = actor.has(Role.DIRECTOR, Role.LIAISON, Role.STAFF, Role.PARTNER, Role.SYSTEM)
    return writes or bool(actor.reach.asks)


def may_attach_document(actor: Actor, _: Any) -> bool:
    """Who may hand in a file may say what it belongs to; the caller asks about the thing."""
    return may_keep_upload(actor, _)


def may_detach_document(actor: Actor, attachment: Any) -> bool:
    """Whoever attached it may take it off again, and so may the director."""
    mine = actor.user_id is not None and attachment.by_id == actor.user_id
    return actor.has(Role.DIRECTOR) or mine
