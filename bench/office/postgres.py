"""The same office on PostgreSQL: every row of the SQLite file, copied table by table."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.apps import apps
from django.db.models import BinaryField, Field, Model

AT_ONCE = 20_000
NOTHING = "\\N"


def make_database(address: str, name: str) -> str:
    """A new database on the server with this address; gives its own address."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return urlunsplit(urlsplit(address)._replace(path=f"/{name}"))


def copy_office(source: Path, address: str) -> None:
    """Put the rows of the file in place of all that a new house holds."""
    models = [m for m in apps.get_models(include_auto_created=True) if m._meta.managed]
    tables = {m._meta.db_table: m for m in models if not m._meta.proxy}
    names = ", ".join(f'"{table}"' for table in tables)
    with sqlite3.connect(source) as old, psycopg.connect(address) as new:
        new.execute("SET session_replication_role = replica")
        new.execute("SET TIME ZONE 'UTC'")
        new.execute("SET maintenance_work_mem = '512MB'")
        new.execute(f"TRUNCATE {names}")
        again = _lift_indexes(new)
        for table, model in tables.items():
            _copy(old, new, table, model)
        for sql in again:
            new.execute(sql)
        new.commit()
        new.autocommit = True
        new.execute("VACUUM ANALYZE")
        new.execute("CHECKPOINT")


def _copy(old: sqlite3.Connection, new: psycopg.Connection, table: str, model: type[Model]) -> None:
    fields = model._meta.concrete_fields
    columns = ", ".join(f'"{f.column}"' for f in fields)
    chosen = ", ".join(_chosen(f) for f in fields)
    may_be_null = ", ".join(f'"{f.column}"' for f in fields if f.null)
    force = f", FORCE_NULL ({may_be_null})" if may_be_null else ""
    sql = f"COPY \"{table}\" ({columns}) FROM STDIN (FORMAT csv, NULL '{NOTHING}'{force})"
    rows = old.execute(f'SELECT {chosen} FROM "{table}"')
    with new.cursor().copy(sql) as copy:
        for text in _texts(rows):
            copy.write(text)
    key = model._meta.pk
    if key is not None and key.get_internal_type().endswith("AutoField"):
        new.execute(
            f"SELECT setval(pg_get_serial_sequence('\"{table}\"', '{key.column}'), "
            f'GREATEST((SELECT MAX("{key.column}") FROM "{table}"), 1))'
        )


def _chosen(field: Field) -> str:  # type: ignore[type-arg]
    name = f'"{field.column}"'
    if isinstance(field, BinaryField):
        return f"'\\x' || hex({name})"
    return f"IFNULL({name}, '{NOTHING}')" if field.null else name


def _texts(rows: sqlite3.Cursor) -> Iterator[str]:
    while found := rows.fetchmany(AT_ONCE):
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(found)
        yield text.getvalue()


def _lift_indexes(new: psycopg.Connection) -> list[str]:
    """Drop what only makes loading slow; returns how to make it again."""
    rows = new.execute(
        "SELECT i.indexname, i.indexdef FROM pg_indexes i LEFT JOIN pg_constraint c "
        "ON c.conname = i.indexname WHERE i.schemaname = 'public' AND c.oid IS NULL"
    ).fetchall()
    for name, _ in rows:
        new.execute(f'DROP INDEX "{name}"')
    return [sql for _, sql in rows]
