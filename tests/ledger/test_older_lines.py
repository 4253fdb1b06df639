"""A ledger from before the chain is chained, and its lines find their matter, when upgraded."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from tests.conftest import NOON
from wardroom.access.gate import guard_pass
from wardroom.ledger.models import Entry
from wardroom.ledger.queries import verified_chain

BEFORE = [("ledger", "0002_append_only")]


def migrated(targets: list[tuple[str, str]]) -> Any:
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps


@pytest.mark.django_db(transaction=True)
def test_lines_written_before_the_chain_are_chained_in_order() -> None:
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    with guard_pass("a test that upgrades"):
        try:
            old = migrated(BEFORE)
            for n in range(1, 6):
                entry = old.get_model("ledger", "Entry").objects.create(
                    uid=UUID(int=n), at=NOON, actor_name="A", window="web", kind="BellRung",
                    sentence=f"Line {n}", body={"n": n / 2},
                )  # fmt: skip
                about = old.get_model("ledger", "About").objects
                about.create(entry=entry, noun="ward", key="5")
                if n % 2:
                    about.create(entry=entry, noun="matter", key=str(n))
        finally:
            migrated(latest)
    found = verified_chain()
    assert (found.lines, found.broken) == (5, None)
    keys = Entry.objects.order_by("pk").values_list("matter_key", flat=True)
    assert list(keys) == ["1", "", "3", "", "5"]
    for table in ("ledger_entry", "ledger_about", "ledger_link"):
        with (
            guard_pass("goes round"),
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"DELETE FROM {table}")
