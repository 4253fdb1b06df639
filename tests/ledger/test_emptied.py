"""What a test that commits leaves behind: nothing, and the ledger's guard as it stood."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection, transaction

from tests import ledger_guard
from tests.cast import Cast
from wardroom.access import gate
from wardroom.ledger.models import Entry

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]
GUARD = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
    "postgresql": "SELECT tgname, tgenabled, pg_get_triggerdef(oid) FROM pg_trigger ORDER BY oid",
}


def guard() -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(GUARD[connection.vendor])
        return list(cursor.fetchall())


def test_every_table_is_empty_and_the_guard_stands_as_it_stood(director: Cast) -> None:
    stood = guard()
    assert {"ledger_entry", "access_user"} <= set(ledger_guard.filled_tables())
    with gate.guard_pass("emptying a test's database"):
        ledger_guard.empty_database()
    assert ledger_guard.filled_tables() == []
    assert guard() == stood
    assert ContentType.objects.exists()
    assert Permission.objects.exists()


def test_every_table_of_the_house_is_looked_at() -> None:
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
    rest = there - set(ledger_guard._tables()) - ledger_guard.STAY
    assert {name for name in rest if not name.startswith("search_words")} <= {"django_migrations"}


def test_power_check_without_lifting_the_ledger_refuses_to_be_emptied(director: Cast) -> None:
    with (
        gate.guard_pass("emptying a test's database"),
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM ledger_entry")
    assert Entry.objects.exists()
