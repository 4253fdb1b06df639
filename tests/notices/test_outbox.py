"""Every message out stands in the outbox, goes out once, and shows what became of it."""

from __future__ import annotations

import email.utils
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from tests.conftest import NOON, plain_actor, stamp_for
from tests.jobs.bells import ring_bell
from tests.notices.smtp_sink import Sink, smtp_sink
from wardroom.access.actor import SYSTEM, Role
from wardroom.access.gate import guard_pass
from wardroom.jobs import delivery
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.models import Entry
from wardroom.notices.actions import (
    claim_message,
    note_nobody_to_tell,
    note_try_failed,
    queue_message,
    retry_message,
)
from wardroom.notices.gateways import AddressRefused, send_letter
from wardroom.notices.models import Message
from wardroom.notices.queries import due_messages, get_message, outbox_page
from wardroom.notices.rules import MOST_ATTEMPTS

pytestmark = pytest.mark.django_db
STAMP = stamp_for(SYSTEM)
DIRECTOR = plain_actor(Role.DIRECTOR, city=True)
LIAISON = plain_actor(Role.LIAISON, wards="5")


@pytest.fixture
def sink(settings: Settings) -> Iterator[Sink]:
    with smtp_sink() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = running.port
        yield running


def write(
    to: str = "desk@dpw.example", subject: str = "Asked: sweep", name: str = "DPW"
) -> Message:
    entry = ring_bell(None, tone="high", stamp=STAMP)
    return queue_message(
        None,
        entry_id=entry,
        to_name=name,
        to_address=to,
        subject=subject,
        text="Please sweep.\n.\nThank you, Señora.\n",
        stamp=STAMP,
    )


def now(message: Message) -> Message:
    return Message.objects.get(pk=message.pk)


def test_message_reaches_a_real_mail_server(sink: Sink) -> None:
    message = write(name="Señor Präfekt, Esq.")
    assert delivery.send_waiting() == 1
    (arrived,) = sink.messages()
    assert arrived["Message-ID"] == message.message_id
    assert arrived["Subject"] == "Asked: sweep"
    assert arrived["To"].addresses[0].display_name == "Señor Präfekt, Esq."
    assert arrived["Auto-Submitted"] == "auto-generated"
    assert arrived.get_content().replace("\r\n", "\n") == "Please sweep.\n.\nThank you, Señora.\n"
    assert (now(message).state, now(message).attempts) == ("sent", 1)
    assert Entry.objects.filter(kind="MessageSent").count() == 1


def test_message_goes_out_once(sink: Sink) -> None:
    write()
    delivery.send_waiting()
    delivery.send_waiting()
    assert len(sink.received) == 1


@pytest.mark.django_db(transaction=True)
def test_mail_server_is_called_outside_any_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    inside: list[bool] = []
    monkeypatch.setattr(
        delivery, "send_letter", lambda letter: inside.append(connection.in_atomic_block)
    )
    write()
    assert delivery.send_waiting() == 1
    assert inside == [False]


def test_worker_that_died_while_sending_sends_again_under_the_same_id(sink: Sink) -> None:
    message = write()
    letter = claim_message(message.pk, stamp=STAMP)
    assert letter is not None
    send_letter(letter)
    assert due_messages(at=NOON + timedelta(minutes=4), most=5) == ()
    later = stamp_for(SYSTEM, NOON + timedelta(minutes=6))
    assert due_messages(at=later.at, most=5) == (message.pk,)
    again = claim_message(message.pk, stamp=later)
    assert again == letter


def test_two_workers_do_not_take_the_same_message() -> None:
    message = write()
    assert claim_message(message.pk, stamp=STAMP) is not None
    assert claim_message(message.pk, stamp=STAMP) is None


@pytest.mark.parametrize("field", ["subject", "name"])
def test_header_cannot_be_smuggled_in(sink: Sink, field: str) -> None:
    write(**{field: "Hello\r\nBcc: spy@example.org\r\n\r\nbody"})
    assert delivery.send_waiting() == 1
    ((recipients, _),) = sink.received
    assert recipients == ["desk@dpw.example"]
    assert sink.messages()[0]["Bcc"] is None


@pytest.mark.parametrize("address", ["", "nobody", "a@b.example\nBcc: c@d.example", "a@b, c@d.org"])
def test_bad_address_is_refused(address: str) -> None:
    with pytest.raises(Refused) as no:
        write(to=address)
    assert no.value.code == "bad_address"


def test_address_refused_for_good_fails_at_once(sink: Sink) -> None:
    sink.refuse["gone@dpw.example"] = 550
    message = write(to="gone@dpw.example")
    assert delivery.send_waiting() == 0
    assert now(message).state == "failed"
    assert "550" in now(message).error
    assert Entry.objects.filter(kind="MessageFailed").count() == 1


