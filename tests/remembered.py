"""What the makers make, remembered: the first time through actions, afterwards row by row.

Many tests stand on the same ground. What a maker wrote to the database is kept, and whoever
asks for it again from the same state gets the same rows without the actions being run. The
state is told from what was made in this test so far; once a test has written anything else,
everything is made through actions again.
"""

from __future__ import annotations

import copy
import functools
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from functools import partial
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import pytest
from django.db import connection
from django.db.backends.signals import connection_created
from django.db.models import Model

from tests.ledger_guard import STAY, filled_tables

P = ParamSpec("P")
R = TypeVar("R")
Rows = Mapping[Any, tuple[Any, ...]]
Dump = Mapping[str, Rows]
State = tuple[str, ...]
WRITE = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|COPY|TRUNCATE)\b", re.IGNORECASE)
FOLLOWS_BY_ITSELF = ("search_words", "sqlite_", "django_migrations", *STAY)


@dataclass(frozen=True)
class Table:
    """A table, its columns in order, and where its key stands among them."""

    name: str
    columns: tuple[str, ...]
    key: int


@dataclass(frozen=True)
class Made:
    """What one maker made from one state: its answer, its files, and every row it changed."""

    answer: Any
    files: Path | None
    added: tuple[tuple[Table, tuple[tuple[Any, ...], ...]], ...]
    changed: tuple[tuple[Table, tuple[tuple[Any, ...], ...]], ...]
    gone: tuple[tuple[Table, tuple[Any, ...]], ...]


@dataclass
class Shelf:
    """All that was made in this run, and where the test that runs now stands."""

    made: dict[State, Made] = field(default_factory=dict)
    dumps: dict[State, Dump] = field(default_factory=dict)
    state: State | None = None
    writes: int = 0
    busy: bool = False
    files: tempfile.TemporaryDirectory[str] = field(
        default_factory=partial(tempfile.TemporaryDirectory, prefix="wardroom-remembered-")
    )


SHELF = Shelf()


def begin(state: State | None = ()) -> None:
    """A test begins on an empty database; with None it remembers nothing."""
    SHELF.state, SHELF.writes, SHELF.busy = state, 0, False


def begin_test(item: pytest.Item) -> None:
    """Only a test whose writes are taken back, on a database that was empty, remembers."""
    marker = item.get_closest_marker("django_db")
    names = set(getattr(item, "fixturenames", ()))
    commits = (marker and marker.kwargs.get("transaction")) or names & {
        "transactional_db",
        "live_server",
        "standing",
    }
    begin(None if commits else ())


def remembered(maker: Callable[P, R]) -> Callable[P, R]:
    """The same maker, run once for each state and each set of words that it is called with.

    What else it is called with was made in this test, so the state tells it already.
    """

    @functools.wraps(maker)
    def make(*words: P.args, **more: P.kwargs) -> R:
        said = ", ".join([*map(_said, words), *(f"{k}={_said(v)}" for k, v in more.items())])
        return _made(f"{maker.__qualname__}({said})", lambda: maker(*words, **more), copy.deepcopy)

    return make


def remembered_with_files(
    maker: Callable[..., R], lent: Callable[..., R] | None = None
) -> Callable[..., R]:
    """The same for a maker that also fills a folder, which is copied for whoever asks again.

    ``lent`` copies an answer that nobody changes, and its files, for another folder.
    """

    @functools.wraps(maker)
    def make(folder: Path, *words: Any, **more: Any) -> R:
        run: Callable[[], R] = partial(maker, folder, *words, **more)
        if lent:
            lend: Callable[[R], R] = partial(lent, folder=folder)
            return _made(maker.__qualname__, run, lend, keep=_as_it_is)
        return _made(maker.__qualname__, run, copy.deepcopy, folder)

    return make


def _as_it_is(answer: R) -> R:
    return answer


def _said(word: Any) -> str:
    if isinstance(word, Model):
        return f"{word._meta.label} {word.pk}"
    if isinstance(word, Mapping):
        return repr({key: _said(each) for key, each in word.items()})
    plain = word is None or isinstance(word, (str, int, float, date))
    return repr(word) if plain else getattr(word, "email", type(word).__name__)


