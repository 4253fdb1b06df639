"""One moment of the database, copied into a file while people go on writing."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from wardroom.kernel.errors import Refused
from wardroom.upkeep.gateways import postgres

Ask = Callable[[str], list[tuple[Any, ...]]]
PIECE = 1 << 20
# Open sessions: who reads a backup is not let in by it, and nobody by one that is brought back.
LEFT_OUT = ("django_session",)
RAW = "copy.sqlite3"
SQLITE_TABLES = (
    "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
)
POSTGRES_TABLES = (
    "SELECT relname, '' FROM pg_class WHERE relkind IN ('r', 'p') "
    "AND relnamespace = 'public'::regnamespace"
)


@dataclass(frozen=True)
class Told:
    """What a database said of itself at one moment."""

    migrations: tuple[str, ...]
    tables: dict[str, int]
    lines: int
    head: str


@dataclass(frozen=True)
class Copy:
    """A copy of the database in a file, with what it said of itself."""

    kind: str
    server: str
    path: Path
    told: Told


def copy_database(folder: Path) -> Copy:
    """Copy the database of the site into this folder, as it is at one moment.

    Nobody waits for it, and it waits for nobody. Refuses: `not_set_up` where there is nothing
    to copy yet; `database_damaged`; on PostgreSQL what `dump` refuses.
    """
    if connection.vendor == "postgresql":
        return _from_postgres(folder / "database.dump")
    return _from_sqlite(Path(connection.settings_dict["NAME"]), folder)


def _from_sqlite(source: Path, folder: Path) -> Copy:
    raw, packed = folder / RAW, folder / "database.sqlite3.gz"
    address = f"{source.absolute().as_uri()}?mode=ro"
    with (
        closing(sqlite3.connect(address, uri=True)) as live,
        closing(sqlite3.connect(raw)) as copy,
    ):
        copy.execute("PRAGMA synchronous = OFF")
        live.backup(copy)
        _leave_out(copy)
        told = told_by_sqlite(copy)
        _check_sqlite(copy)
    with raw.open("rb") as file, gzip.open(packed, "wb", compresslevel=1) as out:
        shutil.copyfileobj(file, out, PIECE)
    raw.unlink()
    return Copy("sqlite", sqlite3.sqlite_version, packed, told)


def _leave_out(copy: sqlite3.Connection) -> None:
    """Take out of a copy what would let its reader in as somebody else."""
    copy.execute("PRAGMA secure_delete = ON")
    there = {name for name, _ in copy.execute(SQLITE_TABLES)}
    for table in LEFT_OUT:
        if table in there:
            copy.execute(f'DELETE FROM "{table}"')  # noqa: S608
    copy.commit()


def _check_sqlite(copy: sqlite3.Connection) -> None:
    [(answer,), *_] = copy.execute("PRAGMA quick_check(1)").fetchall()
    if answer != "ok":
        raise Refused(
            "database_damaged",
            f"The database itself is damaged ({answer}). Keep the backups that you have.",
        )


def _from_postgres(target: Path) -> Copy:
    address = postgres.address_of(connection)
    with postgres.snapshot(address) as (held, moment):
        told = told_by(lambda sql: held.execute(sql).fetchall(), POSTGRES_TABLES)
        server = postgres.version_of(held)
        postgres.dump(address, target, moment=moment, server=server, without=LEFT_OUT)
    told = replace(told, tables={**told.tables, **dict.fromkeys(LEFT_OUT, 0)})
    return Copy("postgresql", str(server), target, told)


def told_by_sqlite(copy: sqlite3.Connection) -> Told:
    """What an SQLite database says of itself."""
    return told_by(lambda sql: copy.execute(sql).fetchall(), SQLITE_TABLES)


def told_by_connection() -> Told:
    """What the database of the site says of itself, now."""

    def ask(sql: str) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return list(cursor.fetchall())

    return told_by(ask, SQLITE_TABLES if connection.vendor == "sqlite" else POSTGRES_TABLES)


def forget_sessions() -> None:
    """End every session that came along in a backup of a version that still copied them."""
    there = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for table in LEFT_OUT:
            if table in there:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608


def holds_data() -> bool:
    """Whether anything was ever written down in the database of the site."""
    if "ledger_entry" not in connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM ledger_entry LIMIT 1")
        return cursor.fetchone() is not None


def pending_migrations() -> int:
    """How many changes of its tables this version would make."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def told_by(ask: Ask, tables: str) -> Told:
    """Migrations, rows of each table, length and end of the ledger; in no model of ours.

    The database may be of an older version than the program.
    """
    rows = ask(tables)
    names = {name for name, _ in rows}
    if not {"django_migrations", "ledger_link"} <= names:
        raise Refused("not_set_up", "There is nothing to back up: run `wardroom setup` first.")
    virtual = {name for name, sql in rows if str(sql).upper().startswith("CREATE VIRTUAL")}
    counted = sorted(n for n in names - virtual if not _is_shadow(n, virtual))
    [(lines,)] = ask("SELECT count(*) FROM ledger_link")
    newest = ask("SELECT digest FROM ledger_link ORDER BY position DESC LIMIT 1")
    return Told(
        migrations=tuple(
            f"{app}.{name}"
            for app, name in ask("SELECT app, name FROM django_migrations ORDER BY id")
        ),
        tables={n: int(ask(f'SELECT count(*) FROM "{n}"')[0][0]) for n in counted},  # noqa: S608
        lines=int(lines),
        head=str(newest[0][0]) if newest else "",
    )


def _is_shadow(name: str, virtual: set[str]) -> bool:
    """Whether SQLite keeps this table for a search index."""
    return any(name.startswith(f"{one}_") for one in virtual)
