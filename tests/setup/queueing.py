"""Who queues for the database in the tests of turns, and how one sees where they stand."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, connections, transaction

from wardroom.config.sqlite3.turns import Turns, turns_at

LONG, SHORT = 20.0, 0.2


def queue_of_the_test() -> Turns:
    """The queue of the database of the test."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL lets many write at once")
    connection.ensure_connection()
    return turns_at(str(connection.settings_dict["NAME"]))


class Somebody:
    """Whoever may have a turn."""


def is_free(turns: Turns) -> bool:
    """Whether somebody who comes now is next; their turn ends here."""
    who = Somebody()
    came = turns.take(who, 0)
    turns.give(who)
    return came


def patience(seconds: float) -> None:
    """How long this connection waits for others."""
    connection.cursor().execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")


@contextmanager
def beside(work: Callable[[], object]) -> Iterator[threading.Thread]:
    """A thread with a connection of its own."""

    def run() -> None:
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    yield thread
    thread.join()


def begin() -> None:
    with transaction.atomic():
        pass


def until(there: Callable[[], Any]) -> None:
    over = time.monotonic() + LONG
    while not there():
        assert time.monotonic() < over
        time.sleep(0.002)
