"""On SQLite whoever asked first writes first, and nobody waits for a turn that cannot come."""

from __future__ import annotations

import gc
import os
import sqlite3
import threading
import time
from contextlib import closing, suppress
from typing import Any

import pytest
from django.db import OperationalError, connection, connections, transaction

from tests.setup.queueing import (
    LONG,
    SHORT,
    Somebody,
    begin,
    beside,
    is_free,
    patience,
    queue_of_the_test,
    until,
)
from wardroom.access.gate import in_a_hurry
from wardroom.config.sqlite3.turns import Turns, turns_at

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def turns() -> Turns:
    """The queue of the database of the test."""
    return queue_of_the_test()


def test_whoever_asked_first_writes_first(turns: Turns) -> None:
    came: list[int] = []
    threads = []

    def write(number: int) -> None:
        with transaction.atomic():
            came.append(number)
        connections.close_all()

    with transaction.atomic():
        for number in range(8):
            threads.append(threading.Thread(target=write, args=(number,)))
            threads[-1].start()
            until(lambda: len(turns._waiting) == len(threads))
    for thread in threads:
        thread.join()
    assert came == list(range(8))
    assert is_free(turns)


def test_turn_that_does_not_come_in_time_is_a_locked_database(turns: Turns) -> None:
    held, over = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            held.set()
            over.wait(LONG)

    with beside(hold):
        held.wait(LONG)
        patience(SHORT)
        began = time.monotonic()
        with pytest.raises(OperationalError, match="locked"), transaction.atomic():
            pass
        patience(LONG)
        with pytest.raises(OperationalError, match="locked"), in_a_hurry(), transaction.atomic():
            pass
        assert time.monotonic() - began < LONG / 2
        over.set()
    begin()
    assert is_free(turns)


@pytest.mark.parametrize("wait", [SHORT, LONG])
def test_who_writes_in_another_process_is_waited_for(turns: Turns, wait: float) -> None:
    path = connection.settings_dict["NAME"]
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        patience(wait)
        if wait == LONG:
            ending = threading.Timer(SHORT, other.execute, ["ROLLBACK"])
            ending.start()
            begin()
            ending.join()
        else:
            with pytest.raises(OperationalError, match="locked"), transaction.atomic():
                pass
    assert is_free(turns)
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA busy_timeout").fetchone()[0] == int(wait * 1000)


def test_turn_lasts_as_long_as_the_outermost_block(turns: Turns) -> None:
    with transaction.atomic():
        with transaction.atomic():
            assert not is_free(turns)
        with suppress(ZeroDivisionError), transaction.atomic():
            raise ZeroDivisionError
        assert not is_free(turns)
    assert is_free(turns)


def test_turn_ends_with_what_is_undone(turns: Turns) -> None:
    with suppress(ZeroDivisionError), transaction.atomic():
        raise ZeroDivisionError
    assert is_free(turns)


def test_turn_ends_with_its_connection(turns: Turns) -> None:
    with transaction.atomic():
        connection.close()
        assert is_free(turns)
    begin()


def test_turn_ends_where_the_commit_fails(turns: Turns, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Any) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper._commit", full)
    with pytest.raises(OperationalError, match="full"), transaction.atomic():
        pass
    assert is_free(turns)


def test_turn_ends_where_it_is_broken_off_after_the_begin(
    turns: Turns, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def ask(self: Any, pragma: str) -> int:
        asked.append(pragma)
        if len(asked) == 3:
            raise KeyboardInterrupt
        return 10_000

    with monkeypatch.context() as broken:
        broken.setattr("wardroom.config.sqlite3.base.DatabaseWrapper._ask", ask)
        with pytest.raises(KeyboardInterrupt), transaction.atomic():
            pass
    assert not connection.connection.in_transaction
    assert is_free(turns)
    begin()


def test_second_connection_of_a_thread_is_refused_in_time(turns: Turns) -> None:
    second: Any = connections.create_connection("default")
    connections["second"] = second
    try:
        with transaction.atomic():
            second.cursor().execute(f"PRAGMA busy_timeout = {int(SHORT * 1000)}")
            with (
                pytest.raises(OperationalError, match="locked"),
                transaction.atomic(using="second"),
            ):
                pass
    finally:
        second.close()
        del connections["second"]
    assert is_free(turns)


def test_nobody_waits_for_themselves(turns: Turns) -> None:
    who = Somebody()
    assert turns.take(who, 0)
    assert turns.take(who, 0)
    turns.give(who)
    assert is_free(turns)


def test_turn_of_somebody_who_is_gone_is_over(turns: Turns) -> None:
    gone = Somebody()
    assert turns.take(gone, 0)
    assert not is_free(turns)
    del gone
    gc.collect()
    assert is_free(turns)


def test_whoever_waits_does_not_wait_for_somebody_who_is_gone(turns: Turns) -> None:
    there = [Somebody()]
    assert turns.take(there[0], 0)
    leaving = threading.Timer(SHORT, there.clear)
    leaving.start()
    who = Somebody()
    assert turns.take(who, LONG)
    turns.give(who)
    leaving.join()


def test_new_process_waits_for_no_thread_of_the_old(turns: Turns) -> None:
    who = Somebody()
    assert turns.take(who, 0)
    child = os.fork()
    if child == 0:
        os._exit(0 if is_free(turns_at(str(connection.settings_dict["NAME"]))) else 1)
    turns.give(who)
    assert os.waitpid(child, 0)[1] == 0


def test_another_database_has_another_queue(turns: Turns) -> None:
    assert turns_at("elsewhere") is not turns
