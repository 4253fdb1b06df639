"""The post room of the tests: a worker with a clock of its own, and what came in."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.cast import Cast
from tests.conftest import NOON, stamp_for
from tests.notices.letters import letter
from wardroom.access.actor import SYSTEM, Actor
from wardroom.access.queries import actor_for
from wardroom.casework.actions import take_mail
from wardroom.jobs import delivery
from wardroom.matters.queries import worklist
from wardroom.notices.models import Message, Received

OFFICE = "office@wardroom.example"
STAMP = stamp_for(SYSTEM)


class Worker:
    """The worker, with a clock of its own that starts at noon."""

    def __init__(self) -> None:
        self.at = NOON

    def works(self, hours: float = 0.1) -> None:
        """Run what follows from the lines so far, and later send what is due by then."""
        delivery.sweep()
        self.at += timedelta(hours=hours)
        delivery.send_waiting()


def letters_go(*, minutes: float = 6, since: datetime = NOON) -> None:
    """Write what follows from the lines so far, at noon or so, and send what is due soon after."""
    with pytest.MonkeyPatch.context() as patch:
        for at in (since, since + timedelta(minutes=minutes)):
            stamp = stamp_for(SYSTEM, at)
            patch.setattr(delivery, "worker_stamp", lambda stamp=stamp: stamp)
            if at == since:
                delivery.sweep()
            else:
                delivery.send_waiting()


def acknowledgement() -> Message:
    found: Message = Message.objects.get(entry__kind="ComplaintTaken")
    return found


def came(**words: str) -> Received:
    """A message that came in just now."""
    received = take_mail(letter(**words).as_bytes(), stamp=STAMP)
    assert received is not None
    return received


def again(who: Cast) -> Actor:
    """The same person at the next request."""
    return actor_for(who.user, on=NOON.date())


def rows_for(who: Cast) -> list[tuple[str, str]]:
    """What waits for this person because of mail."""
    found = worklist(again(who), on=NOON.date())
    return [(row.reason, row.title) for row in found.rows if row.noun == "mail"]
