"""An answer is appealed to the Mayor, who decides within ten working days."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.rules import check_not_far
from wardroom.records import facts, policy, rules
from wardroom.records.actions.asking import due_of
from wardroom.records.actions.waiting import keep_request_waiting
from wardroom.records.models import RecordsRequest


@action(policy.may_answer_request)
def note_appeal(request: RecordsRequest, *, appealed_on: date, stamp: Stamp) -> RecordsRequest:
    """Note that an answer, or silence past its day, was appealed; the clock of the appeal runs.

    Refuses: a request still in time; a day before the answer, or to come; a second appeal at
    once. Records: `AnswerAppealed`.
    """
    today = localdate(stamp.at)
    silent = request.state == rules.OPEN and request.due_on < today
    if not silent:
        rules.check_move(request.state, "note_appeal")
    since = request.due_on if silent else localdate(request.answered_at)
    if not since <= appealed_on <= today:
        raise Refused("appealed_off", "Choose a day from the answer to today.", field="appealed_on")
    due = due_of(rules.APPEAL_RULE, appealed_on)
    if silent:
        request.outcome, request.answered_at = rules.DENIED, stamp.at
    request.state, request.appealed_on = rules.APPEALED, appealed_on
    request.appeal_due_on, request.appeal_why = due.due_on, due.to_plain()
    request.save()
    keep_request_waiting(request, stamp)
    fact = facts.AnswerAppealed(request=request.pk, appealed_on=appealed_on, due_on=due.due_on)
    record(fact, stamp=stamp)
    return request


@action(policy.may_decide_appeal)
def uphold_answer(request: RecordsRequest, *, reason: str, stamp: Stamp) -> RecordsRequest:
    """Note that the Mayor let the answer stand, and why.

    Refuses: no appeal; no reason. Records: `AppealDecided`.
    """
    request.state = rules.check_move(request.state, "uphold_answer")
    request.appeal_words = rules.check_reason(reason)
    request.ended_on = localdate(stamp.at)
    request.save(update_fields=["state", "appeal_words", "ended_on"])
    keep_request_waiting(request, stamp)
    record(facts.AppealDecided(request=request.pk, upheld=True), stamp=stamp)
    return request


@action(policy.may_decide_appeal)
def reopen_request(
    request: RecordsRequest, *, reason: str, due_on: date, stamp: Stamp
) -> RecordsRequest:
    """Note that the Mayor sent the request back, why, and by when it is answered anew.

    What was decided and taken out stays as it was, to be changed. Refuses: no appeal; no
    reason; a day that is over or far off. Records: `AppealDecided`.
    """
    request.state = rules.check_move(request.state, "reopen_request")
    today = localdate(stamp.at)
    check_not_far(due_on, today=today, field="due_on")
    if due_on < today:
        raise Refused("due_too_early", "Choose today or a later day.", field="due_on")
    request.appeal_words = rules.check_reason(reason)
    request.due_on = due_on
    request.why_due = {
        **(request.appeal_why or {}),
        "steps": ["Set by the decision on the appeal."],
    }
    request.save()
    keep_request_waiting(request, stamp)
    fact = facts.AppealDecided(request=request.pk, upheld=False, due_on=due_on)
    record(fact, stamp=stamp)
    return request
