"""Whom we call outside: the mail servers; and what the storeys above tell this one."""

from __future__ import annotations

from wardroom.notices.gateways.hooks import Posting, Receipt, send_posting
from wardroom.notices.gateways.mail_in import raw_headers, read_mail
from wardroom.notices.gateways.mail_out import AddressRefused, Attached, Letter, send_letter
from wardroom.notices.gateways.mailbox import (
    Lying,
    Mailbox,
    MailboxClosed,
    MailboxSetup,
    NotMoved,
    is_other_folder,
    mailbox_setup,
    open_mailbox,
)
from wardroom.notices.gateways.registered import (
    ask_before_sending,
    hours,
    hurry,
    hurry_with,
    is_recognised,
    keep_hours_of,
    recognise_senders,
    unwanted,
)
from wardroom.notices.gateways.secrets import (
    key_token,
    reply_address,
    reply_digest,
    token_digest,
)

__all__ = [
    "AddressRefused",
    "Attached",
    "Letter",
    "Lying",
    "Mailbox",
    "MailboxClosed",
    "MailboxSetup",
    "NotMoved",
    "Posting",
    "Receipt",
    "ask_before_sending",
    "hours",
    "hurry",
    "hurry_with",
    "is_other_folder",
    "is_recognised",
    "keep_hours_of",
    "key_token",
    "mailbox_setup",
    "open_mailbox",
    "raw_headers",
    "read_mail",
    "recognise_senders",
    "reply_address",
    "reply_digest",
    "send_letter",
    "send_posting",
    "token_digest",
    "unwanted",
]
