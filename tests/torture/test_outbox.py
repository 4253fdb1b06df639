"""R10 at length, on both databases: a thousand messages and a hundred kills of their workers."""

from __future__ import annotations

import pytest

from tests.reliability.test_r10_outbox import KILLS, MESSAGES, Crew, crew, lose_none
from tests.torture.conftest import Tally

__all__ = ["crew"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.torture("R10 messages past killed workers", MESSAGES)
def test_messages(crew: Crew, tally: Tally) -> None:
    lose_none(crew, messages=tally.asked, kills=KILLS)
    tally.done = tally.asked
