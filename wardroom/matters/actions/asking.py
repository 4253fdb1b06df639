"""Asking an agency, and everything that can become of an ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.directory.models import Party
from wardroom.directory.queries import get_party_of
from wardroom.kernel.errors import Refused, Stale
from wardroom.kernel.facts import Fact
from wardroom.kernel.text import long_day
from wardroom.kernel.versions import moved_since, version_of
from wardroom.ledger.actions import record
from wardroom.matters import facts, policy, rules
from wardroom.matters.actions.climbing import start_ladder
from wardroom.matters.actions.following import follow_ask
from wardroom.matters.actions.proving import add_evidence, close_links
from wardroom.matters.actions.waiting import keep_ask_waiting, settle_asks
from wardroom.matters.actions.words import ask_words, index_ask
from wardroom.matters.models import Ask, Matter


@action(policy.may_propose_ask)
def propose_ask(
    matter: Matter,
    *,
    party: Party,
    wording: str,
    authority: str,
    due_on: date,
    where: str = "",
    why_due: Mapping[str, Any] | None = None,
    stamp: Stamp,
) -> Ask:
    """Write down one thing to ask of one agency by one date; the agency does not see it yet.

    ``where`` says where, if the matter has no place; the agency reads it. ``why_due`` is the
    arithmetic of the date, where a promise or a clock gave it.
    Refuses: a matter that is closed; a party that is no agency; no wording; a due date
    that is not after today. Records: `AskProposed`.
    """
    rules.check_move(rules.MATTER_MOVES, matter.state, "propose_ask")
    if not party.agency or not party.code:
        raise Refused("not_an_agency", f"{party.name} is not an agency.", field="party")
    rules.check_due(due_on, today=localdate(stamp.at))
    ask = Ask.objects.create(
        matter=matter,
        ward_code=matter.ward_code,
        party=party,
        agency_code=party.code,
        wording=rules.check_text(
            wording,
            code="wording_missing",
            sentence="Say what is asked for.",
            field="wording",
            most=300,
        ),
        where_text=rules.check_length(where, field="where", most=200),
        authority=rules.check_length(authority, field="authority", most=200),
        due_on=due_on,
        why_due=dict(why_due) if why_due else None,
        asked_by=get_party_of(stamp.actor),
        proposed_at=stamp.at,
    )
    fact = facts.AskProposed(**ask_words(ask), due_on=due_on, authority=ask.authority)
    record(fact, stamp=stamp)
    settle_asks(matter, states=("declined",), stamp=stamp)
    keep_ask_waiting(ask, stamp=stamp)
    index_ask(ask, stamp=stamp)
    return ask


@dataclass(frozen=True)
class AskDraft:
    """One ask as it is composed: one agency, one thing, one date."""

    party: Party
    wording: str
    due_on: date
    authority: str = ""
    why_due: Mapping[str, Any] | None = None


@action(policy.may_propose_ask)
def ask_agencies(
    matter: Matter, *, drafts: Sequence[AskDraft], send: bool = True, stamp: Stamp
) -> tuple[Ask, ...]:
    """Ask several agencies at once, each for one thing by one date; all of it or none.

    Without ``send`` they are only written down, and no agency sees them yet.
    Refuses: nothing to ask; what `propose_ask` and `request_ask` refuse.
    Records: `AskProposed`, and `AskRequested` where sent, for each.
    """
    if not drafts:
        raise Refused("nothing_asked", "Fill in at least one ask.", field="wording")
    asks = []
    for draft in drafts:
        ask = propose_ask(
            matter,
            party=draft.party,
            wording=draft.wording,
            authority=draft.authority,
            due_on=draft.due_on,
            why_due=draft.why_due,
            stamp=stamp,
        )
        asks.append(request_ask(ask, stamp=stamp) if send else ask)
    matter.refresh_from_db(fields=["next_on", "next_step", "version"])
    return tuple(asks)


@action(policy.may_request_ask)
def request_ask(ask: Ask, *, stamp: Stamp) -> Ask:
    """Put a proposed ask to its agency, whose partners see it from now on.

    Refuses: an ask that was put already; a due date that is not after today any more.
    Records: `AskRequested`.
    """
    to = rules.check_move(rules.ASK_MOVES, ask.state, "request_ask")
    rules.check_due(ask.due_on, today=localdate(stamp.at))
    ask.state, ask.asked_at, ask.asked_agency = to, stamp.at, ask.agency_code
    return _changed(
        ask,
        facts.AskRequested(**ask_words(ask), due_on=ask.due_on, again=False, reason=""),
        stamp,
    )


@action(policy.may_repeat_ask)
def repeat_ask(ask: Ask, *, due_on: date, reason: str, seen: str = "", stamp: Stamp) -> Ask:
    """Ask the agency again: its other date does not do, or what was done did not hold.

    The answer is cleared and waits anew; the first promise stays, and the ledger keeps all
    that was said. Refuses: an ask that waits, was declined or withdrawn; a matter that is
    closed; a due date that is not after today; no reason; `stale` where it was answered
    otherwise than ``seen``. Records: `AskRequested`, again.
    """
    to = rules.check_move(rules.ASK_MOVES, ask.state, "repeat_ask")
    _check_seen(ask, seen)
    matter = Matter.objects.select_for_update(of=("self",), no_key=True).get(pk=ask.matter_id)
    rules.check_move(rules.MATTER_MOVES, matter.state, "propose_ask")
    rules.check_due(due_on, today=localdate(stamp.at))
    reason = rules.check_text(
        reason, code="reason_missing", sentence="Say why.", field="reason", most=300
    )
    ask.state, ask.due_on, ask.asked_at, ask.why_due = to, due_on, stamp.at, None
    ask.answered_at, ask.answered_by, ask.answer_text = None, "", ""
    ask.counter_on, ask.promised_on = None, None
    ask.done_at, ask.disposition, ask.settled_at = None, "", None
    close_links(ask, stamp=stamp)
    fact = facts.AskRequested(**ask_words(ask), due_on=due_on, again=True, reason=reason)
    return _changed(ask, fact, stamp)


@action(policy.may_accept_ask)
def accept_ask(ask: Ask, *, promised_on: date, text: str = "", stamp: Stamp) -> Ask:
    """Take on what was asked, and promise a day; only the agency itself can.

    Refuses: an ask that does not wait for an answer; a day that is over.
    Records: `AskAccepted`.
    """
    to = rules.check_move(rules.ASK_MOVES, ask.state, "accept_ask")
    rules.check_promise(promised_on, today=localdate(stamp.at))
    _answer(ask, to, text, stamp)
    ask.counter_on = None
    _promise(ask, promised_on)
    fact = facts.AskAccepted(
        **ask_words(ask), promised_on=promised_on, due_on=ask.due_on, text=ask.answer_text
    )
    return _changed(ask, fact, stamp)


@action(policy.may_decline_ask)
def decline_ask(ask: Ask, *, code: str, text: str = "", stamp: Stamp) -> Ask:
    """Say no to what was asked, with a reason from the list; only the agency itself can.

    Refuses: an ask that does not wait for an answer; a reason that is not in the list;
    another reason without words. Records: `AskDeclined`.
    """
    to = rules.check_move(rules.ASK_MOVES, ask.state, "decline_ask")
    label = rules.check_decline(code, text)
    _answer(ask, to, text, stamp)
    ask.decline_code = code
    fact = facts.AskDeclined(**ask_words(ask), code=code, label=label, text=ask.answer_text)
    return _changed(ask, fact, stamp)


@action(policy.may_counter_ask)
def counter_ask(ask: Ask, *, counter_on: date, text: str = "", stamp: Stamp) -> Ask:
    """Offer another day than the one asked for; the office then agrees or asks again.

    Refuses: an ask that does not wait for an answer; the same day; a day that is not after
    today. Records: `AskCountered`.
    """
    to = rules.check_move(rules.ASK_MOVES, ask.state, "counter_ask")
    rules.check_counter(counter_on, due_on=ask.due_on, today=localdate(stamp.at))
    _answer(ask, to, text, stamp)
    ask.counter_on = counter_on
    fact = facts.AskCountered(
        **ask_words(ask), counter_on=counter_on, due_on=ask.due_on, text=ask.answer_text
    )
    return _changed(ask, fact, stamp)


@action(policy.may_agree_counter)
def agree_counter(ask: Ask, *, seen: str = "", stamp: Stamp) -> Ask:
    """Take the other day that the agency offered; it becomes the agency's promise.

    Refuses: an ask without such an offer; a day that is over by now; `stale` where the
    agency offered another day than the one ``seen``. Records: `CounterAgreed`.
    """
    to = rules.check_move(rules.ASK_MOVES, ask.state, "agree_counter")
    _check_seen(ask, seen)
    counter_on = cast(date, ask.counter_on)
    rules.check_promise(counter_on, today=localdate(stamp.at))
    ask.state = to
    _promise(ask, counter_on)
    return _changed(ask, facts.CounterAgreed(**ask_words(ask), promised_on=counter_on), stamp)


@action(policy.may_move_promise)
def move_promise(ask: Ask, *, promised_on: date, reason: str, stamp: Stamp) -> Ask:
    """Move the promised day, with a reason; the first promise is kept beside it for ever.

    Refuses: an ask that was not accepted; the same day; a day that is over; no reason.
    Records: `PromiseMoved`.
    """
    to = rules.check_move(rules.ASK_MOVES, ask.state, "move_promise")
    rules.check_moved_promise(promised_on, current=ask.promised_on, today=localdate(stamp.at))
    reason = rules.check_text(
        reason, code="reason_missing", sentence="Say why.", field="reason", most=300
    )
    moved_from = cast(date, ask.promised_on)
    ask.state = to
    _promise(ask, promised_on)
    fact = facts.PromiseMoved(
        **ask_words(ask),
        moved_from=moved_from,
        promised_on=promised_on,
        first_promised_on=cast(date, ask.first_promised_on),
        reason=reason,
    )
    return _changed(ask, fact, stamp)


@action(policy.may_report_done)
def report_done(
    ask: Ask,
    *,
    disposition: str,
    text: str = "",
    photographs: Sequence[tuple[str, bytes]] = (),
    stamp: Stamp,
) -> Ask:
    """Say that the agency did what it promised, and what came of it.

    This is the agency's word. It closes no matter and verifies nothing. ``photographs`` are
    names and bytes. Refuses: an ask that was not accepted; a disposition that is not in the
    list; what is no photograph. Records: `AskDone`, and `DocumentAttached` for each
    photograph.
    """
    to = rules.check_move(rules.ASK_MOVES, ask.state, "report_done")
    label = rules.check_disposition(disposition)
    text = rules.check_length(text, field="text", most=500)
    ask.state, ask.done_at, ask.disposition = to, stamp.at, disposition
    fact = facts.AskDone(**ask_words(ask), disposition=disposition, label=label, text=text)
    done = _changed(ask, fact, stamp)
    for name, content in photographs:
        add_evidence(done, name=name, content=content, stamp=stamp)
    return done


@action(policy.may_withdraw_ask)
def withdraw_ask(ask: Ask, *, reason: str, seen: str = "", stamp: Stamp) -> Ask:
    """Stop asking for this, with a reason that the agency can read.

    Refuses: an ask that has ended; no reason; `stale` where it was answered otherwise than
    ``seen``. Records: `AskWithdrawn`, or `ProposedAskWithdrawn` where the agency had never
    received it.
    """
    to = rules.check_move(rules.ASK_MOVES, ask.state, "withdraw_ask")
    _check_seen(ask, seen)
    reason = rules.check_text(
        reason, code="reason_missing", sentence="Say why.", field="reason", most=300
    )
    ask.state = to
    close_links(ask, stamp=stamp)
    kind = facts.AskWithdrawn if ask.asked_agency else facts.ProposedAskWithdrawn
    return _changed(ask, kind(**ask_words(ask), reason=reason), stamp)


def _check_seen(ask: Ask, seen: str) -> None:
    """Nobody follows up an answer that they were not shown: an answer is one thing."""
    now = {name: getattr(ask, name) for name in rules.ANSWER_SHOWN}
    if not seen or not moved_since(seen, now):
        return
    day = ask.counter_on or ask.promised_on
    theirs = [("Now", rules.STATE_WORDS[ask.state])]
    theirs += [("Day", long_day(day))] if day else []
    theirs += [("In their words", ask.answer_text)] if ask.answer_text else []
    raise Stale(seen=version_of(now), theirs=tuple(theirs), by=ask.answered_by, at=ask.answered_at)


def _answer(ask: Ask, to: str, text: str, stamp: Stamp) -> None:
    ask.state = to
    ask.answered_at, ask.answered_by = stamp.at, stamp.actor.name
    ask.answer_text = rules.check_length(text, field="text", most=500)


def _promise(ask: Ask, day: date) -> None:
    ask.promised_on = day
    if ask.first_promised_on is None:
        ask.first_promised_on = day


def _changed(ask: Ask, fact: Fact, stamp: Stamp) -> Ask:
    """Save a referral, write its line, and keep its ladder, the worklist and the step true."""
    start_ladder(ask)
    ask.save()
    record(fact, stamp=stamp)
    keep_ask_waiting(ask, stamp=stamp)
    follow_ask(ask, done=ask.state == "done", stamp=stamp)
    return ask
