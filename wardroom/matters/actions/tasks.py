"""To-dos, approvals and legal deadlines: asks that one of ours answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.timezone import get_current_timezone, localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action, hold
from wardroom.access.queries import actor_for
from wardroom.directory.models import Party
from wardroom.directory.queries import get_party_of
from wardroom.kernel.business_time import NEVER_PAUSED, Due, Pause
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.library.queries import due_under, rule_in_force
from wardroom.matters import facts, policy, rules
from wardroom.matters.actions.waiting import keep_ask_waiting
from wardroom.matters.actions.words import told_changes
from wardroom.matters.models import Ask, Matter


@action(policy.may_add_task)
def add_task(
    matter: Matter | None,
    *,
    kind: str = rules.TO_DO,
    party: Party,
    wording: str,
    due_on: date,
    ward_code: str = "",
    stamp: Stamp,
) -> Ask:
    """Put one thing on somebody's list by a day: a to-do, or an approval that is wanted.

    Refuses: a matter that is closed; a kind that is none; somebody who is not on the staff;
    no words; a day that is over. Records: `TaskAdded`.
    """
    rules.check_task_kind(kind)
    today = localdate(stamp.at)
    rules.check_not_far(due_on, today=today, field="due_on")
    if due_on < today:
        raise Refused("due_too_early", "Choose today or a later day.", field="due_on")
    return _new(matter, kind, party, wording, due_on, ward_code, stamp)


@action(policy.may_add_task)
def add_legal_deadline(
    matter: Matter,
    *,
    party: Party,
    wording: str,
    rule_code: str,
    started_at: datetime,
    condition: str = "",
    stamp: Stamp,
) -> Ask:
    """Start a legal clock on a matter; the date explains itself for ever.

    ``condition`` says how the condition of a longer clock was met. Refuses: a rule that is
    not known or did not hold on that day; a longer clock without its condition; what
    `add_task` refuses, but a deadline that has passed already is kept and stands as late.
    Records: `TaskAdded`.
    """
    rule = rule_in_force(rule_code, localdate(started_at))
    condition = rules.check_length(condition, field="condition", most=300)
    due = due_under(rule, started_at, condition=condition)
    ask = _new(matter, rules.DEADLINE, party, wording, due.due_on, "", stamp, save=False)
    ask.rule_code, ask.started_at = rule_code, started_at
    ask.why_due = {**due.to_plain(), "name": rule.name, "condition": condition}
    return _saved(ask, stamp)


@action(policy.may_finish_task)
def finish_task(ask: Ask, *, text: str = "", done_on: date | None = None, stamp: Stamp) -> Ask:
    """Tick off a to-do or a legal deadline.

    ``done_on`` is the day it was done where that is not today: a clock stops on that day.
    Refuses: what was ticked off or dropped already; an approval, which is given or refused; a
    day to come, or before it began. Records: `TaskDone`.
    """
    _check(ask, "finish_task", rules.TASK_KINDS - {rules.APPROVAL})
    today = localdate(stamp.at)
    if done_on is None or done_on == today:
        return _done(ask, "done", text, stamp)
    if done_on > today or done_on < localdate(ask.started_at or ask.proposed_at):
        raise Refused("done_on_off", "Choose a day from its beginning to today.", field="done_on")
    return _done(ask, "done", text, stamp, done_on=done_on)


@action(policy.may_finish_task)
def approve_task(ask: Ask, *, text: str = "", stamp: Stamp) -> Ask:
    """Give an approval that was asked for.

    Refuses: what was answered already; an ask that wants no approval. Records: `TaskDone`.
    """
    _check(ask, "approve_task", frozenset({rules.APPROVAL}))
    return _done(ask, "approved", text, stamp)


@action(policy.may_finish_task)
def refuse_approval(ask: Ask, *, reason: str, stamp: Stamp) -> Ask:
    """Refuse an approval that was asked for, and say why.

    Refuses: what was answered already; an ask that wants no approval; no reason.
    Records: `ApprovalRefused`.
    """
    to = _check(ask, "refuse_approval", frozenset({rules.APPROVAL}))
    reason = rules.check_reason(reason)
    ask.state, ask.decline_code, ask.answer_text = to, "other", reason
    ask.answered_at, ask.answered_by = stamp.at, stamp.actor.name
    ask.save()
    record(facts.ApprovalRefused(**task_words(ask), reason=reason), stamp=stamp)
    keep_ask_waiting(ask, stamp=stamp)
    return ask


@action(policy.may_run_task)
def move_task(ask: Ask, *, due_on: date, reason: str = "", stamp: Stamp) -> Ask:
    """Put a to-do or an approval off to another day.

    Refuses: what is done; a legal deadline, which only its law moves; a day that is over.
    Records: `TaskMoved`.
    """
    _check(ask, "move_task", rules.TASK_KINDS - {rules.DEADLINE})
    rules.check_next_date(due_on, today=localdate(stamp.at))
    former, ask.due_on = ask.due_on, due_on
    ask.save(update_fields=["due_on"])
    reason = rules.check_length(reason, field="reason", most=300)
    fact = facts.TaskMoved(**task_words(ask), former_on=former, due_on=due_on, reason=reason)
    record(fact, stamp=stamp)
    keep_ask_waiting(ask, stamp=stamp)
    return ask


@action(policy.may_give_task)
def give_task(ask: Ask, *, party: Party, stamp: Stamp) -> Ask:
    """Give a to-do, an approval or a deadline to somebody else on the staff.

    Refuses: what is done; somebody who is not on the staff, or already has it.
    Records: `TaskGiven`.
    """
    _check(ask, "move_task", rules.TASK_KINDS)
    _check_staff(party, stamp)
    if party.pk == ask.party_id:
        raise Refused("already_so", f"{party.name} already has it.", field="party")
    former, ask.party = ask.party, party
    ask.save(update_fields=["party"])
    fact = facts.TaskGiven(**task_words(ask), former_id=former.pk, former_name=former.name)
    record(fact, stamp=stamp)
    keep_ask_waiting(ask, stamp=stamp)
    return ask


@action(policy.may_drop_task)
def drop_task(ask: Ask, *, reason: str, stamp: Stamp) -> Ask:
    """Take a to-do, an approval or a deadline off the list without doing it, and say why.

    Refuses: what is done; no reason. Records: `TaskDropped`.
    """
    to = _check(ask, "drop_task", rules.TASK_KINDS)
    reason = rules.check_reason(reason)
    ask.state = to
    ask.save(update_fields=["state"])
    record(facts.TaskDropped(**task_words(ask), reason=reason), stamp=stamp)
    keep_ask_waiting(ask, stamp=stamp)
    return ask


@action(policy.may_run_task)
def reopen_task(ask: Ask, *, stamp: Stamp) -> Ask:
    """Take back that a to-do was done.

    Refuses: what is not done; an approval. Records: `TaskReopened`.
    """
    if ask.kind == rules.REFERRAL or ask.disposition == "approved":
        raise Refused("wrong_state", "Only a to-do or a deadline can be taken back.")
    ask.state = rules.check_move(rules.TASK_MOVES, ask.state, "reopen_task")
    ask.done_at, ask.disposition = None, ""
    ask.save(update_fields=["state", "done_at", "disposition"])
    record(facts.TaskReopened(**task_words(ask)), stamp=stamp)
    keep_ask_waiting(ask, stamp=stamp)
    return ask


@action(policy.may_run_task)
def pause_clock(ask: Ask, *, from_on: date, reason: str, stamp: Stamp) -> Ask:
    """Stop the clock of a legal deadline from a day on, with a reason.

    Refuses: what is no legal deadline, or is done; a clock that is paused; no reason; a day
    to come, before the clock began or in a former pause; a clock that had run out; a period
    of notice. Records: `ClockPaused`.
    """
    _check(ask, "pause_clock", frozenset({rules.DEADLINE}))
    reason = rules.check_reason(reason)
    if ask.clock_is_paused:
        raise Refused("already_paused", "The clock is already paused.")
    _check_pause(ask, from_on, today=localdate(stamp.at))
    ask.pauses = [*ask.pauses, {"from": from_on.isoformat(), "until": None, "reason": reason}]
    ask.save(update_fields=["pauses"])
    record(facts.ClockPaused(**task_words(ask), from_on=from_on, reason=reason), stamp=stamp)
    keep_ask_waiting(ask, stamp=stamp)
    return ask


@action(policy.may_run_task)
def resume_clock(ask: Ask, *, until_on: date, stamp: Stamp) -> Ask:
    """Let a paused clock run again from a day on; the new date explains itself.

    Refuses: a clock that is not paused; a day that is not after the first of the pause; a
    day to come. Records: `ClockResumed`.
    """
    _check(ask, "resume_clock", frozenset({rules.DEADLINE}))
    if not ask.clock_is_paused:
        raise Refused("wrong_state", "The clock is not paused.")
    last = ask.pauses[-1]
    if until_on <= date.fromisoformat(last["from"]):
        raise Refused("ends_too_early", "Choose a day after the pause began.", field="until_on")
    if until_on > localdate(stamp.at):
        raise Refused("resumes_to_come", "Choose today or an earlier day.", field="until_on")
    ended = (until_on - timedelta(days=1)).isoformat()
    ask.pauses = [*ask.pauses[:-1], {**last, "until": ended}]
    former, due = ask.due_on, _due(ask)
    ask.due_on = due.due_on
    ask.why_due = {**(ask.why_due or {}), **due.to_plain()}
    ask.save(update_fields=["pauses", "due_on", "why_due"])
    fact = facts.ClockResumed(
        **task_words(ask), until_on=until_on, former_on=former, due_on=ask.due_on
    )
    record(fact, stamp=stamp)
    keep_ask_waiting(ask, stamp=stamp)
    return ask


def _check_pause(ask: Ask, from_on: date, *, today: date) -> None:
    """A clock is stopped while it runs, from a day that no other pause holds."""
    assert ask.started_at is not None
    if from_on > today:
        raise Refused(
            "pause_to_come", "A clock is paused from today or an earlier day.", field="from_on"
        )
    began = localdate(ask.started_at)
    if from_on < began or any(p["until"] >= from_on.isoformat() for p in ask.pauses):
        raise Refused(
            "pause_too_early",
            "Choose a day on which the clock was running.",
            field="from_on",
        )
    if from_on > ask.due_on:
        raise Refused("clock_ran_out", "The clock had run out before that day.", field="from_on")
    if rule_in_force(ask.rule_code, began).clock in NEVER_PAUSED:
        raise Refused("no_pause", "A notice period cannot be paused.")


def _due(ask: Ask) -> Due:
    """The date of a legal deadline with the pauses it had, by the rule of its first day."""
    assert ask.started_at is not None
    pauses = tuple(
        Pause(date.fromisoformat(p["from"]), date.fromisoformat(p["until"]), p["reason"])
        for p in ask.pauses
    )
    rule = rule_in_force(ask.rule_code, localdate(ask.started_at))
    condition = (ask.why_due or {}).get("condition", "")
    return due_under(rule, ask.started_at, pauses=pauses, condition=condition)


def _new(
    matter: Matter | None,
    kind: str,
    party: Party,
    wording: str,
    due_on: date,
    ward_code: str,
    stamp: Stamp,
    *,
    save: bool = True,
) -> Ask:
    if matter is not None:
        rules.check_move(rules.MATTER_MOVES, matter.state, "add_task")
    _check_staff(party, stamp)
    ask = Ask(
        kind=kind,
        matter=matter,
        ward_code=matter.ward_code if matter is not None else ward_code,
        party=party,
        wording=rules.check_text(
            wording,
            code="wording_missing",
            sentence="Say what is to be done.",
            field="wording",
            most=300,
        ),
        state="requested",
        due_on=due_on,
        asked_by=party if stamp.actor.user_id is None else get_party_of(stamp.actor),
        proposed_at=stamp.at,
        asked_at=stamp.at,
    )
    return _saved(ask, stamp) if save else ask


def _saved(ask: Ask, stamp: Stamp) -> Ask:
    ask.save()
    fact = facts.TaskAdded(
        **task_words(ask), due_on=ask.due_on, citation=(ask.why_due or {}).get("citation", "")
    )
    record(fact, stamp=stamp)
    keep_ask_waiting(ask, stamp=stamp)
    return ask


def _done(
    ask: Ask, disposition: str, text: str, stamp: Stamp, *, done_on: date | None = None
) -> Ask:
    noon = datetime.combine(done_on, time(12), get_current_timezone()) if done_on else stamp.at
    ask.state, ask.done_at, ask.disposition = "done", noon, disposition
    ask.answered_by = stamp.actor.name
    ask.answer_text = rules.check_length(text, field="text", most=500)
    ask.save()
    fact = facts.TaskDone(
        **task_words(ask),
        approved=disposition == "approved",
        text=ask.answer_text,
        done_on=done_on,
    )
    record(fact, stamp=stamp)
    keep_ask_waiting(ask, stamp=stamp)
    return ask


def _check(ask: Ask, move: str, kinds: frozenset[str]) -> str:
    if ask.kind not in kinds:
        raise Refused("wrong_kind", "This kind of ask is not answered that way.")
    return rules.check_move(rules.TASK_MOVES, ask.state, move)


def _check_staff(party: Party, stamp: Stamp) -> None:
    hold(party)
    if not actor_for(party.user, on=localdate(stamp.at)).is_staff:
        raise Refused(
            "not_on_staff", f"{party.name} is not on the staff. Choose a colleague.", field="party"
        )


def task_words(ask: Ask) -> Mapping[str, Any]:
    """What every line about a task says of it."""
    matter = ask.matter
    return {
        "ask_id": ask.pk,
        "kind_of_ask": ask.kind,
        "party_id": ask.party_id,
        "party_name": ask.party.name,
        "wording": ask.wording,
        "ward_code": ask.ward_code,
        "matter_id": matter.pk if matter is not None else None,
        "title": matter.title if matter is not None else "",
        "place_id": matter.place_id if matter is not None else None,
        "changes": told_changes(ask),
    }
