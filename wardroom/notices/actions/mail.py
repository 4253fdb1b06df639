"""Messages in: kept as they came, given to their thread, read, or set aside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.documents.models import Document
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.notices import facts, policy
from wardroom.notices.actions.outbox import mark_address_bounced
from wardroom.notices.models import Message, Received
from wardroom.notices.queries.findable import is_found, mail_thing
from wardroom.notices.queries.threads import (
    answered_message,
    apart_message,
    looked_up,
    ward_of_thread,
)
from wardroom.notices.rules import one_line
from wardroom.notices.rules.reading import said_and_quoted
from wardroom.notices.rules.receiving import (
    BOUNCE,
    IGNORED,
    Mail,
    Verdict,
    bounced_of,
    verdict,
)
from wardroom.search.actions import let_be_found

State = Received.State


@action(policy.may_receive_mail)
def keep_mail(
    _: None,
    *,
    mail: Mail,
    raw: Document,
    documents: Iterable[Document] = (),
    left_out: Iterable[str] = (),
    stamp: Stamp,
) -> Received:
    """Keep a message that came in, and give it to its thread, or let a person say.

    A notice that one of our messages came back marks that message, and the address where the
    notice names it. Refuses: `already_received`.
    Records: `MailReceived`, `MailIgnored`, or `MailReturned` with `AddressBounced`.
    """
    if Received.objects.filter(fingerprint=mail.fingerprint).exists():
        raise _received_before()
    answered = answered_message(mail)
    decided = verdict(mail, looked_up(mail, answered, at=stamp.at))
    received = _put_down(mail, decided, answered, raw, left_out, stamp)
    received.enclosures.set(documents)
    _tell(received, decided, stamp)
    index_mail(received, new=True)
    if decided.state == BOUNCE and answered is not None:
        _mark_returned(mail, answered, decided.reason, stamp)
    return received


def _put_down(
    mail: Mail,
    decided: Verdict,
    answered: Message | None,
    raw: Document,
    left_out: Iterable[str],
    stamp: Stamp,
) -> Received:
    """The row of a message; what another worker kept at the same moment was received before."""
    row = Received(
        fingerprint=mail.fingerprint,
        message_id=mail.message_id,
        from_name=mail.from_name,
        from_address=mail.from_address,
        to_addresses="\n".join(mail.to_addresses),
        subject=mail.subject,
        said_at=mail.said_at,
        received_at=stamp.at,
        text=mail.text,
        in_reply_to=mail.in_reply_to,
        references=" ".join(mail.references),
        size=mail.size,
        state=decided.state,
        reason=decided.reason,
        thread=decided.thread,
        ward_code=ward_of_thread(decided.thread),
        like=decided.like,
        how=decided.how,
        about=decided.thread or decided.like,
        left_out="\n".join((*mail.left_out, *left_out)),
        answers=answered or apart_message(mail),
        raw=raw,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        if Received.objects.filter(fingerprint=mail.fingerprint).exists():
            raise _received_before() from None
        raise
    return row


def _received_before() -> Refused:
    return Refused("already_received", "This message was received before.")


@action(policy.may_place_mail)
def place_mail(received: Received, *, thread: str, ward_code: str, stamp: Stamp) -> Received:
    """Say what a message is about; one that was given to the wrong thread moves.

    Refuses: `already_there`; `wrong_state` for a mail server's notice. Records: `MailPlaced`.
    """
    if received.state == State.BOUNCE:
        raise Refused("wrong_state", "A mail server's notice belongs to its message.")
    if received.thread == thread and received.state == State.THREADED:
        raise Refused("already_there", "It is there already.", field="into")
    former, received.thread, received.ward_code = received.thread, thread, ward_code
    received.about = thread
    received.state, received.reason = State.THREADED, ""
    received.like = received.how = received.read_by = ""
    received.read_at = None
    received.save()
    record(facts.MailPlaced(**told(received), former_thread=former), stamp=stamp)
    index_mail(received)
    return received


@action(policy.may_sort_mail)
def set_mail_aside(received: Received, *, reason: str, stamp: Stamp) -> Received:
    """Say why nothing follows from a message that waits.

    Refuses: `wrong_state` for one that does not wait; `no_reason`. Records: `MailSetAside`.
    """
    if received.state != State.WAITING:
        raise Refused("wrong_state", "Only mail that waits can be set aside.")
    why = one_line(reason)
    if not why:
        raise Refused("no_reason", "Say why nothing needs to be done.", field="reason")
    received.state, received.reason = State.SET_ASIDE, why
    received.read_at, received.read_by = stamp.at, stamp.actor.name
    received.save(update_fields=["state", "reason", "read_at", "read_by"])
    record(facts.MailSetAside(**told(received), reason=why), stamp=stamp)
    return received


@action(policy.may_place_mail)
def note_mail_read(received: Received, *, answered: bool = False, stamp: Stamp) -> Received:
    """Say that somebody read a message on a thread, or answered it.

    Refuses: `wrong_state` for one on no thread; `already_read`. Records: `MailRead`.
    """
    if received.state != State.THREADED:
        raise Refused("wrong_state", "Say first where it belongs.")
    if received.read_at is not None and not answered:
        raise Refused("already_read", f"{received.read_by} has read it.")
    received.read_at, received.read_by = stamp.at, stamp.actor.name
    received.save(update_fields=["read_at", "read_by"])
    record(facts.MailRead(**told(received), answered=answered), stamp=stamp)
    return received


def file_mail(received: Received, *, about: str, ward_code: str) -> None:
    """Say what a message is about, or seems to be, and in which ward that lies; for its readers."""
    received.about, received.ward_code = about, ward_code
    received.save(update_fields=["about", "ward_code"])
    index_mail(received)


def move_mail(about: str, *, ward_code: str) -> None:
    """Let the mail about something follow it into another ward."""
    rows = Received.objects.filter(about=about)
    rows.update(ward_code=ward_code)
    for received in rows.order_by("pk"):
        index_mail(received)


def index_mail(received: Received, *, new: bool = False) -> None:
    """Let a message be found by who wrote it and by its words, where it lies today."""
    if not is_found(received):
        return
    let_be_found(mail_thing(received), new=new)


def told(received: Received) -> Mapping[str, Any]:
    """What every line about a message in says of it."""
    return {
        "received": received.pk,
        "thread": received.thread,
        "ward_code": received.ward_code if received.thread else "",
    }


def said_in(received: Received) -> str:
    """What somebody wrote, without what they only quoted."""
    return said_and_quoted(received.text)[0]


def _tell(received: Received, decided: Verdict, stamp: Stamp) -> None:
    words = told(received)
    if decided.state == IGNORED:
        record(facts.MailIgnored(**words, reason=decided.reason), stamp=stamp)
    elif decided.state == BOUNCE:
        record(facts.MailReturned(**words, reason=decided.reason), stamp=stamp)
    else:
        record(facts.MailReceived(**words), stamp=stamp)


def _mark_returned(mail: Mail, answered: Message, reason: str, stamp: Stamp) -> None:
    """Mark our message; its address is no good only where the notice says so of that address."""
    row = bounced_of(mail, answered.to_address)
    if row is None and mail.returned:
        reason = f"It was passed on to another address, which did not take it: {reason}"
    hard = row is not None and row.hard
    mark_address_bounced(answered, hard=hard, reason=reason, stamp=stamp)
