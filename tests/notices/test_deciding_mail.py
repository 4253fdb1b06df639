"""Whose thread a message in belongs to: headers, then the token, then a person."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from wardroom.notices.rules.reading import bare_subject, number_in, said_and_quoted
from wardroom.notices.rules.receiving import (
    Looked,
    Mail,
    Returned,
    bounced_of,
    same_subject,
    tag_of,
    verdict,
)

MAIL = Mail(fingerprint="f", size=1, from_address="neighbor@example.org", subject="The alley")
OWN = frozenset({"office@city.example"})
HEADER = {"by_header": "matter:1", "answers_ours": True}
TOKEN = {"by_token": "matter:2", "knows_sender": True}
STRANGER = {"by_token": "matter:2"}
SAME = {"same": "matter:4"}
NUMBER = {"subject": "Re: [W-3] The alley"}
CASES: list[tuple[dict[str, Any], dict[str, Any], tuple[str, str, str, str]]] = [
    ({}, {**HEADER, **TOKEN, **SAME}, ("threaded", "matter:1", "", "")),
    (NUMBER, {**TOKEN, **SAME}, ("threaded", "matter:2", "", "")),
    (NUMBER, {**STRANGER, **SAME}, ("waiting", "", "matter:2", "token")),
    (NUMBER, SAME, ("waiting", "", "matter:3", "subject")),
    ({}, SAME, ("waiting", "", "matter:4", "same")),
    ({}, {}, ("waiting", "", "", "")),
    ({"auto_submitted": "auto-replied"}, HEADER, ("ignored", "matter:1", "", "")),
    ({"auto_submitted": "auto-generated"}, TOKEN, ("ignored", "matter:2", "", "")),
    ({"auto_submitted": "no"}, HEADER, ("threaded", "matter:1", "", "")),
    ({"precedence": "bulk"}, {}, ("ignored", "", "", "")),
    ({"precedence": "list"}, STRANGER, ("ignored", "", "", "")),
    ({"precedence": "first-class"}, {}, ("waiting", "", "", "")),
    ({"listed": True}, {}, ("ignored", "", "", "")),
    ({"suppressed": True}, {}, ("ignored", "", "", "")),
    ({"loops": ("office@city.example",)}, HEADER, ("ignored", "matter:1", "", "")),
    ({"loops": ("else@city.example",)}, HEADER, ("threaded", "matter:1", "", "")),
    ({"from_address": "Office@City.example"}, HEADER, ("ignored", "matter:1", "", "")),
    ({"from_address": "office+abc@city.example"}, TOKEN, ("ignored", "matter:2", "", "")),
    ({"null_sender": True}, HEADER, ("bounce", "matter:1", "", "")),
    ({"null_sender": True}, TOKEN, ("ignored", "", "", "")),
    ({"null_sender": True}, {"answers_ours": True}, ("bounce", "", "", "")),
    ({"from_address": "MAILER-DAEMON@mx.example"}, HEADER, ("bounce", "matter:1", "", "")),
    ({"report": True}, {}, ("ignored", "", "", "")),
    ({"null_sender": True, "auto_submitted": "auto-replied"}, HEADER,
     ("ignored", "matter:1", "", "")),
]  # fmt: skip


@pytest.mark.parametrize(("mail", "looked", "expected"), CASES)
def test_mail_goes_where_the_table_says(
    mail: dict[str, Any], looked: dict[str, Any], expected: tuple[str, str, str, str]
) -> None:
    found = verdict(replace(MAIL, **mail), Looked(own=OWN, **looked))
    assert (found.state, found.thread, found.like, found.how) == expected
    assert bool(found.reason) == (found.state in ("ignored", "bounce"))


def test_receipt_is_no_bounce() -> None:
    row = Returned("a@b.example", "", "delivered", "2.0.0", "")
    found = verdict(
        replace(MAIL, report=True, returned=(row,)), Looked(by_header="matter:1", answers_ours=True)
    )
    assert (found.state, found.reason) == ("ignored", "A mail server's receipt")


@pytest.mark.parametrize(
    ("action", "status", "hard"),
    [("failed", "5.1.1", True), ("failed", "", True), ("failed", "4.2.2", False),
     ("delayed", "4.4.1", False), ("relayed", "2.0.0", False)],
)  # fmt: skip
def test_only_what_failed_for_good_is_hard(action: str, status: str, hard: bool) -> None:
    assert Returned("a@b.example", "", action, status, "").hard is hard


def test_notice_speaks_of_the_address_we_wrote_to_only() -> None:
    rows = (
        Returned("else@b.example", "", "failed", "5.1.1", ""),
        Returned("moved@c.example", "Desk@b.example", "failed", "5.1.1", ""),
    )
    mail = replace(MAIL, returned=rows)
    assert bounced_of(mail, "desk@B.example") == rows[1]
    assert bounced_of(mail, "neighbor@example.org") is None


def test_tag_is_read_from_our_own_address_only() -> None:
    assert tag_of("Office+K3@City.example", "office@city.example") == "k3"
    assert tag_of("office@city.example", "office@city.example") == ""
    assert tag_of("office+k3@else.example", "office@city.example") == ""
    assert tag_of("office+k3@city.example", "") == ""


@pytest.mark.parametrize(
    "subject",
    ["Re: The alley", "RE: re: [W-3] the  ALLEY", "Fwd: [W-12] The alley", "AW: The alley"],
)
def test_answers_have_the_same_bare_subject(subject: str) -> None:
    assert bare_subject(subject) == "the alley"
    assert same_subject(subject, "The alley")


def test_empty_subject_is_the_same_as_none() -> None:
    assert not same_subject("Re:", "")


def test_number_is_read_from_brackets_only() -> None:
    assert number_in("Re: [W-412] x") == 412
    assert number_in("W-412") is None
    assert number_in(f"[W-{'9' * 30}]") is None


SAID = [
    ("Yes.\n\nOn Tue, Nov 17, 2026 at 9:00 AM Office <o@c.example> wrote:\n> Is it gone?", "Yes."),
    ("Yes.\n\nOn Tue, Nov 17, 2026 at 9:00 AM Office\n<o@c.example> wrote:\n> Is it gone?", "Yes."),
    ("Yes.\n\n-----Original Message-----\nFrom: Office\nSent: Monday\n\nIs it gone?", "Yes."),
    ("Yes.\n\n________________________________\nFrom: Office <o@c.example>\nIs it gone?", "Yes."),
    ("Yes.\n\nFrom: Office <o@c.example>\nSent: Monday\nIs it gone?", "Yes."),
    ("> Is it gone?\n\nYes.", "> Is it gone?\n\nYes."),
    ("On Monday Office wrote:\n> Is it gone?\n\nYes.", "Yes."),
    ("Yes.\n> Is it gone?\n> Thanks", "Yes."),
    ("See below.\n\nOn Monday X wrote:\n> gone?\nyes\n> when?\ntoday",
     "See below.\n\nOn Monday X wrote:\n> gone?\nyes\n> when?\ntoday"),
    ("On Monday the crew came.\nThey took it.", "On Monday the crew came.\nThey took it."),
    ("> only quoted", "> only quoted"),
    ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), SAID)
def test_what_was_said_is_told_from_what_was_quoted(text: str, said: str) -> None:
    found, quoted = said_and_quoted(text)
    assert found == said
    assert len(found) + len(quoted) <= len(text)
