"""Messages as they come in, made for tests."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

RESIDENT = "neighbor@example.org"


def letter(
    *,
    sender: str = RESIDENT,
    to: str = "office@wardroom.example",
    subject: str = "The alley",
    text: str = "Bags again.\n",
    message_id: str = "<one@example.org>",
    **headers: str,
) -> EmailMessage:
    """One message; a header is given with a low line for its dash, such as In_Reply_To."""
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail["Message-ID"] = message_id
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


def returned(
    message_id: str, address: str, *, action: str = "failed", status: str = "5.1.1"
) -> bytes:
    """A mail server's notice that one of our messages came back."""
    return f"""Return-Path: <>
From: MAILER-DAEMON@mx.example
To: office@wardroom.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <{status}.{action}.{address}@mx.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="line"

--line
Content-Type: text/plain

It could not be delivered.

--line
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such user

--line
Content-Type: message/rfc822

From: office@wardroom.example
To: {address}
Message-ID: {message_id}
Subject: We have your report

Thank you.

--line--
""".encode()
