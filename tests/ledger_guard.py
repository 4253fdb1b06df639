"""Lets the test run empty its database, which the ledger's own triggers would refuse.

Only SQLite needs it: there Django flushes with DELETE. The triggers are dropped for the
flush after a test with ``transaction=True`` and stand again before the next test begins.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from django.db import connection
from django.test import TransactionTestCase

GUARDS = [
    import_module(f"wardroom.ledger.migrations.{name}")
    for name in ("0002_append_only", "0004_link_entries")
]


@contextmanager
def lifted_guard() -> Iterator[None]:
    """Without the triggers, for a while; on SQLite only."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        for guard in GUARDS:
            for statement in guard.LIFTERS["sqlite"]:
                cursor.execute(statement)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for guard in GUARDS:
                for statement in guard.SETTERS["sqlite"]:
                    cursor.execute(statement)


def lift_guard_while_flushing() -> None:
    """Have every flush of the test run go on without the triggers."""
    case: Any = TransactionTestCase
    original = case._fixture_teardown

    def teardown(self: TransactionTestCase) -> None:
        with lifted_guard():
            original(self)

    case._fixture_teardown = teardown
