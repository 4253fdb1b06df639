"""Writing messages into the outbox, and noting what became of them."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F

from wardroom.access.actor import APART, Stamp
from wardroom.access.gate import action, guard_pass
from wardroom.documents.models import Document
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.ledger.models import Entry
from wardroom.notices import facts, policy
from wardroom.notices.actions.keys import open_text
from wardroom.notices.gateways import (
    Attached,
    Letter,
    hours,
    hurry,
    reply_address,
    reply_digest,
    unwanted,
)
from wardroom.notices.models import Message
from wardroom.notices.queries.threads import earlier_ids
from wardroom.notices.rules import (
    UNDO_SECONDS,
    is_thread,
    most_attempts,
    one_line,
    open_moment,
    references_of,
    subject_line,
    wait_after,
    without_address,
)

BOOKKEEPING = "a try to send a message"
DEAD_WORKER = "the worker died at every attempt"
SAME_WORDS = timedelta(minutes=10)


@action(policy.may_queue_message)
def queue_message(
    _: None,
    *,
    entry_id: int,
    to_name: str,
    to_address: str,
    subject: str,
    text: str,
    key: str = "",
    thread: str = "",
    urgent: bool = False,
    quick: bool = False,
    send_after: datetime | None = None,
    documents: Iterable[int] = (),
    automatic: str = "auto-generated",
    calendar: tuple[str, str] = ("", ""),
    on_list: str = "",
    unsubscribe: str = "",
    stamp: Stamp,
) -> Message:
    """Write an e-mail into the outbox; the worker sends it after the commit.

    ``entry_id`` is the ledger line that the message follows from. ``key`` names the message
    for ever, such as "812:tell the agency:desk@dpw.example"; without one it is made of the
    line, the address and the subject. ``thread`` is what it is about, such as "matter:412":
    its messages to one address hang together in every mail reader, and answers find their
    way back. What is not urgent waits for working hours; what is ``quick`` waits for nothing,
    goes before all other mail and is tried again every minute: somebody is called at night.
    Marks such as ``{{key:12}}`` stand for a link's token, which is put in only while the
    message is sent. ``calendar`` is what goes along for the reader's calendar: REQUEST or
    CANCEL, and the file. Mail that goes to many says who ``on_list`` gets it and where one
    click ends it, ``unsubscribe``; it is dropped where that person no longer wants it at the
    moment of sending.
    Refuses: `bad_address`, `bad_thread`, `already_queued` where the key was used before.
    Records: `MessageQueued`.
    """
    return _written(
        entry_id=entry_id,
        to_name=to_name,
        to_address=to_address,
        subject=subject,
        text=text,
        key=key,
        thread=thread,
        due_at=_due_at(max(stamp.at, send_after or stamp.at), urgent=urgent or quick),
        urgent=urgent or quick,
        quick=quick,
        documents=tuple(documents),
        automatic=automatic,
        calendar=calendar,
        on_list=on_list,
        unsubscribe=unsubscribe,
        stamp=stamp,
    )


@action(policy.may_write_message)
def write_message(
    _: None,
    *,
    entry_id: int,
    to_name: str,
    to_address: str,
    subject: str,
    text: str,
    thread: str,
    stamp: Stamp,
) -> Message:
    """Write an e-mail by hand; it goes out at once, but for the seconds to take it back.

    ``entry_id`` is the ledger line that says so. Unlike what the house writes by itself it
    does not wait for working hours, and mail readers may answer it as they answer people.
    Refuses: `bad_address`, `bad_thread`; `already_queued` where the same words went to the
    same address minutes ago. Records: `MessageQueued`.
    """
    lately = Message.objects.filter(
        to_address__iexact=to_address, text=text, queued_at__gte=stamp.at - SAME_WORDS
    )
    if lately.exclude(state=Message.State.RECALLED).exists():
        raise Refused(
            "already_queued", "You sent the same message a few minutes ago.", field="text"
        )
    return _written(
        entry_id=entry_id,
        to_name=to_name,
        to_address=to_address,
        subject=subject,
        text=text,
        key="",
        thread=thread,
        due_at=stamp.at + timedelta(seconds=UNDO_SECONDS),
        urgent=True,
        documents=(),
        automatic="",
        stamp=stamp,
    )


@action(policy.may_queue_message)
def note_nobody_to_tell(
    _: None, *, entry_id: int, to_name: str, subject: str, stamp: Stamp
) -> None:
    """Write down that a message had no address to go to, so that a person can see it.

    Refuses: nothing. Records: `NobodyToTell`.
    """
    fact = facts.NobodyToTell(
        to_name=to_name, subject=one_line(subject), **_cause(Entry.objects.get(pk=entry_id))
    )
    record(fact, stamp=stamp)


def _written(
    *,
    entry_id: int,
    to_name: str,
    to_address: str,
    subject: str,
    text: str,
    key: str,
    thread: str,
    due_at: datetime,
    urgent: bool,
    documents: tuple[int, ...],
    automatic: str,
    calendar: tuple[str, str] = ("", ""),
    on_list: str = "",
    unsubscribe: str = "",
    quick: bool = False,
    stamp: Stamp,
) -> Message:
    _check_address(to_address)
    key = key or _own_key(entry_id, to_address, one_line(subject))
    _check_new(key, thread, to_address)
    before, references = references_of(earlier_ids(thread, to_address))
    entry = Entry.objects.get(pk=entry_id)
    message = Message.objects.create(
        entry=entry,
        by_id=entry.actor_id,
        key=key,
        thread=thread,
        to_name=one_line(to_name),
        to_address=to_address,
        subject=subject_line(subject, thread),
        text=text.replace("\0", ""),
        message_id=f"<{uuid.uuid4().hex}@{_own_domain()}>",
        in_reply_to=before,
        references=references,
        reply_digest=reply_digest(thread, to_address),
        urgent=urgent,
        quick=quick,
        automatic=automatic,
        calendar_method=calendar[0],
        calendar=calendar[1],
        on_list=on_list,
        unsubscribe=unsubscribe,
        queued_at=stamp.at,
        due_at=due_at,
        next_try_at=due_at,
    )
    if documents:
        message.enclosures.set(Document.objects.filter(pk__in=documents))
    record(facts.MessageQueued(**told(message)), stamp=stamp)
    if quick:
        transaction.on_commit(hurry, robust=True)
    return message


def claim_message(message_id: int, *, stamp: Stamp) -> Letter | None:
    """Take a waiting message for one try; None where another worker has it.

    The claim is a lease: a worker that dies while sending leaves the message waiting, and
    it goes out again later under the same Message-ID. One that killed its worker at every
    try is given up, so that the others go on.
    """
    with transaction.atomic(), guard_pass(BOOKKEEPING):
        waiting = Message.objects.filter(
            pk=message_id, state=Message.State.QUEUED, next_try_at__lte=stamp.at
        )
        message = waiting.select_for_update(of=("self",)).first()
        if message is None:
            return None
        if message.attempts >= most_attempts(quick=message.quick):
            give_up_message(message, reason=message.error or DEAD_WORKER, stamp=stamp)
            return None
        why = unwanted(message.on_list, message.to_address) if message.on_list else ""
        if why:
            drop_message(message, reason=why, stamp=stamp)
            return None
        lease = stamp.at + timedelta(seconds=wait_after(message.attempts + 1, quick=message.quick))
        waiting.update(attempts=F("attempts") + 1, next_try_at=lease)
    return _letter(message, stamp)


def _letter(message: Message, stamp: Stamp) -> Letter:
    files = message.enclosures.order_by("pk").values_list("name", "media_type", "digest")
    return Letter(
        to_name=message.to_name,
        to_address=message.to_address,
        subject=message.subject,
        text=open_text(message.text, holder=message.to_address, at=stamp.at),
        unsubscribe=open_text(message.unsubscribe, holder=message.to_address, at=stamp.at),
        message_id=message.message_id,
        in_reply_to=message.in_reply_to,
        references=message.references,
        reply_to=reply_address(message.thread, message.to_address),
        automatic=message.automatic,
        attached=tuple(Attached(*row) for row in files),
        calendar=message.calendar,
        calendar_method=message.calendar_method,
    )


def note_try_failed(message_id: int, *, error: str, stamp: Stamp) -> None:
    """Keep the reason of a failed try; after the last one the message stands as failed.

    The next try keeps to working hours, too.
    """
    message = Message.objects.get(pk=message_id)
    if message.attempts >= most_attempts(quick=message.quick):
        give_up_message(message, reason=error, stamp=stamp)
        return
    later = _due_at(message.next_try_at, urgent=message.urgent)
    with guard_pass(BOOKKEEPING):
        rows = Message.objects.filter(pk=message_id, state=Message.State.QUEUED)
        rows.update(error=_said(message, error)[:2000], next_try_at=later)


def note_sent(message_id: int, *, stamp: Stamp) -> None:
    """Mark a message as taken by the mail server."""
    mark_message_sent(Message.objects.get(pk=message_id), stamp=stamp)


def note_refused(message_id: int, *, error: str, stamp: Stamp) -> None:
    """Mark a message as failed at once: the mail server will never take it."""
    give_up_message(Message.objects.get(pk=message_id), reason=error, stamp=stamp)


@action(policy.may_send_message)
def mark_message_sent(message: Message, *, stamp: Stamp) -> None:
    """Say that the mail server took this message.

    Refuses: nothing. Records: `MessageSent`.
    """
    message.state = Message.State.SENT
    message.sent_at = stamp.at
    message.error = ""
    message.save(update_fields=["state", "sent_at", "error"])
    record(facts.MessageSent(**told(message)), stamp=stamp)


@action(policy.may_send_message)
def give_up_message(message: Message, *, reason: str, stamp: Stamp) -> None:
    """Stop trying to send this message and leave it visible as failed.

    Refuses: nothing. Records: `MessageFailed`.
    """
    message.state = Message.State.FAILED
    message.error = _said(message, reason)[:2000]
    message.save(update_fields=["state", "error"])
    record(facts.MessageFailed(**told(message), reason=one_line(message.error)), stamp=stamp)


@action(policy.may_send_message)
def drop_message(message: Message, *, reason: str, stamp: Stamp) -> None:
    """Leave a message unsent that its reader does not want any more, and say why.

    Refuses: nothing. Records: `MessageDropped`.
    """
    message.state = Message.State.RECALLED
    message.error = one_line(reason)
    message.save(update_fields=["state", "error"])
    record(facts.MessageDropped(**told(message), reason=message.error), stamp=stamp)


@action(policy.may_send_message)
def mark_address_bounced(message: Message, *, hard: bool, reason: str, stamp: Stamp) -> Message:
    """Say that a message came back: for good, or for now.

    Refuses: nothing. Records: `AddressBounced`.
    """
    why = one_line(_said(message, reason))
    message.error = why
    if hard and message.state == Message.State.SENT:
        message.state = Message.State.BOUNCED
    message.save(update_fields=["state", "error"])
    record(facts.AddressBounced(**told(message), hard=hard, reason=why), stamp=stamp)
    return message


def _check_new(key: str, thread: str, to_address: str) -> None:
    """Refuses: a thread that is none; what is on its way under this key."""
    if thread and not is_thread(thread):
        raise Refused("bad_thread", f"{thread!r} names nothing that a message can be about.")
    if Message.objects.filter(key=key).exists():
        raise Refused("already_queued", f"{to_address} already gets this message.")


def _check_address(address: str) -> None:
    try:
        validate_email(address)
    except ValidationError:
        raise Refused("bad_address", f"{address!r} is not an e-mail address.") from None


def told(message: Message) -> dict[str, Any]:
    """What every line about a message says of it: lines stay for ever.

    Whoever gave no name, such as somebody sent to a service, is told by no address either, and
    where somebody is called at night stands in no line at all.
    """
    return {
        "message": message.pk,
        "to_name": message.to_name,
        "to_address": message.to_address if message.to_name and not message.quick else "",
        "subject": message.subject,
        **_cause(message.entry),
    }


def _cause(entry: Entry) -> dict[str, Any]:
    """What the line behind a message concerns, and whether only some may read of it."""
    about = entry.about.order_by("id").values_list("noun", "key")
    return {
        "concerns": tuple(f"{noun}:{key}" for noun, key in about),
        "apart": entry.audience if entry.audience in APART else "",
    }


def _said(message: Message, reason: str) -> str:
    """Why it did not go, without the address where that is told to nobody."""
    return without_address(reason, message.to_address) if message.quick else reason


def _own_domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def _own_key(entry_id: int, address: str, subject: str) -> str:
    words = hashlib.sha256(f"{address}\n{subject}".encode()).hexdigest()[:32]
    return f"{entry_id}:{words}"


def _due_at(at: datetime, *, urgent: bool) -> datetime:
    calendar = None if urgent else hours()
    return open_moment(at, calendar) if calendar else at
