"""Invariant 11: every message out goes through the outbox, carries its own Message-ID, and
shows its delivery state.
"""

from __future__ import annotations

import ast
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import send_mail

from tests.architecture.source import modules, shown, tree_of
from tests.casework.intake import take
from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.ground import AskMaker, Ground
from tests.web.conftest import SignIn
from wardroom.access.actor import SYSTEM, Stamp, Window
from wardroom.directory.actions import note_person
from wardroom.jobs import delivery
from wardroom.notices.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]
DOOR = "wardroom/notices/gateways/mail_out.py"
SENDERS = ("django.core.mail", "smtplib", "email.mime", "imaplib", "aiosmtplib", "sendgrid")
CALLS = {"send_mail", "send_mass_mail", "mail_admins", "mail_managers", "email_user"}


def ways_to_send(tree: ast.AST) -> list[str]:
    """What a file could send mail with: what it imports, and what it calls."""
    found = []
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(f"{node.module}.{a.name}" for a in node.names)]
        elif isinstance(node, ast.Import):
            names = [a.name for a in node.names]
        elif isinstance(node, ast.Attribute) and node.attr in CALLS:
            names = [node.attr]
        elif isinstance(node, ast.Name) and node.id in CALLS:
            names = [node.id]
        found += [name for name in names if name in CALLS or name.startswith(SENDERS)]
    return found


# Asks the mail server whether it is there, and sends nothing.
ASKS = "wardroom/upkeep/gateways/machine.py"
READERS = ("wardroom/notices/gateways/mail_in", "wardroom/notices/gateways/mailbox")


def test_one_door_leads_to_the_mail_server() -> None:
    found = {shown(path) for path in modules() if ways_to_send(tree_of(path))}
    found -= {path for path in found if path.startswith(READERS)}
    assert found == {DOOR, ASKS}


def test_another_door_would_be_found() -> None:
    for line in (
        "from django.core.mail import send_mail",
        "import smtplib",
        "from django.core import mail\nmail.send_mail('a', 'b', 'c', ['d'])",
        "user.email_user('a', 'b')",
    ):
        assert ways_to_send(ast.parse(line)), line
    assert not ways_to_send(ast.parse("from wardroom.notices.actions import queue_message"))


@pytest.fixture
def sent(
    ground: Ground, liaison5: Cast, ask_in: AskMaker, monkeypatch: pytest.MonkeyPatch
) -> list[Message]:
    """A day on which people are asked, thanked and told; what the outbox then holds."""
    now = [NOON]
    monkeypatch.setattr(
        delivery, "worker_stamp", lambda: Stamp(actor=SYSTEM, at=now[0], window=Window.WORKER)
    )
    person = note_person(
        None, name="A resident", email="one@example.org", consent=True, stamp=HOUSE
    )
    matter = take(liaison5, ground, reporter=person, reporter_typed="").matter
    ask_in(matter, liaison5, "DPW")
    for minutes in (0, 5):
        now[0] = NOON + timedelta(minutes=minutes)
        delivery.sweep()
        delivery.send_waiting()
    return list(Message.objects.order_by("pk"))


def astray() -> list[str]:
    """The letters that went out and that no row of the outbox answers for."""
    sent = Message.objects.filter(state="sent").values_list("message_id", "to_address")
    known = dict(sent)
    return [
        str(letter.subject)
        for letter in mail.outbox
        if known.get(letter.extra_headers.get("Message-ID", ""), "nobody") not in letter.to[0]
    ]


def test_each_letter_is_a_row_with_its_own_id(sent: list[Message]) -> None:
    assert len(mail.outbox) == len(sent) >= 2
    assert astray() == []
    ids = [letter.extra_headers["Message-ID"] for letter in mail.outbox]
    assert len(set(ids)) == len(ids)
    assert all(m.message_id.startswith("<") and m.message_id.endswith(">") for m in sent)


def test_a_letter_past_the_outbox_would_be_seen(sent: list[Message]) -> None:
    send_mail("Past the outbox", "Hello", None, ["somebody@example.org"])
    assert astray() == ["Past the outbox"]


def test_delivery_state_is_shown(sent: list[Message], director: Cast, sign_in: SignIn) -> None:
    page = sign_in(director).get("/data/messages/?state=sent").content.decode()
    for message in sent:
        assert message.to_address in page
    assert "Sent" in page
