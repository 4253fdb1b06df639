"""Django's SQLite, where those who want to write at once do so in the order they came.

SQLite lets one write and has all others look again, at growing pauses: whoever waits long is
overtaken by whoever comes new. Here the threads of a process queue, and only the first of them
looks, at an even pause, whether another process writes. All of it ends after ``timeout``.
What day an instant is, is worked out once for each day (``days``).
"""

from __future__ import annotations

import sqlite3
import time
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from wardroom.config.sqlite3 import days
from wardroom.config.sqlite3.turns import Turns, turns_at

PAUSE = 0.005  # seconds
Django: Any = base.DatabaseWrapper


class DatabaseWrapper(Django):  # type: ignore[misc]
    """A connection that takes its turn before a transaction and gives it back at the end."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        days.register(connection)
        return connection

    def _start_transaction_under_autocommit(self) -> None:
        if self.transaction_mode != "IMMEDIATE" or self.is_in_memory_db():
            super()._start_transaction_under_autocommit()
            return
        usual = self._ask("PRAGMA busy_timeout")
        until = time.monotonic() + usual / 1000
        if not self._turns().take(self, usual / 1000):
            raise OperationalError("database is locked")
        try:
            self._ask("PRAGMA busy_timeout = 0")
            try:
                self._begin(until)
            finally:
                self._ask(f"PRAGMA busy_timeout = {usual}")
        except BaseException:
            if self.connection.in_transaction:
                self.connection.rollback()
            self._end_turn()
            raise

    def _begin(self, until: float) -> None:
        """Begin as soon as no other process writes, or until the time is over."""
        while True:
            try:
                super()._start_transaction_under_autocommit()
            except OperationalError as error:
                if not _is_busy(error) or time.monotonic() >= until:
                    raise
                time.sleep(PAUSE)
            else:
                return

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


def _is_busy(error: OperationalError) -> bool:
    """Whether another connection writes; SQLite says that in several ways."""
    code: int = getattr(error.__cause__, "sqlite_errorcode", 0)
    return code & 0xFF == sqlite3.SQLITE_BUSY
