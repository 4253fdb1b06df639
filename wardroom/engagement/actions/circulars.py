"""A letter to many: written by one, approved by another, taken back or stopped."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.directory.queries import get_party_of
from wardroom.engagement import facts, policy
from wardroom.engagement.actions.waiting import keep_letter_waiting
from wardroom.engagement.models import Circular, CircularText
from wardroom.engagement.queries.audiences import Audience, audience_of, reached
from wardroom.engagement.queries.circulars import still_here
from wardroom.engagement.rules import circulars as moves
from wardroom.engagement.rules.tongues import check_tongue, tongue_of
from wardroom.kernel.errors import NotFound, Refused
from wardroom.ledger.actions import record
from wardroom.matters.actions.outside import check_for_the_public
from wardroom.matters.rules import check_text
from wardroom.notices.actions import recall_message
from wardroom.notices.models import Message


@action(policy.may_write_circular)
def write_circular(
    _: None,
    *,
    subject: str,
    text: str,
    area_kind: str = "",
    area_code: str = "",
    topic: str = "",
    stamp: Stamp,
) -> Circular:
    """Write a letter to everybody who gets news about an area; the director approves it.

    Refuses: no words; words that the public may not read; a district that is none.
    Records: `CircularWritten`.
    """
    moves.check_audience(area_kind, area_code)
    audience = Audience(area_kind, area_code.strip().upper() if area_kind else "", topic)
    _reached(audience, stamp)
    made: Circular = Circular.objects.create(
        area_kind=audience.kind,
        area_code=audience.code,
        topic=topic,
        written_by=get_party_of(stamp.actor),
        written_at=stamp.at,
    )
    row = _word(made, moves.ENGLISH, subject, text, stamp)
    fact = facts.CircularWritten(circular=made.pk, subject=row.subject, for_whom=audience.words)
    record(fact, stamp=stamp)
    keep_letter_waiting(made, stamp=stamp)
    return made


@action(policy.may_write_circular)
def reword_circular(
    circular: Circular, *, language: str, subject: str, text: str, stamp: Stamp
) -> Circular:
    """Write the words of a draft anew, or put them into another language.

    Nobody whose words stand in it, in any language, can approve it. Refuses: one that is no
    draft; no words; words that the public may not read. Records: `CircularReworded`.
    """
    moves.check_move(circular.state, "reword_circular")
    row = _word(circular, check_tongue(language), subject, text, stamp)
    circular.written_by, circular.written_at = get_party_of(stamp.actor), stamp.at
    circular.save(update_fields=["written_by", "written_at"])
    said = tongue_of(language).english
    fact = facts.CircularReworded(circular=circular.pk, subject=row.subject, language=said)
    record(fact, stamp=stamp)
    keep_letter_waiting(circular, stamp=stamp)
    return circular


@action(policy.may_approve_circular)
def approve_circular(circular: Circular, *, copies: int, stamp: Stamp) -> Circular:
    """Let a letter go out to as many as the page showed, half a minute from now.

    Refuses: whoever wrote any of its words; one that is no draft; `count_changed` where it
    would go to another number now; one that is for nobody. Records: `CircularApproved`.
    """
    moves.check_move(circular.state, "approve_circular")
    person = get_party_of(stamp.actor)
    own_words = circular.texts.filter(written_by=person).exists()
    if own_words or circular.written_by_id == person.pk:
        raise Refused("own_letter", "You wrote this, so somebody else has to approve it.")
    now = _reached(audience_of(circular), stamp)
    if now != copies:
        raise Refused("count_changed", f"It would go to {now:,} now. Look, and approve again.")
    if not now:
        raise Refused("nobody", "Nobody gets news about this area.")
    circular.state, circular.approved_by, circular.approved_at = moves.APPROVED, person, stamp.at
    circular.goes_at = stamp.at + moves.UNDO_FOR
    circular.save(update_fields=["state", "approved_by", "approved_at", "goes_at"])
    fact = facts.CircularApproved(**told(circular), copies=now, goes_at=circular.goes_at)
    record(fact, stamp=stamp)
    keep_letter_waiting(circular, stamp=stamp)
    return circular


@action(policy.may_approve_circular)
def take_back_circular(circular: Circular, *, stamp: Stamp) -> Circular:
    """Take a letter back before its first copy goes; it is a draft again.

    The half minute is the least there is: until the worker opens it, it can be taken back.
    Refuses: `too_late` once copies are on their way; `wrong_state`. Records:
    `CircularTakenBack`.
    """
    if circular.state in (moves.SENDING, moves.SENT):
        raise Refused("too_late", "The first copies are on their way. You can stop the rest.")
    moves.check_move(circular.state, "take_back_circular")
    circular.state, circular.approved_by = moves.DRAFT, None
    circular.approved_at = circular.goes_at = None
    circular.save(update_fields=["state", "approved_by", "approved_at", "goes_at"])
    record(facts.CircularTakenBack(**told(circular)), stamp=stamp)
    keep_letter_waiting(circular, stamp=stamp)
    return circular


@action(policy.may_approve_circular)
def stop_circular(circular: Circular, *, reason: str, stamp: Stamp) -> Circular:
    """Stop a letter that is going out: what has not left yet stays here.

    A copy that a worker takes at this moment goes out; it keeps none of the others. Refuses:
    one that is not going out, or of which every copy left; no reason. Records:
    `MessageRecalled` for each copy in the outbox, and `CircularStopped`.
    """
    moves.check_move(circular.state, "stop_circular")
    reason = _reason(reason)
    waiting = circular.copies.filter(state=moves.WAITING)
    kept_back = waiting.update(state=moves.LEFT_OUT, why=moves.WAS_STOPPED)
    kept_back += sum(_recalled(message, stamp) for message in still_here(circular))
    if circular.state == moves.SENT and not kept_back:
        raise Refused("wrong_state", "Every copy left already. There is nothing to stop.")
    circular.state, circular.ended_at = moves.STOPPED, stamp.at
    circular.save(update_fields=["state", "ended_at"])
    fact = facts.CircularStopped(**told(circular), kept_back=kept_back, reason=reason)
    record(fact, stamp=stamp)
    return circular


@action(policy.may_write_circular)
def withdraw_circular(circular: Circular, *, reason: str, stamp: Stamp) -> Circular:
    """Say that a draft is not wanted any more; it waits for nobody then.

    Refuses: one that is no draft; no reason. Records: `CircularWithdrawn`.
    """
    moves.check_move(circular.state, "withdraw_circular")
    reason = _reason(reason)
    circular.state, circular.ended_at = moves.WITHDRAWN, stamp.at
    circular.save(update_fields=["state", "ended_at"])
    record(facts.CircularWithdrawn(**told(circular), reason=reason), stamp=stamp)
    keep_letter_waiting(circular, stamp=stamp)
    return circular


def _reason(reason: str) -> str:
    return check_text(reason, code="reason_missing", sentence="Say why.", field="reason", most=200)


def told(circular: Circular) -> dict[str, Any]:
    """What every line about a letter says of it."""
    english = circular.texts.get(language=moves.ENGLISH)
    return {"circular": circular.pk, "subject": english.subject}


def _reached(audience: Audience, stamp: Stamp) -> int:
    try:
        return reached(audience, on=localdate(stamp.at)).count()
    except NotFound:
        raise Refused(
            "unknown_district", "There is no district of this name.", field="area_code"
        ) from None


def _word(circular: Circular, language: str, subject: str, text: str, stamp: Stamp) -> CircularText:
    subject, text = moves.check_words(subject, text)
    check_for_the_public(subject, field="subject")
    check_for_the_public(text, field="text")
    words = {"subject": subject, "text": text, "written_by": get_party_of(stamp.actor)}
    row, _ = CircularText.objects.update_or_create(
        circular=circular, language=language, defaults=words
    )
    return row


def _recalled(message: Message, stamp: Stamp) -> bool:
    """Whether a copy could be taken back; a worker may have taken it in between."""
    try:
        recall_message(message, stamp=stamp)
    except Refused:
        return False
    return True
