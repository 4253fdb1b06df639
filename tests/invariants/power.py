"""Guards of the database, and the proof that it is they who refuse."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, models, transaction

from wardroom.access.gate import guard_pass


def only_the_database_stops(rows: models.QuerySet[models.Model], change: str) -> None:
    """A change past the house is refused by a constraint, and by nothing else.

    The power: a copy of the table that has the rows and no constraint takes the same change.
    """
    table = rows.model._meta.db_table
    where = f"WHERE id IN ({', '.join(str(pk) for pk in rows.values_list('pk', flat=True))})"
    with (
        guard_pass("a test that goes round the gate"),
        pytest.raises(IntegrityError),
        transaction.atomic(),
    ):
        assert _run(f"UPDATE {table} SET {change} {where}")
    with guard_pass("a test that goes round the gate"), transaction.atomic():
        _run(f"CREATE TEMPORARY TABLE without_guard AS SELECT * FROM {table}")
        assert _run(f"UPDATE without_guard SET {change} {where}") == rows.count()
        transaction.set_rollback(True)


def _run(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.rowcount)
