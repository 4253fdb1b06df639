"""Looking whether a step was done, by somebody else than who did or asked for it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.directory.queries import get_party_of
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.actions.waiting import keep_ask_waiting
from wardroom.matters.actions.words import matter_words
from wardroom.matters.models import Ask
from wardroom.matters.rules import check_length
from wardroom.plans import facts, policy, rules
from wardroom.plans.models import PlanStep, StepCheck
from wardroom.plans.queries.steps import had_a_hand


@action(policy.may_verify_step)
def verify_step(
    step: PlanStep, *, finding: str, seen_at: datetime, note: str = "", stamp: Stamp
) -> StepCheck:
    """Write down whether a step that an agency calls done is done, after you looked yourself.

    Whoever did the work or asked for it does not verify it. It changes nothing that the
    agency said; it stands beside it.
    Refuses: whoever had a hand in it; a step that is not called done; a time to come, more
    than 30 days ago, or before the agency said done; a finding that is not in the list.
    Records: `StepVerified`.
    """
    ask = Ask.objects.select_for_update(of=("self",), no_key=True).get(pk=step.ask_id)
    rules.check_finding(finding)
    rules.check_looked(seen_at, now=stamp.at, done_at=ask.done_at if ask.state == "done" else None)
    observer = get_party_of(stamp.actor)
    if had_a_hand(ask, stamp.actor):
        raise Refused(
            "own_work",
            "You asked for this work or answered for it, so somebody else has to look whether "
            "it was done.",
        )
    check = StepCheck.objects.create(
        ask=ask,
        observer=observer,
        seen_at=seen_at,
        finding=finding,
        note=check_length(note, field="note", most=500),
    )
    fact = facts.StepVerified(
        **step_words(step),
        observer_id=observer.pk,
        observer_name=observer.name,
        finding=finding,
        finding_label=rules.VERIFIED[finding],
        seen_on=localdate(seen_at),
        note=check.note,
    )
    record(fact, stamp=stamp)
    if finding != "cannot_determine" and ask.settled_at is None:
        ask.settled_at = stamp.at
        ask.save(update_fields=["settled_at"])
        keep_ask_waiting(ask, stamp=stamp)
    return check


def step_words(step: PlanStep) -> dict[str, Any]:
    """What every line about a step says of it."""
    ask = step.ask
    return {
        **matter_words(ask.case),
        "ask_id": ask.pk,
        "position": step.position,
        "agency_code": ask.agency_code,
        "wording": ask.wording,
    }
