"""Mail that waits for working hours can be sent now, by whoever caused it; nothing else changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.conftest import NOON, plain_actor, stamp_for
from tests.jobs.bells import ring_bell
from wardroom.access.actor import SYSTEM, Role, Stamp
from wardroom.jobs import delivery
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry
from wardroom.notices.actions import claim_message, hurry_message, queue_message, recall_message
from wardroom.notices.gateways import Letter
from wardroom.notices.models import Message
from wardroom.notices.queries import due_messages, outbox_page
from wardroom.notices.rules import MOST_ATTEMPTS, wait_after

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
STAMP = stamp_for(SYSTEM)
LATER = timedelta(hours=17)
DIRECTOR = plain_actor(Role.DIRECTOR, city=True)


@pytest.fixture
def waiting() -> Message:
    """A message that waits until tomorrow morning."""
    return queue_message(
        None,
        entry_id=ring_bell(None, tone="high", stamp=STAMP),
        to_name="DPW",
        to_address="desk@dpw.example",
        subject="Asked: sweep",
        text="Please sweep.\n",
        send_after=NOON + LATER,
        stamp=STAMP,
    )


def by(role: Role, **reach: object) -> Stamp:
    return stamp_for(plain_actor(role, **reach))  # type: ignore[arg-type]


def allowed() -> frozenset[str]:
    (row,) = outbox_page(DIRECTOR).rows
    return row.allowed


def test_message_that_waits_goes_out_now(waiting: Message, monkeypatch: pytest.MonkeyPatch) -> None:
    went: list[Letter] = []
    monkeypatch.setattr(delivery, "send_letter", went.append)
    assert due_messages(at=NOON, most=5) == ()
    assert "hurry_message" in allowed()
    (row,) = outbox_page(DIRECTOR).rows
    assert row.goes_out_at == NOON + LATER
    hurry_message(waiting, stamp=stamp_for(DIRECTOR))
    (row,) = outbox_page(DIRECTOR).rows
    assert (row.goes_out_at, "hurry_message" in row.allowed) == (None, False)
    monkeypatch.setattr(delivery, "worker_stamp", lambda: STAMP)
    assert delivery.send_waiting() == 1
    assert [letter.to_address for letter in went] == ["desk@dpw.example"]
    assert Entry.objects.get(kind="MessageHurried").sentence == (
        "E-mail to DPW <desk@dpw.example> goes out now: Asked: sweep"
    )


def test_what_is_due_on_its_way_or_taken_back_is_not_hurried(waiting: Message) -> None:
    director = stamp_for(DIRECTOR)
    hurry_message(waiting, stamp=director)
    with pytest.raises(Refused) as no:
        hurry_message(waiting, stamp=director)
    assert "within a minute" in no.value.sentence
    assert claim_message(waiting.pk, stamp=STAMP) is not None
    assert "hurry_message" not in allowed()
    with pytest.raises(Refused) as no:
        hurry_message(waiting, stamp=director)
    assert no.value.code == "wrong_state"
    assert claim_message(waiting.pk, stamp=STAMP) is None


def test_message_that_was_taken_back_stays_so(waiting: Message) -> None:
    director = stamp_for(DIRECTOR)
    recall_message(waiting, stamp=director)
    with pytest.raises(Refused):
        hurry_message(waiting, stamp=director)
    assert Message.objects.get(pk=waiting.pk).state == "recalled"


def test_one_that_was_hurried_is_tried_and_given_up_like_any_other(
    waiting: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Letter) -> None:
        raise OSError("nobody there")

    hurry_message(waiting, stamp=stamp_for(DIRECTOR))
    monkeypatch.setattr(delivery, "send_letter", fail)
    at = NOON
    for attempt in range(MOST_ATTEMPTS):
        monkeypatch.setattr(delivery, "worker_stamp", lambda at=at: replace(STAMP, at=at))
        delivery.send_waiting()
        row = Message.objects.get(pk=waiting.pk)
        assert row.attempts == attempt + 1
        at += timedelta(seconds=wait_after(attempt + 1))
    assert Message.objects.get(pk=waiting.pk).state == "failed"


def test_only_whoever_caused_it_and_the_director_hurry_it(waiting: Message) -> None:
    for stamp in (STAMP, by(Role.LIAISON, wards="5"), by(Role.PARTNER, agency="DPW"),
                  by(Role.RECORDS, city=True)):  # fmt: skip
        with pytest.raises(NotAllowed):
            hurry_message(waiting, stamp=stamp)
    (row,) = outbox_page(plain_actor(Role.RECORDS, city=True)).rows
    assert row.allowed == frozenset()
