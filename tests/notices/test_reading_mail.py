"""Any bytes are read within limits: nothing raises, nothing is smuggled in, nothing is lost."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.notices.letters import letter, returned
from wardroom.notices.gateways.mail_in import raw_headers, read_mail
from wardroom.notices.rules.reading import (
    MOST_BYTES,
    MOST_FILES,
    MOST_IDS,
    MOST_LETTERS,
    plain_text,
    text_of_page,
)
from wardroom.notices.rules.receiving import Mail

NAMES = ("From", "To", "Subject", "Message-ID", "In-Reply-To", "References", "Date", "Content-Type",
         "Content-Transfer-Encoding", "Content-Disposition", "MIME-Version", "Auto-Submitted",
         "Return-Path", "X-Loop", "Precedence")  # fmt: skip
VALUES = (b"multipart/mixed; boundary=x", b"multipart/report; boundary=x", b"message/rfc822",
          b"message/delivery-status", b"text/html; charset=utf-16", b"text/plain; charset=zip",
          b"text/plain; charset=\"\xff\"", b"base64", b"x-uuencode", b"quoted-printable",
          b"attachment; filename*=utf-8''%00%ff", b"attachment; filename*0*=a; filename*2=b",
          b"=?utf-8?b?////?=", b"=?x?q?=00=0d=0aBcc:_a@b?=", b"<a@b.example>", b"\x00\x01",
          b"\"" * 50, b"(" * 400, b"<" * 400, b"a@b, " * 100)  # fmt: skip
NESTED = b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n"
PIECES = st.one_of(
    st.binary(max_size=60),
    st.sampled_from([b"--x\r\n", b"--x--\r\n", b"\r\n\r\n", b"\n", b"\0", b"=?utf-8?q?=?="]),
    st.builds(
        lambda name, value: name.encode() + b": " + value + b"\r\n",
        st.sampled_from(NAMES),
        st.one_of(st.sampled_from(VALUES), st.binary(max_size=80)),
    ),
)


def sound(mail: Mail, raw: bytes) -> None:
    """What must hold of every message, whatever its bytes were."""
    lines = (mail.message_id, mail.from_name, mail.from_address, mail.subject, mail.in_reply_to,
             *mail.to_addresses, *mail.references, *mail.left_out,
             *(f.name for f in mail.files))  # fmt: skip
    for line in lines:
        assert line.isprintable(), line
        assert len(line) <= 254, line
    assert len(mail.subject) <= 200
    assert len(mail.from_name) <= 200
    assert len(mail.message_id) <= 250
    assert len(mail.text) <= MOST_LETTERS
    assert "\0" not in mail.text
    mail.text.encode("utf-8")
    assert len(mail.files) <= MOST_FILES
    assert len(mail.references) <= MOST_IDS
    assert len(mail.to_addresses) <= 51
    assert sum(len(f.content) for f in mail.files) <= 4 * len(raw) + 1000
    assert len(mail.fingerprint) == 64
    assert mail.size == len(raw)


@settings(max_examples=400)
@given(st.lists(PIECES, max_size=30).map(b"".join))
def test_no_bytes_break_it(raw: bytes) -> None:
    sound(read_mail(raw), raw)
    raw_headers(raw).encode("utf-8")


@settings(max_examples=200)
@given(st.text(max_size=2000))
def test_no_page_breaks_it_and_no_tag_is_left(page: str) -> None:
    text = text_of_page(page)
    assert len(text) <= MOST_LETTERS
    assert plain_text(text) == text


@pytest.mark.parametrize(
    "raw",
    [
        b"Content-Type: message/rfc822\n\n" * 90,
        b"Content-Type: message/rfc822\n\n" * 2000,
        b"".join(NESTED % (n, n) for n in range(60)),
        b"".join(NESTED % (n, n) for n in range(900)),
        b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\nhi\n" * 5000,
        b"Subject: " + b"a" * 400_000 + b"\n\nhi",
        b"From: " + b"(" * 300_000 + b"\n\nhi",
        b"X: y\n" * 60_000 + b"\nhi",
        b"References: " + b"<a@b> " * 50_000 + b"\n\nhi",
        b"Content-Type: text/html\n\n" + b"<!--" * 200_000,
        b"Content-Type: text/html\n\n" + b"<script" * 150_000,
        b"Content-Type: text/plain; charset=utf-7\n\n+ADw-script+AD4-",
        b"Content-Type: text/plain; charset=punycode\n\n" + b"a-" * 200_000,
        b"\n" * 2_000_000,
        b"a" * 1_000_000,
        b"Content-Type: a/\0b\r\0",
    ],
    ids=range(16),
)  # fmt: skip
def test_bombs_do_no_harm(raw: bytes) -> None:
    sound(read_mail(raw), raw)


def test_too_large_a_message_is_read_by_its_head() -> None:
    raw = letter(subject="Large").as_bytes() + b"x" * MOST_BYTES
    mail = read_mail(raw)
    assert (mail.subject, mail.text, mail.files) == ("Large", "", ())
    assert "larger than 25 MB" in mail.left_out[0]


def test_ordinary_message_is_read() -> None:
    made = letter(
        sender="Señora Vecina <Neighbor@example.org>",
        to="office+k3@wardroom.example",
        In_Reply_To="<ours@wardroom.example>",
        References="<first@x> <ours@wardroom.example>",
        Date="Tue, 17 Nov 2026 09:00:00 -0500",
    )
    made.add_attachment(b"%PDF-1.7 x", maintype="application", subtype="pdf", filename="plan.pdf")
    mail = read_mail(made.as_bytes(), recipient="office+k4@wardroom.example")
    assert mail.from_name == "Señora Vecina"
    assert mail.from_address == "Neighbor@example.org"
    assert mail.to_addresses == ("office+k4@wardroom.example", "office+k3@wardroom.example")
    assert mail.text == "Bags again."
    assert mail.answers == ("<ours@wardroom.example>", "<first@x>")
    assert mail.said_at is not None
    assert [(f.name, f.content) for f in mail.files] == [("plan.pdf", b"%PDF-1.7 x")]
    assert mail.left_out == ()


def test_page_without_plain_text_is_read_as_text() -> None:
    made = EmailMessage()
    made["From"] = "a@b.example"
    made.set_content(
        "<style>p{}</style><p>Bags &amp; cans<br>again</p><script>x('<p>')</script>"
        "<!-- <b>hidden</b> --><p onclick=x>Thanks</p>",
        subtype="html",
    )
    assert read_mail(made.as_bytes()).text == "Bags & cans\nagain\n\nThanks"


@pytest.mark.parametrize(
    ("header", "text"),
    [
        (b"=?iso-8859-1?q?Se=F1ora?=", "Señora"),
        ("Señora".encode(), "Señora"),
        (b"Se\xf1ora", "Señora"),
        (b"=?nonsense?q?abc?=", "abc"),
        (b"=?utf-8?q?a=0D=0ABcc=3A_spy=40b.example?=", "a Bcc: spy@b.example"),
        (b"a\xe2\x80\xaeb", "a b"),
    ],
)
def test_header_is_one_readable_line(header: bytes, text: str) -> None:
    assert read_mail(b"Subject: " + header + b"\n\nx").subject == text


def test_same_message_by_two_ways_has_one_fingerprint() -> None:
    raw = letter().as_bytes()
    again = b"Received: from mx\r\nDelivered-To: x@y.example\r\n" + raw.replace(b"\r\n", b"\n")
    other = letter(text="Something else.\n").as_bytes()
    assert read_mail(raw).fingerprint == read_mail(again).fingerprint
    assert read_mail(raw).fingerprint != read_mail(other).fingerprint


def test_notice_of_a_mail_server_is_read() -> None:
    mail = read_mail(returned("<ours@wardroom.example>", "gone@dpw.example"))
    assert mail.is_bounce
    assert mail.null_sender
    assert mail.report
    assert mail.answers[0] == "<ours@wardroom.example>"
    (row,) = mail.returned
    assert (row.address, row.hard, row.reason) == ("gone@dpw.example", True, "550 no such user")


def test_empty_sender_of_the_envelope_marks_a_notice() -> None:
    assert read_mail(letter().as_bytes(), sender="").is_bounce
    assert read_mail(letter().as_bytes(), sender="<>").is_bounce
    assert not read_mail(letter().as_bytes(), sender="neighbor@example.org").is_bounce


def test_automatic_answer_with_no_sender_is_no_bounce() -> None:
    mail = read_mail(letter(Auto_Submitted="auto-replied (vacation)", Return_Path="<>").as_bytes())
    assert not mail.is_bounce
    assert mail.auto_submitted == "auto-replied"
