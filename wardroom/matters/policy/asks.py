"""Who may ask, and who may answer."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import Actor
from wardroom.matters.policy.rows import AskRow, MatterRow
from wardroom.matters.policy.running import answers, leads_ask, leads_matter, runs_ask


def may_propose_ask(actor: Actor, matter: MatterRow) -> bool:
    """The liaison of the ward, the director, and whoever has the incident it is about."""
    return leads_matter(actor, matter)


def may_request_ask(actor: Actor, ask: AskRow) -> bool:
    """The liaison of the ward, the director, and whoever has the incident it is about."""
    return leads_ask(actor, ask)


def may_reword_ask(actor: Actor, ask: AskRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs_ask(actor, ask)


def may_repeat_ask(actor: Actor, ask: AskRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs_ask(actor, ask)


def may_agree_counter(actor: Actor, ask: AskRow) -> bool:
    """The liaison of the ward, or the director: a date offered is ours to take."""
    return runs_ask(actor, ask)


def may_withdraw_ask(actor: Actor, ask: AskRow) -> bool:
    """The liaison of the ward, the director, and whoever has the incident it is about."""
    return leads_ask(actor, ask)


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


def may_answer_by_link(actor: Actor, _: Any) -> bool:
    """Whoever holds the link: the token is the power, and it opens one ask alone."""
    return True


def may_add_evidence(actor: Actor, ask: AskRow) -> bool:
    """A partner of the agency that was asked, and whoever runs the ward."""
    return answers(actor, ask) or runs_ask(actor, ask)
