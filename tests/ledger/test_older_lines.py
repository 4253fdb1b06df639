"""A ledger from before the chain is chained, and its lines find their matter, when upgraded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, connections, transaction
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


@pytest.fixture
def empty_database(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """Another database of the same kind without a table stands where the test's own does."""
    own = connections["default"]
    aside = own.copy()
    if own.vendor == "sqlite":
        aside.settings_dict["NAME"] = str(tmp_path / "older.sqlite3")
    else:
        aside.settings_dict["NAME"] = f"{own.settings_dict['NAME']}_older"
        in_no_database(own, "DROP DATABASE IF EXISTS", aside)
        in_no_database(own, "CREATE DATABASE", aside)
    connections["default"] = aside
    yield
    connections["default"] = own
    aside.close()
    if own.vendor != "sqlite":
        in_no_database(own, "DROP DATABASE", aside)


def in_no_database(own: Any, verb: str, aside: Any) -> None:
    """Make or drop a database from outside of any."""
    with own._nodb_cursor() as cursor:
        cursor.execute(f"{verb} {own.ops.quote_name(aside.settings_dict['NAME'])}")


@pytest.mark.usefixtures("empty_database")
def test_lines_written_before_the_chain_are_chained_in_order() -> None:
    with guard_pass("a test that upgrades"):
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
        migrated(MigrationExecutor(connection).loader.graph.leaf_nodes("ledger"))
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