def _made(
    named: str,
    make: Callable[[], R],
    copied: Callable[[R], R],
    folder: Path | None = None,
    keep: Callable[[R], R] = copy.deepcopy,
) -> R:
    if SHELF.busy or SHELF.state is None or SHELF.writes or not connection.in_atomic_block:
        return make()
    state = (*SHELF.state, named)
    SHELF.busy = True
    try:
        if state not in SHELF.made:
            before = _dump_of(SHELF.state)
            answer = make()
            after = SHELF.dumps[state] = _dumped()
            SHELF.made[state] = _difference(keep(answer), _kept(folder), before, after)
        else:
            made = SHELF.made[state]
            _put_back(made)
            if made.files and folder:
                shutil.copytree(made.files, folder, dirs_exist_ok=True)
            answer = copied(made.answer)
    finally:
        SHELF.busy = False
    SHELF.state, SHELF.writes = state, 0
    return answer


def _kept(folder: Path | None) -> Path | None:
    if folder is None:
        return None
    kept = Path(SHELF.files.name) / str(len(SHELF.made))
    return Path(shutil.copytree(folder, kept))


def _count_writes(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    if WRITE.match(sql):
        SHELF.writes += 1
    return execute(sql, params, many, context)


def count_writes(connection: Any, **_: Any) -> None:
    """Every connection tells when something is written."""
    if _count_writes not in connection.execute_wrappers:
        connection.execute_wrappers.append(_count_writes)


connection_created.connect(count_writes, dispatch_uid="tests-count-writes")


def _dump_of(state: State) -> Dump:
    if state not in SHELF.dumps:
        SHELF.dumps[state] = _dumped()
    return SHELF.dumps[state]


@functools.cache
def _tables() -> tuple[Table, ...]:
    tables = []
    with connection.cursor() as cursor:
        look = connection.introspection
        for name in sorted(look.table_names(cursor)):
            if name.startswith(FOLLOWS_BY_ITSELF):
                continue
            cursor.execute(f'SELECT * FROM "{name}" LIMIT 0')
            columns = tuple(column[0] for column in cursor.description)
            key = look.get_primary_key_column(cursor, name)
            tables.append(Table(name, columns, columns.index(key)))
    return tuple(tables)


def _named(table: Table) -> str:
    return ", ".join(f'"{column}"' for column in table.columns)


def _run(sql: str, rows: Sequence[tuple[Any, ...]] | None = None) -> Any:
    """Past the house's guard and past Django: rows as the database itself has them."""
    connection.ensure_connection()
    cursor = connection.connection.cursor()
    if connection.vendor == "sqlite":
        sql = sql.replace("%s", "?")
    if rows is None:
        cursor.execute(sql)
        return cursor.fetchall()
    cursor.executemany(sql, rows)
    return None


def _dumped() -> Dump:
    found = {}
    filled = set(filled_tables())
    for table in _tables():
        if table.name not in filled:
            continue
        rows = _run(f'SELECT {_named(table)} FROM "{table.name}"')
        found[table.name] = {row[table.key]: tuple(map(_as_kept, row)) for row in rows}
    return found


def _as_kept(value: Any) -> Any:
    """SQLite keeps an hour of the day as words, and takes it back as nothing else."""
    return str(value) if isinstance(value, time) and connection.vendor == "sqlite" else value


def _difference(answer: Any, files: Path | None, before: Dump, after: Dump) -> Made:
    added, changed, gone = [], [], []
    for table in _tables():
        was, now = before.get(table.name, {}), after.get(table.name, {})
        if was == now:
            continue
        new = tuple(row for key, row in now.items() if key not in was)
        other = tuple(row for key, row in now.items() if key in was and was[key] != row)
        lost = tuple(key for key in was if key not in now)
        added.extend([(table, new)] if new else [])
        changed.extend([(table, other)] if other else [])
        gone.extend([(table, lost)] if lost else [])
    return Made(answer, files, tuple(added), tuple(changed), tuple(gone))


def _put_back(made: Made) -> None:
    for table, keys in made.gone:
        name, key = table.name, table.columns[table.key]
        _run(f'DELETE FROM "{name}" WHERE "{key}" = %s', [(k,) for k in keys])
    for table, rows in made.added:
        marks = ", ".join(["%s"] * len(table.columns))
        _run(f'INSERT INTO "{table.name}" ({_named(table)}) VALUES ({marks})', rows)
    for table, rows in made.changed:
        sets = ", ".join(f'"{column}" = %s' for column in table.columns)
        key = table.columns[table.key]
        _run(
            f'UPDATE "{table.name}" SET {sets} WHERE "{key}" = %s',
            [(*row, row[table.key]) for row in rows],
        )
