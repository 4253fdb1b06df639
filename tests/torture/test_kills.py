"""R1 at length."""

from __future__ import annotations

import random

import pytest

from tests.reliability.desk import Desk
from tests.reliability.test_killed_work import desk, killed_in_work
from tests.reliability.wholeness import Watch, faults_of_the_whole, lost
from tests.torture.conftest import Tally

__all__ = ["desk"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.torture("R1 kills of work", 2000)
def test_two_thousand_kills(desk: Desk, tally: Tally) -> None:
    chance, watch = random.Random(2), Watch()
    for turn in range(tally.asked):
        said = killed_in_work(desk, turn, chance)
        assert [*watch.halves(), *lost(said)] == []
        tally.done += 1
    assert faults_of_the_whole() == []
