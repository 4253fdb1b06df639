"""Handing a message to the mail server, or to files where none is set up."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass, field
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from wardroom.documents.gateways import read_content
from wardroom.notices.rules import one_line


class AddressRefused(Exception):
    """The mail server will never take this message; trying again would not help."""


@dataclass(frozen=True)
class Attached:
    """One file that goes with a message."""

    name: str
    media_type: str
    digest: str


@dataclass(frozen=True)
class Letter:
    """One message as it goes out. Its text may hold the tokens of links: nobody prints it."""

    to_name: str
    to_address: str
    subject: str
    text: str = field(repr=False)
    message_id: str
    in_reply_to: str = ""
    references: str = ""
    reply_to: str = ""
    automatic: str = "auto-generated"
    unsubscribe: str = field(default="", repr=False)
    attached: tuple[Attached, ...] = ()
    calendar: str = field(default="", repr=False)
    calendar_method: str = ""


def send_letter(letter: Letter) -> None:
    """Hand one message to the mail server; call this outside any transaction.

    The Message-ID is ours and stays the same when a message is sent again after a crash,
    so that a mail reader shows it once. Raises `AddressRefused` where the server says no
    for good, and the server's or the network's own error where another try may help.
    """
    mail = EmailMultiAlternatives(
        subject=one_line(letter.subject),
        body=letter.text,
        to=[formataddr((one_line(letter.to_name), letter.to_address))],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers=_headers(letter),
    )
    if letter.calendar:
        mail.attach_alternative(letter.calendar, f"text/calendar; method={letter.calendar_method}")
    for file in letter.attached:
        mail.attach(one_line(file.name), read_content(file.digest), file.media_type)
    try:
        mail.send(fail_silently=False)
    except smtplib.SMTPRecipientsRefused as no:
        if all(500 <= code < 600 for code, _ in no.recipients.values()):
            raise AddressRefused(_plain(no.recipients)) from no
        raise
    except smtplib.SMTPDataError as no:
        if 500 <= no.smtp_code < 600:
            raise AddressRefused(f"{no.smtp_code} {_text(no.smtp_error)}") from no
        raise


def _headers(letter: Letter) -> dict[str, str]:
    given = {
        "Message-ID": letter.message_id,
        "Auto-Submitted": letter.automatic,
        "X-Auto-Response-Suppress": "All",
        "X-Loop": parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        "In-Reply-To": letter.in_reply_to,
        "References": letter.references,
        **_ways_out(letter),
    }
    return {name: one_line(words, most=2000) for name, words in given.items() if words}


def _ways_out(letter: Letter) -> dict[str, str]:
    """The one-click way off a list, as mail readers look for it (RFC 2369 and RFC 8058)."""
    if not letter.unsubscribe:
        return {}
    return {
        "List-Unsubscribe": f"<{letter.unsubscribe}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _plain(recipients: dict[str, tuple[int, bytes]]) -> str:
    return "; ".join(f"{code} {_text(why)}" for code, why in recipients.values())


def _text(why: bytes | str) -> str:
    return one_line(why.decode("utf-8", "replace") if isinstance(why, bytes) else why)
