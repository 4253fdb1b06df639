"""Who may share the calendar: public words, invitations, feeds, and who speaks for the Mayor."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import Actor, Role
from wardroom.calendar.policy.events import EventLike, runs_event


def may_publish_event(actor: Actor, event: EventLike) -> bool:
    """The liaison of the ward, or the director."""
    return runs_event(actor, event)


def may_invite(actor: Actor, participation: Any) -> bool:
    """The liaison of the ward, or the director; the house sends a change out again."""
    return actor.has(Role.SYSTEM) or runs_event(actor, participation.event)


def may_answer_invitation(actor: Actor, _: Any) -> bool:
    """Whoever holds the link: the token is the power, and the action looks at nothing else."""
    return True


def may_take_reply(actor: Actor, _: Any) -> bool:
    """The house takes what came by mail, and asks who sent it."""
    return actor.has(Role.SYSTEM)


def may_assign_speaker(actor: Actor, event: EventLike) -> bool:
    """The director, or the liaison of the ward."""
    return runs_event(actor, event)


def may_answer_assignment(actor: Actor, mandate: Any) -> bool:
    """Whoever is to speak for the Mayor, and nobody in their place."""
    return actor.user_id is not None and mandate.participation.party.user_id == actor.user_id


def may_release_speaker(actor: Actor, mandate: Any) -> bool:
    """The director, or the liaison of the ward."""
    return runs_event(actor, mandate.event)


def may_open_feed(actor: Actor, party: Any) -> bool:
    """Those of the office, each for themselves."""
    return actor.is_staff and actor.user_id is not None and party.user_id == actor.user_id
