"""Writing down a promise as it was heard, confirming it, and following it to its end."""

from __future__ import annotations

import dataclasses
from datetime import date

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.city.models import District
from wardroom.directory.models import Party
from wardroom.directory.queries import get_party_of
from wardroom.engagement import facts, policy
from wardroom.engagement.actions.public_promises import keep_inside
from wardroom.engagement.actions.waiting import keep_promise_waiting
from wardroom.engagement.models import Commitment, CommitmentChange
from wardroom.engagement.rules import commitments as rules
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.actions import close_matter, open_matter, reopen_matter, set_next_step
from wardroom.matters.actions.waiting import keep_matter_waiting
from wardroom.matters.actions.words import index_matter, matter_words, save_matter
from wardroom.matters.models import Matter
from wardroom.matters.rules import check_text


@action(policy.may_hear_commitment)
def hear_commitment(
    agency: Party | None,
    *,
    wording: str,
    maker: str,
    maker_name: str,
    made_to: str,
    said_on: date,
    where: str = "",
    authority: str = "",
    due_on: date | None = None,
    owner: Party,
    next_on: date,
    ward: District | None = None,
    stamp: Stamp,
) -> Commitment:
    """Write down a promise in the words that were used; it counts once it is confirmed.

    ``agency`` is who has to do it, where that is known.
    Refuses: no words; nobody who said it, or to whom; a day to come; due before it was said;
    what `open_matter` refuses. Records: `MatterOpened` and `CommitmentHeard`.
    """
    said = rules.Promise(wording, maker, maker_name, made_to, said_on, where, authority, due_on)
    promise = rules.checked_promise(said, today=localdate(stamp.at))
    matter = open_matter(
        None,
        kind=rules.COMMITMENT,
        title=promise.wording[:200],
        owner=owner,
        next_on=next_on,
        next_step=rules.CONFIRM_STEP,
        ward=ward,
        stamp=stamp,
    )
    row = Commitment.objects.create(
        matter=matter,
        **dataclasses.asdict(promise),
        agency=agency,
        heard_by=get_party_of(stamp.actor),
        last_word_on=localdate(stamp.at),
    )
    record(_heard(row), stamp=stamp)
    keep_promise_waiting(row, stamp=stamp)
    return row


@action(policy.may_confirm_commitment)
def confirm_commitment(
    matter: Matter, *, wording: str, due_on: date | None = None, next_on: date, stamp: Stamp
) -> Commitment:
    """Say that it was really promised, in these words; from now on it counts.

    Refuses: one that is confirmed already, or over; no words; due before it was said; a next
    date that is over. Records: `CommitmentConfirmed` and `NextStepSet`.
    """
    row = _open(matter, "confirm")
    wording = rules.check_words(wording)
    rules.check_due(due_on, said_on=row.said_on)
    row.wording, row.due_on, row.stage = wording, due_on, rules.CONFIRMED
    row.confirmed_by, row.confirmed_at = stamp.actor.name, stamp.at
    _save(row, stamp, "wording", "due_on", "stage", "confirmed_by", "confirmed_at")
    _call_it(matter, wording, stamp)
    fact = facts.CommitmentConfirmed(**matter_words(matter), wording=wording, due_on=due_on)
    record(fact, stamp=stamp)
    set_next_step(matter, next_on=next_on, next_step=rules.FOLLOW_STEP, stamp=stamp)
    keep_promise_waiting(row, stamp=stamp)
    return row


@action(policy.may_carry_commitment)
def begin_commitment(matter: Matter, *, text: str, stamp: Stamp) -> Commitment:
    """Say that work on a promise began, and what shows it.

    Refuses: one that is not confirmed, under way already, or over; no words.
    Records: `CommitmentBegun`, and `NextStepSet` where it was due.
    """
    row = _open(matter, "begin")
    text = _said(text)
    row.stage = rules.UNDER_WAY
    _save(row, stamp, "stage")
    record(facts.CommitmentBegun(**matter_words(matter), text=text), stamp=stamp)
    _look_again(matter, stamp)
    return row


@action(policy.may_carry_commitment)
def note_progress(matter: Matter, *, text: str, stamp: Stamp) -> Commitment:
    """Write down what was heard or seen of a promise, so that it is not silent.

    Refuses: one that is not confirmed, or over; no words. Records: `CommitmentProgressed`, and
    `NextStepSet` where it was due.
    """
    row = _open(matter, "note_progress")
    text = _said(text)
    _save(row, stamp)
    record(facts.CommitmentProgressed(**matter_words(matter), text=text), stamp=stamp)
    _look_again(matter, stamp)
    return row


