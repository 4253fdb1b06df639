"""Empties the database after a test that commits, which the ledger's own triggers would refuse.

Django's flush goes through every table and then makes the kinds of content and permissions
again. Here only tables that hold rows are emptied, and those two are left as they are: nothing
in the house changes them.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.test import TransactionTestCase

STAY = {"django_content_type", "auth_permission"}
REFUSALS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
# So many deleted rows would be walked over again by whoever looks at the table later.
MANY = 200


@functools.cache
def _tables() -> tuple[str, ...]:
    there = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return tuple(sorted(set(there) - STAY))


def filled_tables() -> list[str]:
    """The tables that hold a row."""
    looks = [f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in _tables()]
    found: list[str] = []
    with connection.cursor() as cursor:
        for few in (looks[at : at + MANY] for at in range(0, len(looks), MANY)):
            cursor.execute(" UNION ALL ".join(few))
            found += [name for (name,) in cursor.fetchall()]
    return found


@contextmanager
def lifted_guard(tables: Sequence[str]) -> Iterator[None]:
    """Without what refuses to delete from these tables, which then stands as it stood."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
            yield
            return
        guards: list[tuple[str, str]] = []
        for table in (name for name in tables if name.startswith("ledger_")):
            cursor.execute(REFUSALS, [table])
            guards += cursor.fetchall()
        for name, _ in guards:
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        for _, sql in guards:
            cursor.execute(sql)


def empty_database() -> None:
    """Take every row out, in one commit."""
    many = []
    filled = filled_tables()
    with transaction.atomic(), lifted_guard(filled), connection.cursor() as cursor:
        for name in filled:
            cursor.execute(f'DELETE FROM "{name}"')
            many += [name] if cursor.rowcount > MANY else []
    if many and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM " + ", ".join(f'"{name}"' for name in many))


def empty_what_is_filled() -> None:
    """Have every test that commits leave an empty database behind."""
    case: Any = TransactionTestCase
    case._fixture_teardown = lambda self: empty_database()
