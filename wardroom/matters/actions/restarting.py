"""A legal clock follows what it hangs on: a meeting that has another day."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.library.queries import due_under, rule_in_force
from wardroom.matters import facts, policy, rules
from wardroom.matters.actions.tasks import task_words
from wardroom.matters.actions.waiting import keep_ask_waiting
from wardroom.matters.models import Ask


@action(policy.may_restart_clock)
def restart_clock(ask: Ask, *, started_at: datetime, reason: str, stamp: Stamp) -> Ask:
    """Let a legal deadline count from another instant, since what it hangs on has moved.

    The day explains itself anew, and says first why it is another one.
    Refuses: what is no legal deadline, or is done; a clock that was paused; no reason; a rule
    that does not hold on that day. Records: `ClockRestarted`.
    """
    if ask.kind != rules.DEADLINE:
        raise Refused("wrong_kind", "Only a legal deadline has a clock.")
    rules.check_move(rules.TASK_MOVES, ask.state, "restart_clock")
    if ask.pauses:
        raise Refused("was_paused", "This clock was paused. Drop it and start another.")
    reason = rules.check_text(
        reason, code="reason_missing", sentence="Say why.", field="reason", most=300
    )
    rule = rule_in_force(ask.rule_code, localdate(started_at))
    condition = (ask.why_due or {}).get("condition", "")
    due = due_under(rule, started_at, condition=condition)
    plain = due.to_plain()
    former, ask.due_on, ask.started_at = ask.due_on, due.due_on, started_at
    steps = [f"Counted anew: {reason}", *plain["steps"]]
    ask.why_due = {**plain, "steps": steps, "name": rule.name, "condition": condition}
    ask.save(update_fields=["due_on", "started_at", "why_due"])
    fact = facts.ClockRestarted(
        **task_words(ask), former_on=former, due_on=ask.due_on, reason=reason
    )
    record(fact, stamp=stamp)
    keep_ask_waiting(ask, stamp=stamp)
    return ask
