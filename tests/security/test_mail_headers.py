"""S9: whatever stands in a field, a mail has the headers and the one recipient it should have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from pytest_django import Settings

from tests.conftest import stamp_for
from tests.jobs.bells import ring_bell
from tests.notices.smtp_sink import Sink, smtp_sink
from wardroom.access.actor import SYSTEM
from wardroom.documents.gateways import write_content
from wardroom.kernel.errors import Refused
from wardroom.notices.actions import claim_message, queue_message
from wardroom.notices.gateways import Attached, Letter, mail_out, send_letter

pytestmark = pytest.mark.django_db
STAMP = stamp_for(SYSTEM)
BREAKS = [
    "\n", "\r", "\r\n", "\0", "\n\n", "\r\n\r\n", "\n ", "\r\n\t", "\x0b", "\x0c", "\x1c", "\x1d",
    "\x1e", "\x85", "\u2028", "\u2029", "%0a", "%0d%0a", "\\r\\n", "=0A", "=?utf-8?q?=0A?=",
    "=?utf-8?b?Cg==?=", "\ufeff\n", "嘊", "嘍嘊",
]  # fmt: skip
ADDED = [
    "Bcc: evil@evil.example", "To: evil@evil.example", "Subject: evil", "X-Evil: 1",
    "Content-Type: text/html", "From: evil@evil.example", "\r\n<script>evil</script>",
    ", evil@evil.example",
]  # fmt: skip
HOSTILE = [f"Desk{gap}{added}" for gap in BREAKS for added in ADDED]
LETTER = Letter(
    to_name="Desk",
    to_address="desk@dpw.example",
    subject="Asked: sweep",
    text="Please sweep.\n",
    message_id="<1@wardroom.example>",
    in_reply_to="<0@wardroom.example>",
    references="<0@wardroom.example>",
    unsubscribe="https://wardroom.example/news/stop/1/",
)
FIELDS = ("to_name", "subject", "message_id", "in_reply_to", "references", "unsubscribe", "file")


@pytest.fixture
def sink(settings: Settings) -> Iterator[Sink]:
    with smtp_sink() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = running.port
        yield running


def letter_with(field: str, words: str) -> Letter:
    if field != "file":
        changed: dict[str, Any] = {field: words}
        return replace(LETTER, **changed)
    return replace(LETTER, attached=(Attached(words, "text/plain", write_content(b"x")),))


def heads(raw: bytes) -> list[str]:
    """The names of the headers of a mail and of each of its parts, in their order."""
    mail = message_from_bytes(raw)
    return [name for part in mail.walk() for name, _ in part.items()]


def added(sink: Sink, plain: list[str]) -> list[tuple[list[str], list[str]]]:
    """Mails with other headers than the plain one, or with other recipients."""
    return [
        (to, heads(raw))
        for to, raw in sink.received
        if to != ["desk@dpw.example"] or heads(raw) != plain
    ]


def test_there_are_two_hundred_hostile_values() -> None:
    assert len(set(HOSTILE)) == 200


@pytest.mark.one_database
@pytest.mark.parametrize("field", FIELDS)
def test_no_field_adds_a_header_or_a_recipient(sink: Sink, field: str) -> None:
    send_letter(letter_with(field, "<plain@wardroom.example>"))
    plain = heads(sink.received[0][1])
    for words in HOSTILE:
        send_letter(letter_with(field, words))
    assert len(sink.received) == len(HOSTILE) + 1
    assert added(sink, plain) == []


@pytest.mark.one_database
def test_no_address_leads_to_anybody_else(sink: Sink) -> None:
    entry, taken = ring_bell(None, tone="high", stamp=STAMP), 0
    refused = 0
    for words in HOSTILE:
        for address in (f"desk@dpw.example{words[4:]}", f"{words}@dpw.example"):
            try:
                message = queue_message(
                    None,
                    entry_id=entry,
                    to_name=words,
                    to_address=address,
                    subject=words,
                    text="Please sweep.",
                    stamp=STAMP,
                )
            except Refused:
                refused += 1
                continue
            letter = claim_message(message.pk, stamp=STAMP)
            assert letter is not None
            send_letter(letter)
            taken += 1
            assert sink.received[-1][0] == [address]
    assert (refused > 300, taken + refused) == (True, 400)
    assert all("evil.example" not in to for row, _ in sink.received for to in row)


@pytest.mark.one_database
def test_power_check_without_one_line_the_mail_is_refused_or_has_more(
    sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail_out, "one_line", lambda words, most=0: words)
    monkeypatch.setattr(EmailMultiAlternatives, "message", _careless)
    send_letter(letter_with("subject", "plain"))
    plain = heads(sink.received[0][1])
    send_letter(letter_with("subject", "Desk\r\nBcc: evil@evil.example"))
    assert len(added(sink, plain)) == 1


class _Careless:
    """A mail put together without looking at what stands in its fields."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw

    def as_bytes(self, **_: object) -> bytes:
        return self.raw


def _careless(mail: EmailMultiAlternatives) -> _Careless:
    return _Careless(f"Subject: {mail.subject}\r\nTo: {mail.to[0]}\r\n\r\n{mail.body}".encode())
