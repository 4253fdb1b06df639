"""Who may do what in hiring: the keeper and the panel of each posting, whatever their role."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import Actor, Role


def seat_of(actor: Actor) -> int:
    """Who somebody is on a panel; nobody sits there as 0."""
    return actor.user_id or 0


def may_see_postings(actor: Actor) -> bool:
    """Everybody of the office sees that a posting exists, as the public does."""
    return actor.is_staff


def may_open_hiring(actor: Actor, _: Any) -> bool:
    """A director writes a posting, and keeps it."""
    return actor.has(Role.DIRECTOR)


def may_keep_hiring(actor: Actor, posting: Any) -> bool:
    """The director who keeps this posting; no other one."""
    return actor.is_staff and actor.user_id is not None and actor.user_id == posting.keeper_id


def may_read_hiring(actor: Actor, posting: Any) -> bool:
    """The keeper, and who sits on the panel now."""
    sits = actor.is_staff and actor.user_id is not None and actor.user_id in posting.panel
    return sits or may_keep_hiring(actor, posting)


def may_sit(actor: Actor, application: Any) -> bool:
    """Who sits on the panel now declares and scores; the keeper only where they sit on it too."""
    panel = application.posting.panel
    return actor.is_staff and actor.user_id is not None and actor.user_id in panel


def may_move_application(actor: Actor, application: Any) -> bool:
    """The keeper of its posting."""
    return may_keep_hiring(actor, application.posting)


def may_apply(actor: Actor, _: Any) -> bool:
    """Anybody; from then on the link is the power."""
    return True


def may_hold_hiring(actor: Actor, posting: Any) -> bool:
    """The keeper and the records officer say that it must be kept; neither reads more by that."""
    return may_keep_hiring(actor, posting) or actor.has(Role.RECORDS)


def may_dispose_hiring(actor: Actor, _: Any) -> bool:
    """The records officer disposes, without reading."""
    return actor.has(Role.RECORDS)


def may_pass_on_hiring(actor: Actor, _: Any) -> bool:
    """The house itself hands over what a keeper who leaves has kept."""
    return actor.has(Role.SYSTEM)


def may_remind_of_disposal(actor: Actor, _: Any) -> bool:
    """The house itself tells the records officer whose time is over."""
    return actor.has(Role.SYSTEM)


def may_drop_drafts(actor: Actor, _: Any) -> bool:
    """The house itself empties drafts that were never sent."""
    return actor.has(Role.SYSTEM)
