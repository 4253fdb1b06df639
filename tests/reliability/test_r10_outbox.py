"""R10: no message is lost when workers are killed, and a copy has the number of the first.

At least once to the mail server, under one Message-ID; exactly once in our own database.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections
from pytest_django import Settings

from tests.cast import HOUSE
from tests.conftest import NOON, stamp_for
from tests.jobs.bells import register_bells, ring_bell
from tests.notices.smtp_sink import Sink, smtp_sink
from tests.reliability.crew import as_many
from wardroom import reactions
from wardroom.access.actor import SYSTEM
from wardroom.access.gate import unit_of_work
from wardroom.jobs import delivery
from wardroom.ledger.models import Entry, Receipt
from wardroom.ledger.reactions import register_reactions
from wardroom.ledger.rules import MOST_ATTEMPTS
from wardroom.notices import actions as notices
from wardroom.notices.actions import queue_message
from wardroom.notices.gateways import Letter
from wardroom.notices.models import Message

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]
MESSAGES, KILLS, WORKERS, LONG = 1_000, 100, 3, 120.0
LATER = timedelta(days=1)


@dataclass
class Crew:
    """Workers in processes of their own, who write down which message they take."""

    sink: Sink
    history: Path
    send: Callable[[], int] = delivery.send_waiting
    running: list[int] = field(default_factory=list)

    def start(self, day: int) -> None:
        """One more worker, on the day so long after the first."""
        connections.close_all()
        child = os.fork()
        if child == 0:
            self._work(day)
        self.running.append(child)

    def _work(self, day: int) -> None:
        taken = os.open(self.history, os.O_CREAT | os.O_APPEND | os.O_WRONLY)
        claim = notices.claim_message

        def told(message: int, **given: object) -> Letter | None:
            letter = claim(message, **given)  # type: ignore[arg-type]
            if letter is not None:
                os.write(taken, f"{day} {message}\n".encode())
            return letter

        try:
            vars(notices)["claim_message"] = told
            vars(delivery)["worker_stamp"] = lambda: stamp_for(SYSTEM, NOON + day * LATER)
            self.send()
        finally:
            os._exit(0)

    def kill(self, one: int) -> None:
        """End a worker by -9, wherever it is."""
        with suppress(ProcessLookupError):
            os.kill(one, signal.SIGKILL)
        os.waitpid(one, 0)
        self.running.remove(one)

    def wait(self) -> None:
        """Until all have nothing left to do."""
        for child in self.running:
            os.waitpid(child, 0)
        self.running.clear()

    def claimed_twice(self) -> list[str]:
        """Messages that two took on one day, while the first still had it."""
        lines = Counter(self.history.read_text().splitlines())
        return [line for line, times in lines.items() if times > 1]


@pytest.fixture
def crew(settings: Settings, tmp_path: Path) -> Iterator[Crew]:
    settings.QUIET_HOURS = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    register_bells()
    with smtp_sink() as sink:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        made = Crew(sink, tmp_path / "history")
        yield made
        for one in list(made.running):
            made.kill(one)
    register_reactions(reactions.FOLLOWS)


def write_letters(many: int, word: str = "reader") -> Sequence[str]:
    """So many messages in one commit; their numbers for ever."""
    line = ring_bell(None, tone="low", stamp=HOUSE)
    with unit_of_work():
        return [
            queue_message(
                None,
                entry_id=line,
                to_name=f"Reader {n}",
                to_address=f"{word}{n}@example.org",
                subject=f"Letter {n}",
                text="The alley is clear.",
                urgent=True,
                stamp=HOUSE,
            ).message_id
            for n in range(many)
        ]


def write_and_undo() -> None:
    """Messages of a change that does not come to its end."""
    with unit_of_work():
        write_letters(20, "undone")
        raise InterruptedError


def arrived(sink: Sink) -> Counter[str]:
    """How often each message reached the mail server, by its Message-ID."""
    return Counter(str(message["Message-ID"]) for message in sink.messages())


def wait_until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + LONG
    while not true():
        assert time.monotonic() < until, "the workers do not go on"
        time.sleep(0.002)


def run_with_kills(crew: Crew, *, messages: int, kills: int, share: float = 0.9) -> None:
    """Let the workers send while one of them is killed after every few messages.

    The last is killed when this ``share`` of them arrived; each kill may keep one from arriving.
    """
    chance = random.Random(7)
    for _ in range(WORKERS):
        crew.start(day=1)
    for n in range(kills):
        wait_until(lambda n=n: len(crew.sink.received) > n * messages * share / kills)  # type: ignore[misc]
        time.sleep(chance.uniform(0, 0.01))
        crew.kill(chance.choice(crew.running))
        crew.start(day=1)
    crew.wait()


def lose_none(crew: Crew, *, messages: int, kills: int) -> None:
    """So many messages arrive, and stand as sent once, whichever workers are killed on the way."""
    ids = write_letters(messages)
    with pytest.raises(InterruptedError):
        write_and_undo()
    run_with_kills(crew, messages=messages, kills=kills)
    for _ in range(WORKERS):
        crew.start(day=2)
    crew.wait()

    came = arrived(crew.sink)
    assert set(came) == set(ids), "each arrives, and nothing that was undone"
    assert came.total() - messages <= kills
    assert crew.claimed_twice() == []
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}
    assert Entry.objects.filter(kind="MessageSent").count() == messages


def test_workers_killed_100_times_lose_no_message(crew: Crew) -> None:
    lose_none(crew, messages=as_many(MESSAGES), kills=as_many(KILLS))


def test_what_never_goes_is_parked_and_the_rest_goes_on(crew: Crew) -> None:
    crew.sink.refuse["reader0@example.org"] = 451
    write_letters(3)
    ring_bell(None, tone="cracked", stamp=HOUSE)
    ring_bell(None, tone="high", stamp=HOUSE)
    for day in range(1, 12):
        crew.send = lambda: delivery.sweep() + delivery.send_waiting()
        crew.start(day)
        crew.wait()
    states = dict(Message.objects.values_list("to_name", "state"))
    assert states == {"Reader 0": "failed", "Reader 1": "sent", "Reader 2": "sent"}
    parked = Receipt.objects.get(state="failed")
    assert (parked.entry.body["tone"], parked.attempts) == ("cracked", MOST_ATTEMPTS)
    assert Receipt.objects.filter(state="done").count() == 2
    assert not Receipt.objects.filter(state="due").exists()


def test_power_check_a_message_marked_too_early_is_missed(
    crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = notices.note_sent
    deliver = vars(delivery)["send_letter"]

    def too_early(letter: Letter) -> None:
        message = Message.objects.get(message_id=letter.message_id)
        mark(message.pk, stamp=stamp_for(SYSTEM, NOON + LATER))
        time.sleep(0.3)
        deliver(letter)

    monkeypatch.setattr(delivery, "send_letter", too_early)
    monkeypatch.setattr(notices, "note_sent", lambda *_, **__: None)
    ids = write_letters(24)
    run_with_kills(crew, messages=24, kills=8, share=0.6)
    crew.start(day=2)
    crew.wait()
    assert set(arrived(crew.sink)) != set(ids)


def test_power_check_a_claim_that_is_no_lease_is_seen(
    crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices.outbox, "wait_after", lambda *_, **__: 0)
    write_letters(40)
    for _ in range(WORKERS):
        crew.start(day=1)
    crew.wait()
    assert crew.claimed_twice()