@action(policy.may_carry_commitment)
def change_commitment(
    matter: Matter, *, wording: str, due_on: date | None, why: str, told: str, stamp: Stamp
) -> Commitment:
    """Change the words or the day of a promise; what it was stays on record for ever.

    What the public read of it is taken back until somebody writes it anew. Refuses: one that
    is not confirmed, or over; no change; no reason; nobody told; a day before it was said.
    Records: `CommitmentChanged`, and `CommitmentWithdrawn` where it was public.
    """
    row = _open(matter, "change")
    wording = rules.check_words(wording)
    rules.check_due(due_on, said_on=row.said_on)
    was = (row.wording, row.due_on)
    reason, told = rules.check_changed(wording=wording, due_on=due_on, was=was, why=why, told=told)
    CommitmentChange.objects.create(
        commitment=row,
        wording=was[0],
        due_on=was[1],
        why=reason,
        told=told,
        changed_at=stamp.at,
        changed_by=stamp.actor.name,
    )
    row.wording, row.due_on = wording, due_on
    _save(row, stamp, "wording", "due_on")
    _call_it(matter, wording, stamp)
    fact = facts.CommitmentChanged(
        **matter_words(matter),
        former=was[0],
        former_due_on=was[1],
        wording=wording,
        due_on=due_on,
        why=reason,
        told=told,
    )
    record(fact, stamp=stamp)
    keep_inside(row, stamp)
    return row


@action(policy.may_carry_commitment)
def keep_commitment(matter: Matter, *, evidence: str, told: str, stamp: Stamp) -> Commitment:
    """Say that a promise was kept, what shows it, and who was told.

    Refuses: one that is not confirmed, or over; nothing that shows it; nobody told; asks that
    are still open. Records: `CommitmentKept` and `MatterClosed`.
    """
    row = _open(matter, "keep")
    row.evidence, row.told = rules.check_kept(evidence, told)
    _save(row, stamp, "evidence", "told")
    fact = facts.CommitmentKept(**matter_words(matter), evidence=row.evidence, told=row.told)
    record(fact, stamp=stamp)
    close_matter(matter, outcome="kept", text=row.evidence, stamp=stamp)
    return row


@action(policy.may_carry_commitment)
def break_commitment(matter: Matter, *, why: str, told: str, stamp: Stamp) -> Commitment:
    """Say that a promise was not kept, why, and who was told.

    Refuses: one that is not confirmed, or over; no reason; nobody told; asks that are still
    open. Records: `CommitmentNotKept` and `MatterClosed`.
    """
    row = _open(matter, "break")
    reason = check_text(
        why, code="reason_missing", sentence="Say why it was not kept.", field="why", most=500
    )
    row.told = rules.check_told(told)
    _save(row, stamp, "told")
    fact = facts.CommitmentNotKept(**matter_words(matter), why=reason, told=row.told)
    record(fact, stamp=stamp)
    close_matter(matter, outcome="not_kept", text=reason, stamp=stamp)
    return row


@action(policy.may_confirm_commitment)
def deny_commitment(matter: Matter, *, why: str, stamp: Stamp) -> Matter:
    """Say that it was not promised after all; the line stays, and counts for nothing.

    Refuses: one that was confirmed, or is over; no reason. Records: `MatterClosed`.
    """
    row = _open(matter, "deny")
    reason = check_text(
        why, code="reason_missing", sentence="Say what was really said.", field="why", most=500
    )
    row.matter = close_matter(matter, outcome="not_made", text=reason, stamp=stamp)
    keep_promise_waiting(row, stamp=stamp)
    return row.matter


@action(policy.may_carry_commitment)
def reopen_commitment(
    matter: Matter, *, reason: str, next_on: date, next_step: str = "", stamp: Stamp
) -> Matter:
    """Take a promise up again that was closed too early; how it ended stays in the ledger.

    Refuses: one that is open; no reason; a next date that is over. Records: `MatterReopened`.
    """
    matter = reopen_matter(matter, reason=reason, next_on=next_on, next_step=next_step, stamp=stamp)
    row = Commitment.objects.select_related("matter").get(matter=matter)
    keep_promise_waiting(row, stamp=stamp)
    return matter


def _heard(row: Commitment) -> facts.CommitmentHeard:
    return facts.CommitmentHeard(
        **matter_words(row.matter),
        wording=row.wording,
        maker_name=row.maker_name,
        made_to=row.made_to,
        said_on=row.said_on,
        where=row.where,
        due_on=row.due_on,
        agency_id=row.agency_id,
    )


def _said(text: str) -> str:
    return check_text(
        text, code="text_missing", sentence="Say what was heard or seen.", field="text", most=500
    )


def _call_it(matter: Matter, wording: str, stamp: Stamp) -> None:
    """Let the matter be called by the words that count now, wherever it is listed or found."""
    if matter.title != wording[:200]:
        matter.title = wording[:200]
        save_matter(matter, "title")
        index_matter(matter, stamp=stamp)
        keep_matter_waiting(matter, stamp=stamp)


def _look_again(matter: Matter, stamp: Stamp) -> None:
    """A word of it moves a next date that is due or over to two weeks from now."""
    today = localdate(stamp.at)
    if matter.next_on is None or matter.next_on <= today:
        look_on = today + rules.SILENT_FOR
        set_next_step(matter, next_on=look_on, next_step=rules.FOLLOW_STEP, stamp=stamp)


def _save(row: Commitment, stamp: Stamp, *fields: str) -> None:
    row.last_word_on = localdate(stamp.at)
    row.save(update_fields=[*fields, "last_word_on"])


def _open(matter: Matter, move: str) -> Commitment:
    if matter.state != "open":
        raise Refused("wrong_state", "This promise is closed.")
    rows = Commitment.objects.select_for_update(of=("self",), no_key=True)
    row: Commitment = rows.get(matter=matter)
    rules.check_move(move, row.stage)
    return row
