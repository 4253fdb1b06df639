"""What a person decides about a message out: now, not at all, once more, or set aside."""

from __future__ import annotations

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.notices import facts, policy
from wardroom.notices.actions.outbox import told
from wardroom.notices.models import Message
from wardroom.notices.rules import one_line


@action(policy.may_hurry_message)
def hurry_message(message: Message, *, stamp: Stamp) -> Message:
    """Let a message that waits for working hours go out now.

    If the mail server is away the next tries do not wait for working hours either.
    Refuses: `wrong_state` where it went out, is going out at this moment, waits for nothing, or
    was taken back. Records: `MessageHurried`.
    """
    if message.state != Message.State.QUEUED or message.attempts:
        raise Refused("wrong_state", "This message does not wait: it went out or was taken back.")
    if message.next_try_at <= stamp.at:
        raise Refused("wrong_state", "This message goes out within a minute.")
    message.urgent, message.due_at, message.next_try_at = True, stamp.at, stamp.at
    message.save(update_fields=["urgent", "due_at", "next_try_at"])
    record(facts.MessageHurried(**told(message)), stamp=stamp)
    return message


@action(policy.may_recall_message)
def recall_message(message: Message, *, stamp: Stamp) -> Message:
    """Take back a message that has not gone out yet.

    Refuses: `wrong_state` where it went out, is going out at this moment, or was taken back.
    Records: `MessageRecalled`.
    """
    if message.state != Message.State.QUEUED or message.attempts:
        raise Refused("wrong_state", "It is too late: this message is on its way.")
    message.state = Message.State.RECALLED
    message.save(update_fields=["state"])
    record(facts.MessageRecalled(**told(message)), stamp=stamp)
    return message


@action(policy.may_retry_message)
def retry_message(message: Message, *, stamp: Stamp) -> None:
    """Try a failed message again from the start.

    Refuses: `not_failed`. Records: `MessageRequeued`.
    """
    if message.state != Message.State.FAILED:
        raise Refused("not_failed", "Only a message that failed can be tried again.")
    message.state = Message.State.QUEUED
    message.attempts = 0
    message.due_at = message.next_try_at = stamp.at
    message.save(update_fields=["state", "attempts", "due_at", "next_try_at"])
    record(facts.MessageRequeued(**told(message)), stamp=stamp)


@action(policy.may_retry_message)
def set_message_aside(message: Message, *, reason: str, stamp: Stamp) -> Message:
    """Take a failed message off the list of failures, with the reason why it need not go out.

    Refuses: `not_failed`, `no_reason`. Records: `MessageSetAside`.
    """
    if message.state not in (Message.State.FAILED, Message.State.BOUNCED):
        raise Refused("not_failed", "Only a message that failed can be set aside.")
    why = one_line(reason)
    if not why:
        raise Refused("no_reason", "Say why it need not go out.", field="reason")
    message.state = Message.State.SET_ASIDE
    message.save(update_fields=["state"])
    record(facts.MessageSetAside(**told(message), reason=why), stamp=stamp)
    return message
