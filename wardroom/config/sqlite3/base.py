"""Django's SQLite, where those who want to write at once do so in the order they came.

SQLite lets one write and has all others look again, at growing pauses: whoever waits long is
overtaken by whoever comes new. Here the threads of a process queue, and only the first of them
looks, at an even pause, whether another process writes. All of it ends after ``timeout``.
Nobody who writes waits inside SQLite: whoever does keeps their connection shut, and where the
one at work clears away what is left of that connection, each would wait for the other.
What day an instant is, is worked out once for each day (``days``).
"""

from __future__ import annotations

import gc
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import Any

from django.db import OperationalError, connections, transaction
from django.db.backends.sqlite3 import base

from wardroom.config.sqlite3 import days
from wardroom.config.sqlite3.turns import Turns, turns_at

PAUSE = 0.005  # seconds
# What may write outside of a transaction; of "WITH", only what goes on to change something.
WRITES = re.compile(
    r"\s*(?:INSERT|UPDATE|DELETE|REPLACE|ANALYZE|VACUUM|REINDEX|CREATE|ALTER|DROP"
    r"|WITH\b.*?\b(?:INSERT|UPDATE|DELETE|REPLACE\s+INTO))\b",
    re.IGNORECASE | re.DOTALL,
)
Django: Any = base.DatabaseWrapper
DjangoCursor: Any = base.SQLiteCursorWrapper


class Cursor(DjangoCursor):  # type: ignore[misc]
    """A cursor that takes its turn for what it writes outside of a transaction.

    What such a statement gives back is read with it: SQLite has written only then.
    """

    _read: Iterator[Any] | None = None

    def __init__(self, connection: sqlite3.Connection, *, of: DatabaseWrapper) -> None:
        super().__init__(connection)
        self._of = of

    def execute(self, query: str, params: Any = None) -> Any:
        """Run a statement, as soon as it may write where it does."""
        self._read = None
        if not self._writes_alone(query):
            return super().execute(query, params)
        execute, fetch = super().execute, super().fetchall

        def write() -> None:
            execute(query, params)
            if self.description is not None:
                self._read = iter(fetch())

        self._of.in_turn(write)
        return self

    def executemany(self, query: str, param_list: Any) -> Any:
        """Run a statement for each row; outside of a transaction, for all of them or none."""
        self._read = None
        if not (connections[self._of.alias] is self._of and self._writes_alone(query)):
            return super().executemany(query, param_list)
        with transaction.atomic(using=self._of.alias):
            return super().executemany(query, param_list)

    def fetchone(self) -> Any:
        """The next row; none after the last."""
        return super().fetchone() if self._read is None else next(self._read, None)

    def fetchmany(self, size: int = 1) -> Any:
        """The next rows, so many at most."""
        return super().fetchmany(size) if self._read is None else list(islice(self._read, size))

    def fetchall(self) -> Any:
        """The rows that are left."""
        return super().fetchall() if self._read is None else list(self._read)

    def __iter__(self) -> Any:
        return super().__iter__() if self._read is None else self._read

    def _writes_alone(self, query: str) -> bool:
        """Whether a statement writes outside of a transaction, where others may write too."""
        if query.startswith("SELECT") or self.connection.in_transaction:
            return False
        return WRITES.match(query) is not None and self._of.is_shared()


class DatabaseWrapper(Django):  # type: ignore[misc]
    """A connection that takes its turn before a transaction and gives it back at the end."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        days.register(connection)
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        """A cursor of this connection."""
        return self.connection.cursor(factory=partial(Cursor, of=self))

    def is_shared(self) -> bool:
        """Whether others may write into the same database."""
        return self.transaction_mode == "IMMEDIATE" and not self.is_in_memory_db()

    def _start_transaction_under_autocommit(self) -> None:
        begin = super()._start_transaction_under_autocommit
        if self.is_shared():
            self.in_turn(begin)
        else:
            begin()

    def in_turn(self, write: Callable[[], Any]) -> Any:
        """Wait for a turn and for other processes, then write; what was begun keeps the turn."""
        usual = self._ask("PRAGMA busy_timeout")
        until = time.monotonic() + usual / 1000
        try:
            if not self._turns().take(self, usual / 1000):
                raise OperationalError("database is locked")
            self._ask("PRAGMA busy_timeout = 0")
            try:
                return self._written(write, until)
            finally:
                self._ask(f"PRAGMA busy_timeout = {usual}")
        except BaseException:
            if self.connection.in_transaction:
                self.connection.rollback()
            raise
        finally:
            self._end_turn()

    def _written(self, write: Callable[[], Any], until: float) -> Any:
        """Write as soon as no other process does, or until the time is over.

        Where this connection is reading what has changed since, waiting is of no use: it may be
        that it only was never told to stop, so what is left over is cleared away once.
        """
        cleared = False
        while True:
            try:
                return write()
            except (OperationalError, sqlite3.OperationalError) as error:
                code = _code_of(error)
                if code & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() >= until:
                    raise
                if code == sqlite3.SQLITE_BUSY_SNAPSHOT:
                    if cleared:
                        raise
                    cleared = True
                    gc.collect()
                else:
                    time.sleep(PAUSE)

    def _ask(self, pragma: str) -> int:
        """Ask the connection itself: no statement of the house, and counted as none."""
        with self.wrap_database_errors:
            return int(self.connection.execute(pragma).fetchone()[0])

    def _set_autocommit(self, autocommit: bool) -> None:
        try:
            super()._set_autocommit(autocommit)
        finally:
            self._end_turn()

    def _commit(self) -> Any:
        try:
            return super()._commit()
        finally:
            self._end_turn()

    def _rollback(self) -> Any:
        try:
            return super()._rollback()
        finally:
            self._end_turn()

    def _close(self) -> Any:
        try:
            return super()._close()
        finally:
            self._turns().give(self)

    def _end_turn(self) -> None:
        """Give the turn back, unless SQLite holds the transaction open still."""
        if self.connection is None or not self.connection.in_transaction:
            self._turns().give(self)

    def _turns(self) -> Turns:
        return turns_at(str(self.settings_dict["NAME"]))


def _code_of(error: Exception) -> int:
    """What SQLite says is wrong, in its numbers; 0 where it says nothing."""
    code: int = getattr(error.__cause__ or error, "sqlite_errorcode", 0)
    return code
