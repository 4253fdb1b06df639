"""On SQLite what writes outside of a transaction takes a turn, which ends with the write."""

from __future__ import annotations

import gc
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection
from django_q.models import OrmQ

from tests.setup.queueing import (
    LONG,
    SHORT,
    Somebody,
    begin,
    beside,
    is_free,
    queue_of_the_test,
    until,
)
from wardroom.config.sqlite3.turns import Turns

pytestmark = pytest.mark.django_db(transaction=True)
NOTE = "UPDATE django_q_ormq SET key = 'nobody' WHERE key = 'nobody'"
CLEAR = "DELETE FROM django_q_ormq WHERE key = 'nobody'"
NOTES: dict[str, Callable[[Any], Any]] = {
    "a change": lambda cursor: cursor.execute(NOTE),
    "in small letters": lambda cursor: cursor.execute(NOTE.lower()),
    "on a line of its own": lambda cursor: cursor.execute(f"\n  {NOTE}"),
    "after what it is made of": lambda cursor: cursor.execute(f"WITH one AS (SELECT 1) {NOTE}"),
    "one in the place of another": lambda cursor: cursor.execute(
        "REPLACE INTO django_q_ormq (id, key, payload) SELECT id, key, payload"
        " FROM django_q_ormq WHERE key = 'nobody'"
    ),
    "many at once": lambda cursor: cursor.executemany(
        "UPDATE django_q_ormq SET key = %s WHERE key = 'nobody'", iter([("no",), ("body",)])
    ),
    "putting in order": lambda cursor: cursor.execute("REINDEX auth_group"),
}


@pytest.fixture(autouse=True)
def turns() -> Turns:
    """The queue of the database of the test."""
    return queue_of_the_test()


@contextmanager
def somebody_else_writes() -> Iterator[Callable[[], object]]:
    """A connection that is none of the site's keeps the database to itself, until told to end."""
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield partial(other.execute, "ROLLBACK")


def is_at_work(turns: Turns) -> bool:
    """Whether somebody has the turn."""
    return turns._at_work is not None and turns._at_work() is not None


@pytest.mark.parametrize("write", NOTES.values(), ids=NOTES.keys())
def test_write_outside_of_a_transaction_takes_its_turn(
    turns: Turns, write: Callable[[Any], Any]
) -> None:
    took: list[bool] = []

    def note() -> None:
        write(connection.cursor())
        took.append(is_free(turns))

    with somebody_else_writes() as let_go, beside(note):
        until(lambda: is_at_work(turns))
        assert not is_free(turns)
        assert not took
        let_go()
    assert took == [True]


def test_many_rows_are_written_together_or_not_at_all(turns: Turns) -> None:
    with pytest.raises(IntegrityError):
        connection.cursor().executemany(
            "INSERT INTO django_q_ormq (id, key, payload) VALUES (%s, 'nobody', '')",
            [(7,), (7,)],
        )
    assert not OrmQ.objects.filter(key="nobody").exists()
    assert is_free(turns)


@pytest.mark.parametrize(
    "read",
    [
        lambda cursor: [cursor.fetchone(), *cursor.fetchmany(1), *cursor.fetchall()],
        lambda cursor: list(cursor),
        lambda cursor: cursor.fetchmany(5),
    ],
)
def test_what_a_write_gives_back_can_be_read_in_every_way(
    turns: Turns, read: Callable[[Any], list[tuple[int]]]
) -> None:
    rows = "(11, 'nobody', ''), (12, 'nobody', ''), (13, 'nobody', '')"
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO django_q_ormq (id, key, payload) VALUES {rows} RETURNING id")
        assert read(cursor) == [(11,), (12,), (13,)]
        assert cursor.fetchone() is None
        assert cursor.execute("SELECT 1").fetchall() == [(1,)]
        cursor.execute(CLEAR)


def test_turn_ends_when_all_is_written(turns: Turns, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row that is written gives its number back: only when that is read, it is written."""
    free: list[bool] = []
    give = Turns.give
    with closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=0)) as other:

        def look(self: Turns, who: object) -> None:
            with suppress(sqlite3.OperationalError):
                other.execute("BEGIN IMMEDIATE")
            free.append(other.in_transaction)
            other.rollback()
            give(self, who)

        with monkeypatch.context() as watched:
            watched.setattr(Turns, "give", look)
            OrmQ.objects.create(key="nobody", payload="")
    assert free == [True]
    connection.cursor().execute(CLEAR)


def unfinished() -> Any:
    """Somebody reads on this connection, and meanwhile somebody else writes."""
    reading = connection.connection.cursor()
    reading.execute("SELECT name FROM sqlite_master")
    reading.fetchone()
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as other, other:
        other.execute("CREATE TABLE aside (n)")
        other.execute("DROP TABLE aside")
    return reading


@pytest.mark.parametrize("write", [lambda: connection.cursor().execute(NOTE), begin])
def test_nobody_waits_for_what_they_are_reading_themselves(
    turns: Turns, write: Callable[[], object]
) -> None:
    reading = unfinished()
    began = time.monotonic()
    with pytest.raises(OperationalError, match="locked"):
        write()
    assert time.monotonic() - began < LONG / 4
    assert is_free(turns)
    reading.close()
    write()


@pytest.mark.parametrize("write", [lambda: connection.cursor().execute(NOTE), begin])
def test_what_was_read_in_part_and_is_left_over_is_cleared_away(
    turns: Turns, write: Callable[[], object]
) -> None:
    left = Somebody()
    vars(left).update(itself=left, reading=unfinished())
    del left
    write()
    assert is_free(turns)


def test_turn_ends_where_autocommit_is_put_back(turns: Turns) -> None:
    connection.set_autocommit(False)
    OrmQ.objects.create(key="nobody", payload="")
    connection.set_autocommit(True)
    assert is_free(turns)
    connection.cursor().execute(CLEAR)


def test_what_is_left_of_a_connection_that_waits_is_cleared_away_at_once(turns: Turns) -> None:
    left: list[Any] = []
    went: list[str] = []

    def note() -> None:
        connection.ensure_connection()
        cursor = connection.connection.cursor()
        cursor.execute("SELECT 1 UNION SELECT 2")
        left.append(cursor)
        del cursor
        connection.cursor().execute(NOTE)
        went.append("written")

    with somebody_else_writes() as let_go, beside(note):
        until(lambda: left and is_at_work(turns))
        time.sleep(SHORT)
        begun = time.monotonic()
        left.clear()
        gc.collect()
        assert time.monotonic() - begun < LONG / 4
        assert not went
        let_go()
    assert went == ["written"]
