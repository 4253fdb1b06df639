"""Django's SQLite, where those who want to write at once do so in the order they came.

SQLite lets one write and has all others look again, at growing pauses: whoever waits long is
overtaken by whoever comes new. Here the threads of a process queue, and only the first of them
looks, at an even pause, whether another process writes. All of it ends after ``timeout``.
Nobody waits inside SQLite: whoever does keeps their connection shut, and where the one at work
clears away what is left of that connection, each would wait for the other.
What day an instant is, is worked out once for each day (``days``).
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from wardroom.config.sqlite3 import days
from wardroom.config.sqlite3.turns import Turns, turns_at

PAUSE = 0.005  # seconds
WRITES = frozenset({"INSERT", "UPDATE", "DELETE"})
Django: Any = base.DatabaseWrapper
DjangoCursor: Any = base.SQLiteCursorWrapper


class Cursor(DjangoCursor):  # type: ignore[misc]
    """A cursor that takes its turn for what it writes outside of a transaction."""

    def __init__(self, connection: sqlite3.Connection, *, of: DatabaseWrapper) -> None:
        super().__init__(connection)
        self._of = of

    def execute(self, query: str, params: Any = None) -> Any:
        """Run a statement, as soon as it may write where it does."""
        execute = super().execute
        if self.connection.in_transaction or query[:6] not in WRITES or not self._of.is_shared():
            return execute(query, params)
        return self._of.in_turn(lambda: execute(query, params))


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
        if not self._turns().take(self, usual / 1000):
            raise OperationalError("database is locked")
        try:
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
        """Write as soon as no other process does, or until the time is over."""
        while True:
            try:
                return write()
            except (OperationalError, sqlite3.OperationalError) as error:
                if not _is_busy(error) or time.monotonic() >= until:
                    raise
                time.sleep(PAUSE)

    def _ask(self, pragma: str) -> int:
        """Ask the connection itself: no statement of the house, and counted as none."""
        with self.wrap_database_errors:
            return int(self.connection.execute(pragma).fetchone()[0])

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


def _is_busy(error: Exception) -> bool:
    """Whether another connection writes; SQLite says that in several ways."""
    code: int = getattr(error.__cause__ or error, "sqlite_errorcode", 0)
    return code & 0xFF == sqlite3.SQLITE_BUSY
