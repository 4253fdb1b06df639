"""Who may write, send and read messages, and who may give out one-off links."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import ALL_ROWS, NO_ROWS, Actor, Role, Scope, apart_from

READERS = (Role.DIRECTOR, Role.RECORDS, Role.AUDITOR, Role.SYSTEM)
WRITERS = (Role.DIRECTOR, Role.LIAISON, Role.STAFF)


def reach(actor: Actor) -> Scope:
    """The outbox holds addresses of everybody: the director, records and audit read it.

    Others of the office read what went out on their own word. A sealed thing's messages
    are read by the people it names only.
    """
    if actor.has(*READERS):
        return _unsealed_out(ALL_ROWS, actor)
    if actor.is_staff and actor.user_id is not None:
        own = Scope(any_of=(("by_id", frozenset({actor.user_id})),))
        return _unsealed_out(own, actor)
    return NO_ROWS


def thread_reach(actor: Actor) -> Scope:
    """The messages about one thing are read by the office, in the wards that somebody reaches."""
    if not actor.is_staff:
        return NO_ROWS
    return _unsealed_out(actor.reach.by(ward="entry__ward_code"), actor)


def received_reach(actor: Actor) -> Scope:
    """Mail about something is read where that thing is; what names nothing, by all the office.

    What belongs to a sealed thing, or seems to, is there only for the people it names, and an
    answer to what is kept apart, such as to mail about the staff, only for whoever reads of that.
    """
    if not actor.is_staff:
        return NO_ROWS
    unnamed = ("about", frozenset({""}))
    inside = Scope(any_of=(unnamed, ("ward_code", actor.reach.wards - {""})))
    scope = ALL_ROWS if actor.reach.city or actor.has(*READERS) else inside
    sealed, apart = actor.reach.sealed, ("answers__entry__audience", apart_from(actor))
    return _unsealed(scope, actor).without(("like", sealed), ("about", sealed), apart)


def may_see_mail(actor: Actor, received: Any) -> bool:
    """Whether a message in is within reach; the same rule as the lists."""
    row = {
        "thread": received.thread,
        "like": received.like,
        "about": received.about,
        "ward_code": received.ward_code,
        "answers__entry__audience": received.answers.entry.audience if received.answers else "",
    }
    return received_reach(actor).covers(row)


def _unsealed(scope: Scope, actor: Actor) -> Scope:
    return scope.without(("thread", actor.reach.sealed))


def _unsealed_out(scope: Scope, actor: Actor) -> Scope:
    """Nothing on the thread of a sealed matter, nor what it wrote on that of one joined to it.

    Nothing of what is kept apart from the actor either: only the house counts what is stuck of it.
    """
    written = ("entry__matter_key", actor.reach.sealed_keys("matter"))
    apart = frozenset() if actor.has(Role.SYSTEM) else apart_from(actor)
    return _unsealed(scope, actor).without(written, ("entry__audience", apart))


def may_queue_message(actor: Actor, _: Any) -> bool:
    """Messages follow from facts; the house writes them itself."""
    return actor.has(Role.SYSTEM)


def may_send_message(actor: Actor, _: Any) -> bool:
    """The worker sends."""
    return actor.has(Role.SYSTEM)


def may_retry_message(actor: Actor, _: Any) -> bool:
    """The director may have a failed message tried again, or set aside.

    The house does it for the keeper of what is apart, whose mail the director does not see.
    """
    return actor.has(Role.DIRECTOR, Role.SYSTEM)


def may_recall_message(actor: Actor, message: Any) -> bool:
    """Whoever caused a message may take it back while it waits; the director may, too."""
    mine = actor.user_id is not None and message.entry.actor_id == actor.user_id
    return actor.has(Role.DIRECTOR, Role.SYSTEM) or (mine and actor.is_staff)


def may_hurry_message(actor: Actor, message: Any) -> bool:
    """Whoever may take a message back may let it go out now; the house itself keeps hours."""
    return not actor.has(Role.SYSTEM) and may_recall_message(actor, message)


def may_hold_mail(actor: Actor, _: Any) -> bool:
    """The house itself holds mail when it was restored."""
    return actor.has(Role.SYSTEM)


def may_release_mail(actor: Actor, _: Any) -> bool:
    """The director says when mail goes out again, and so does the operator at the shell."""
    return actor.has(Role.DIRECTOR, Role.SYSTEM)


def may_issue_key(actor: Actor, _: Any) -> bool:
    """The office and the house itself give out links, and take them back."""
    return actor.has(*WRITERS, Role.SYSTEM)


def may_spend_key(actor: Actor, _: Any) -> bool:
    """Whoever holds the link: the token is the power, and the action looks at nothing else."""
    return True


def may_receive_mail(actor: Actor, _: Any) -> bool:
    """The mail server hands mail to the house itself."""
    return actor.has(Role.SYSTEM)


def may_sort_mail(actor: Actor, _: Any) -> bool:
    """Those who work for residents say what a letter is about, or that nothing follows from it."""
    return actor.has(*WRITERS)


def may_place_mail(actor: Actor, received: Any) -> bool:
    """Whoever may sort mail puts it where it belongs.

    The house does it where a request for records is written down from a letter.
    """
    return may_sort_mail(actor, received) or actor.has(Role.SYSTEM)


def may_write_message(actor: Actor, _: Any) -> bool:
    """Those who work for residents write to them; the caller asks about the thing."""
    return actor.has(*WRITERS)


def may_see_mailbox(actor: Actor) -> bool:
    """The office may know that mail does not come in."""
    return actor.is_staff


def hook_reach(actor: Actor) -> Scope:
    """Whoever holds a webhook sees it; the director sees all of them."""
    if actor.has(Role.DIRECTOR, Role.SYSTEM):
        return ALL_ROWS
    if actor.user_id is None:
        return NO_ROWS
    return Scope(any_of=(("holder", frozenset({actor.user_id})),))


def may_make_hook(actor: Actor, holder: Any) -> bool:
    """Whoever works here or for an agency, for themselves: it sends what they may read."""
    return holder is not None and holder.pk == actor.user_id and bool(actor.roles)


def may_keep_hook(actor: Actor, hook: Any) -> bool:
    """Whoever holds it, and the director."""
    own = actor.user_id is not None and hook.holder_id == actor.user_id
    return own or actor.has(Role.DIRECTOR, Role.SYSTEM)
