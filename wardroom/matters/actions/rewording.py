"""Asking for the same thing in other words, or by another day."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters import facts, policy, rules
from wardroom.matters.actions.following import follow_ask
from wardroom.matters.actions.waiting import keep_ask_waiting
from wardroom.matters.actions.words import ask_words, index_ask
from wardroom.matters.models import Ask


@action(policy.may_reword_ask)
def reword_ask(ask: Ask, *, wording: str, due_on: date, reason: str, stamp: Stamp) -> Ask:
    """Change what an agency was asked for, or by when; what it has promised stays as it is.

    The agency is told. Its silence goes on counting from the day it was asked.
    Refuses: an ask that does not lie with its agency; no wording; no reason; another day that
    is not after today; nothing that changed. Records: `AskReworded`.
    """
    if ask.state not in rules.WITH_AGENCY:
        raise Refused("wrong_state", rules.NOT_WITH_AGENCY)
    wording = rules.check_text(
        wording,
        code="wording_missing",
        sentence="Say what is asked for.",
        field="wording",
        most=300,
    )
    reason = rules.check_text(
        reason, code="reason_missing", sentence="Say why.", field="reason", most=300
    )
    if (wording, due_on) == (ask.wording, ask.due_on):
        raise Refused("nothing_changed", "Nothing has changed.")
    if due_on != ask.due_on:
        rules.check_due(due_on, today=localdate(stamp.at))
        ask.why_due = None
    former_wording, former_due_on = ask.wording, ask.due_on
    ask.wording, ask.due_on = wording, due_on
    ask.save()
    fact = facts.AskReworded(
        **ask_words(ask),
        due_on=due_on,
        former_wording=former_wording,
        former_due_on=former_due_on,
        stands_on=ask.promised_on,
        reason=reason,
    )
    record(fact, stamp=stamp)
    keep_ask_waiting(ask, stamp=stamp)
    follow_ask(ask, stamp=stamp)
    index_ask(ask, stamp=stamp)
    return ask
