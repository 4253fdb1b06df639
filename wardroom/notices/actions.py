"""Writing messages into the outbox, and noting what became of them."""

from __future__ import annotations

import uuid
from datetime import timedelta
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F

from wardroom.access.actor import Stamp
from wardroom.access.gate import action, guard_pass
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.ledger.models import Entry
from wardroom.notices import facts, policy
from wardroom.notices.gateways import Letter
from wardroom.notices.models import Message
from wardroom.notices.rules import MOST_ATTEMPTS, one_line, wait_after

BOOKKEEPING = "a try to send a message"


@action(policy.may_queue_message)
def queue_message(
    _: None, *, entry_id: int, to_name: str, to_address: str, subject: str, text: str, stamp: Stamp
) -> Message:
    """Write an e-mail into the outbox; the worker sends it after the commit.

    ``entry_id`` is the ledger line that the message follows from. Refuses: `bad_address`,
    `already_queued` where the same subject already goes to this address for this line.
    Records: `MessageQueued`.
    """
    _check_address(to_address)
    line = one_line(subject)
    if Message.objects.filter(entry_id=entry_id, to_address=to_address, subject=line).exists():
        raise Refused("already_queued", f"{to_address} already gets this message.")
    message = Message.objects.create(
        entry_id=entry_id,
        to_name=one_line(to_name),
        to_address=to_address,
        subject=line,
        text=text,
        message_id=f"<{uuid.uuid4().hex}@{_own_domain()}>",
        queued_at=stamp.at,
        next_try_at=stamp.at,
    )
    record(facts.MessageQueued(**_told(message)), stamp=stamp)
    return message


@action(policy.may_queue_message)
def note_nobody_to_tell(
    _: None, *, entry_id: int, to_name: str, subject: str, stamp: Stamp
) -> None:
    """Write down that a message had no address to go to, so that a person can see it.

    Refuses: nothing. Records: `NobodyToTell`.
    """
    fact = facts.NobodyToTell(
        to_name=to_name, subject=one_line(subject), concerns=_concerns(entry_id)
    )
    record(fact, stamp=stamp)


def claim_message(message_id: int, *, stamp: Stamp) -> Letter | None:
    """Take a waiting message for one try; None where another worker has it.

    The claim is a lease: a worker that dies while sending leaves the message waiting, and
    it goes out again later under the same Message-ID.
    """
    with transaction.atomic(), guard_pass(BOOKKEEPING):
        waiting = Message.objects.filter(
            pk=message_id, state=Message.State.QUEUED, next_try_at__lte=stamp.at
        )
        message = waiting.select_for_update().first()
        if message is None:
            return None
        lease = stamp.at + timedelta(seconds=wait_after(message.attempts + 1))
        waiting.update(attempts=F("attempts") + 1, next_try_at=lease)
    return Letter(
        message.to_name, message.to_address, message.subject, message.text, message.message_id
    )


def note_try_failed(message_id: int, *, error: str, stamp: Stamp) -> None:
    """Keep the reason of a failed try; after the last one the message stands as failed."""
    message = Message.objects.get(pk=message_id)
    if message.attempts >= MOST_ATTEMPTS:
        give_up_message(message, reason=error, stamp=stamp)
        return
    with guard_pass(BOOKKEEPING):
        Message.objects.filter(pk=message_id).update(error=error[:2000])


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
    record(facts.MessageSent(**_told(message)), stamp=stamp)


@action(policy.may_send_message)
def give_up_message(message: Message, *, reason: str, stamp: Stamp) -> None:
    """Stop trying to send this message and leave it visible as failed.

    Refuses: nothing. Records: `MessageFailed`.
    """
    message.state = Message.State.FAILED
    message.error = reason[:2000]
    message.save(update_fields=["state", "error"])
    record(facts.MessageFailed(**_told(message), reason=one_line(reason)), stamp=stamp)


@action(policy.may_retry_message)
def retry_message(message: Message, *, stamp: Stamp) -> None:
    """Try a failed message again from the start.

    Refuses: `not_failed`. Records: `MessageRequeued`.
    """
    if message.state != Message.State.FAILED:
        raise Refused("not_failed", "Only a message that failed can be tried again.")
    message.state = Message.State.QUEUED
    message.attempts = 0
    message.next_try_at = stamp.at
    message.save(update_fields=["state", "attempts", "next_try_at"])
    record(facts.MessageRequeued(**_told(message)), stamp=stamp)


def _check_address(address: str) -> None:
    try:
        validate_email(address)
    except ValidationError:
        raise Refused("bad_address", f"{address!r} is not an e-mail address.") from None


def _told(message: Message) -> dict[str, Any]:
    return {
        "message": message.pk,
        "to_name": message.to_name,
        "to_address": message.to_address,
        "subject": message.subject,
        "concerns": _concerns(message.entry_id),
    }


def _concerns(entry_id: int) -> tuple[str, ...]:
    about = Entry.objects.get(pk=entry_id).about.order_by("id")
    return tuple(f"{noun}:{key}" for noun, key in about.values_list("noun", "key"))


def _own_domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