def test_address_refused_for_now_is_tried_again(sink: Sink) -> None:
    sink.refuse["full@dpw.example"] = 450
    message = write(to="full@dpw.example")
    delivery.send_waiting()
    assert (now(message).state, now(message).attempts) == ("queued", 1)
    assert "450" in now(message).error


def test_server_that_is_down_is_tried_again(settings: Settings) -> None:
    with smtp_sink() as gone:
        port = gone.port
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    message = write()
    assert delivery.send_waiting() == 0
    assert now(message).state == "queued"
    assert "ConnectionRefusedError" in now(message).error


def test_message_that_never_goes_out_stands_as_failed_until_the_director_retries() -> None:
    message = write()
    at = NOON
    for _ in range(MOST_ATTEMPTS):
        at += timedelta(days=1)
        stamp = stamp_for(SYSTEM, at)
        assert claim_message(message.pk, stamp=stamp) is not None
        note_try_failed(message.pk, error="the wire is cut", stamp=stamp)
    page = outbox_page(DIRECTOR)
    assert (page.failed, page.rows[0].error) == (1, "the wire is cut")
    assert page.rows[0].allowed == {"retry_message", "set_message_aside"}
    retry_message(get_message(message.pk, DIRECTOR), stamp=stamp_for(DIRECTOR, at))
    assert due_messages(at=at, most=5) == (message.pk,)


def test_only_the_director_retries_and_only_what_failed() -> None:
    message = write()
    with pytest.raises(NotAllowed):
        retry_message(message, stamp=stamp_for(LIAISON))
    with pytest.raises(Refused) as no:
        retry_message(message, stamp=stamp_for(DIRECTOR))
    assert no.value.code == "not_failed"


def test_only_those_who_may_read_the_outbox_see_it() -> None:
    message = write()
    assert outbox_page(DIRECTOR).total == 1
    assert outbox_page(LIAISON).total == 0
    assert outbox_page(LIAISON).waiting == 0
    with pytest.raises(NotFound):
        get_message(message.pk, LIAISON)


@pytest.mark.any_database
@pytest.mark.parametrize("state", [None, "dead", *Message.State.values])
def test_total_leaves_out_what_is_sealed_however_it_is_counted(state: str | None) -> None:
    sealed = frozenset({"matter:7", "matter:8"})
    reader = replace(DIRECTOR, reach=replace(DIRECTOR.reach, sealed=sealed))
    states = (*Message.State.values, "sent", "failed", "queued")
    made = [write() for _ in states]
    with guard_pass("a test stands at an end"):
        for message, now in zip(made, states, strict=True):
            Message.objects.filter(pk=message.pk).update(state=now, sent_at=NOON)
        last = [message.pk for message in made[len(Message.State.values) :]]
        Message.objects.filter(pk__in=last[:2]).update(thread="matter:7")
        Message.objects.filter(pk=last[2]).update(thread="matter:8")
    page = outbox_page(reader, state=state)
    kept = [now for now in Message.State.values if state in (None, now)]
    kept = ["failed", "bounced"] if state == "dead" else kept
    assert page.total == len(page.rows) == len(kept)
    assert {row.state for row in page.rows} == set(kept)


def test_only_the_house_writes_messages() -> None:
    entry = ring_bell(None, tone="high", stamp=STAMP)
    with pytest.raises(NotAllowed):
        queue_message(
            None,
            entry_id=entry,
            to_name="DPW",
            to_address="desk@dpw.example",
            subject="x",
            text="x",
            stamp=stamp_for(DIRECTOR),
        )


def test_same_message_twice_for_one_line_is_refused() -> None:
    message = write()
    with pytest.raises(Refused) as no:
        queue_message(
            None,
            entry_id=message.entry_id,
            to_name="DPW",
            to_address=message.to_address,
            subject=message.subject,
            text="again",
            stamp=STAMP,
        )
    assert no.value.code == "already_queued"


def test_nobody_to_tell_is_written_down() -> None:
    entry = ring_bell(None, tone="high", stamp=STAMP)
    note_nobody_to_tell(None, entry_id=entry, to_name="DPW", subject="Asked", stamp=STAMP)
    line = Entry.objects.get(kind="NobodyToTell")
    assert "no e-mail address" in line.sentence
    assert line.about.get().noun == "bell"


def test_without_a_mail_server_messages_are_files(settings: Settings, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    message = write()
    assert delivery.send_waiting() == 1
    (kept,) = (tmp_path / "mail").iterdir()
    assert message.message_id in kept.read_text()


def test_message_id_carries_the_offices_own_domain(settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "Office <desk@wardroom.example>"
    message = write()
    assert message.message_id.endswith("@wardroom.example>")
    assert email.utils.parseaddr(message.message_id)[1]


def test_address_refused_carries_the_servers_words(sink: Sink) -> None:
    sink.refuse["gone@dpw.example"] = 551
    letter = claim_message(write(to="gone@dpw.example").pk, stamp=STAMP)
    assert letter is not None
    with pytest.raises(AddressRefused, match="551 not here"):
        send_letter(letter)
