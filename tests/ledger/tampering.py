"""Tampering with the ledger as somebody with the database's password could."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from wardroom.access.gate import guard_pass


@contextmanager
def tampering() -> Iterator[None]:
    """Without the ledger's triggers; everything done meanwhile is rolled back at the end."""
    with guard_pass("a test that goes round the gate"), transaction.atomic():
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in (
                "ledger_entry",
                "ledger_about",
                "ledger_link",
                "ledger_treehead",
                "ledger_takenout",
            ):
                for verb in ("update", "delete"):
                    on = f" ON {table}" if connection.vendor == "postgresql" else ""
                    cursor.execute(f"DROP TRIGGER {table}_no_{verb}{on}")
            cursor.execute(_defer())
        yield
        transaction.set_rollback(True)


def _defer() -> str:
    postgresql = connection.vendor == "postgresql"
    return "SET CONSTRAINTS ALL DEFERRED" if postgresql else "PRAGMA defer_foreign_keys = ON"


def run_sql(statement: str, values: list[Any] | None = None) -> None:
    """One statement, past the house."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values or [])
