"""S14: of a thousand tries by eight at once, exactly so many come through."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection

from tests.conftest import NOON
from wardroom.access.gate import guard_pass
from wardroom.access.models import Tally
from wardroom.directory.actions import forget_tallies, take_turn, turns
from wardroom.kernel.rates import Rate

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]
TRIES, AT_ONCE = 1_000, 8


def at_once(tries: Callable[[], int]) -> int:
    """What eight come to that begin at the same moment, added up."""
    gate, found = threading.Barrier(AT_ONCE), []

    def run() -> None:
        gate.wait()
        try:
            found.append(tries())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == AT_ONCE
    return sum(found)


def came_through(rates: Mapping[str, Rate], tries: int = TRIES // AT_ONCE) -> int:
    return sum(not take_turn(rates, at=NOON).wait for _ in range(tries))


@pytest.mark.parametrize("rate", [Rate(10), Rate(30), Rate(100, by_clock=True)], ids=str)
def test_exactly_so_many_of_a_thousand_come_through(rate: Rate) -> None:
    assert at_once(lambda: came_through({"who": rate})) == rate.most
    connection.close()  # as after a restart
    cache.clear()
    assert came_through({"who": rate}, 10) == 0


def test_what_one_rate_refuses_no_other_counts() -> None:
    """Two counts at once, the tighter of which is shared by some only."""
    mine = iter(range(AT_ONCE))
    rates = {n: {"caller": Rate(40), f"contact {n % 2}": Rate(5)} for n in range(AT_ONCE)}
    assert at_once(lambda: came_through(rates[next(mine)], 25)) == 10
    assert came_through({"caller": Rate(40)}, 100) == 30


def test_one_look_alone_would_let_more_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """Power check: where the look is not repeated under the lock, eight take the one turn."""
    look, gate = turns._wait, threading.Barrier(AT_ONCE)

    def looks_once(rates: Any, parts: Any, at: Any) -> int:
        if connection.in_atomic_block:
            return 0
        found = look(rates, parts, at)
        gate.wait(timeout=20)
        return found

    monkeypatch.setattr(turns, "_wait", looks_once)
    assert at_once(lambda: came_through({"who": Rate(1)}, 1)) == AT_ONCE


def test_what_counts_no_more_is_forgotten_and_nothing_else() -> None:
    take_turn({"who": Rate(1)}, at=NOON)
    take_turn({"key": Rate(1, by_clock=True)}, at=NOON)
    assert forget_tallies(at=NOON + timedelta(minutes=59)) == 0
    assert take_turn({"who": Rate(1)}, at=NOON + timedelta(minutes=64)).wait > 0
    assert forget_tallies(at=NOON + timedelta(minutes=66)) == 2
    assert take_turn({"who": Rate(1)}, at=NOON + timedelta(minutes=66)).wait == 0


def test_forgotten_counts_would_let_it_through() -> None:
    """Power check of the restart: without the rows, the next one is let through."""
    assert came_through({"who": Rate(3)}, 9) == 3
    with guard_pass("the fault"):
        Tally.objects.all().delete()
    assert came_through({"who": Rate(3)}, 9) == 3


def test_count_that_was_forgotten_since_the_look_is_begun_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What nobody counted for long may be tidied away between the look and the lock."""
    came_through({"who": Rate(10)}, 3)
    look = turns._wait

    def tidied(rates: Any, parts: Any, at: Any) -> int:
        if not connection.in_atomic_block:
            assert forget_tallies(at=NOON + timedelta(days=2)) == 1
        return look(rates, parts, at)

    monkeypatch.setattr(turns, "_wait", tidied)
    turn = take_turn({"who": Rate(10)}, at=NOON)
    assert (turn.left, turn.wait) == (9, 0)
    assert Tally.objects.count() == 1
