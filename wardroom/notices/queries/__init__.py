"""What stands in the outbox, what came in, and what a link opens."""

from __future__ import annotations

from wardroom.notices.queries.keys import (
    KeyHeld,
    LinkRow,
    has_live_keys,
    links_to,
    open_key,
)
from wardroom.notices.queries.mail import (
    FileRow,
    MailboxHealth,
    MailFile,
    MailPage,
    MailRow,
    get_mail,
    is_known_mail,
    mail_document,
    mail_file,
    mail_page,
    mailbox_health,
    seen_mail_ids,
    thread_mail,
)
from wardroom.notices.queries.outbox import (
    OutboxHealth,
    OutboxPage,
    OutboxRow,
    address_of_message,
    due_messages,
    get_message,
    get_messages_after,
    next_hours,
    outbox_health,
    outbox_page,
    thread_messages,
)
from wardroom.notices.queries.telling import mail_sentences
from wardroom.notices.queries.threads import wrote_lately

__all__ = [
    "FileRow",
    "KeyHeld",
    "LinkRow",
    "MailFile",
    "MailPage",
    "MailRow",
    "MailboxHealth",
    "OutboxHealth",
    "OutboxPage",
    "OutboxRow",
    "address_of_message",
    "due_messages",
    "get_mail",
    "get_message",
    "get_messages_after",
    "has_live_keys",
    "is_known_mail",
    "links_to",
    "mail_document",
    "mail_file",
    "mail_page",
    "mail_sentences",
    "mailbox_health",
    "next_hours",
    "open_key",
    "outbox_health",
    "outbox_page",
    "seen_mail_ids",
    "thread_mail",
    "thread_messages",
    "wrote_lately",
]
