"""What the database says of itself: whether it is safe, up to date, and what time it has."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from wardroom.access.gate import guard_pass

WANTED_PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
# With the last one on, PostgreSQL goes on after a sync that failed, and may have lost what it said.
NEVER = (("fsync", "off"), ("synchronous_commit", "off"), ("data_sync_retry", "on"))
# A server that is only like PostgreSQL may lack one of them, and says nothing of it then.
ASKED = "SELECT " + ", ".join(f"current_setting('{name}', true)" for name, _ in NEVER)
# Without it a page that was half written when the power went stays torn; some storage tears none.
TORN_PAGES = "full_page_writes"
# Rows of each index that SQLite looks at to learn how its values are spread: a second in all.
LOOKED_AT = 1000
DOWN = (DatabaseError, InterfaceError)


def database_kind() -> str:
    """What the database is called, for people."""
    return {"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(
        connection.vendor, connection.vendor
    )


def has_own_log() -> bool:
    """Whether the house itself empties the database's log; a server keeps its own."""
    return bool(connection.vendor == "sqlite")


def unsafe_settings(its: Any = connection) -> list[tuple[str, object]]:
    """The settings of an open connection by which what was saved could be lost."""
    if its.vendor == "sqlite":
        found = [(name, _value(its, f"PRAGMA {name}")) for name in WANTED_PRAGMAS]
        return [(name, is_now) for name, is_now in found if is_now != WANTED_PRAGMAS[name]]
    if its.vendor == "postgresql":
        now = zip(NEVER, _row(its, ASKED), strict=True)
        return [(name, is_now) for (name, wrong), is_now in now if is_now == wrong]
    return []


def may_tear_pages(its: Any = connection) -> bool:
    """Whether PostgreSQL leaves it to the storage that no page is written by half."""
    return bool(its.vendor == "postgresql" and _value(its, f"SHOW {TORN_PAGES}") == "off")


def missing_migrations() -> int:
    """How many steps the tables lack that this version of the program needs."""
    done = MigrationRecorder(connection).applied_migrations()
    return len(_known_migrations() - set(done))


def database_now() -> datetime:
    """What time the database has."""
    if connection.vendor == "postgresql":
        now: datetime = _value(connection, "SELECT clock_timestamp()")
        return now.astimezone(UTC)
    words = _value(connection, "SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')")
    return datetime.fromisoformat(words).replace(tzinfo=UTC)


def database_size() -> int:
    """How many bytes the database takes on its disk."""
    if connection.vendor == "postgresql":
        return int(_value(connection, "SELECT pg_database_size(current_database())"))
    place = Path(str(connection.settings_dict["NAME"]))
    parts = (place, place.with_name(f"{place.name}-wal"))
    return sum(part.stat().st_size for part in parts if part.is_file())


def take_stock() -> bool:
    """Let SQLite learn how large its tables are, so that it asks them the quicker way round.

    PostgreSQL does so by itself. Values themselves are not kept: they would outlive their rows.
    """
    if connection.vendor != "sqlite":
        return False
    with guard_pass("stock is taken of the tables"), connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit={LOOKED_AT}")
        cursor.execute("ANALYZE")
        if "sqlite_stat4" in connection.introspection.table_names(cursor):
            cursor.execute("DELETE FROM sqlite_stat4")
    return True


def _value(its: Any, question: str) -> Any:
    return _row(its, question)[0]


def _row(its: Any, question: str) -> Any:
    with its.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()


@lru_cache(maxsize=1)
def _known_migrations() -> frozenset[tuple[str, str]]:
    """Every step that comes with this version; the same for as long as the process lives."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations or {})
