"""Brings the database of a release up to date in processes that are killed on the way.

    python -m tests.upgrades.upgrading ours|django KILLS

The database is that of DATABASE_URL, an SQLite file; KILLS of its copies are killed while they
are changed, spread over all that is sent to the database. What came of it is printed as JSON.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

NOTE = 'INSERT INTO "django_migrations"'
Schema = list[tuple[str, str]]


def main() -> int:
    """Bring it up to date once, then once more beside processes that are killed; say what came."""
    import django

    django.setup()
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from wardroom.access.gate import guard_pass
    from wardroom.config.management.commands.migrate import WholeExecutor

    kind: Any = WholeExecutor if sys.argv[1] == "ours" else MigrationExecutor
    file = Path(connection.settings_dict["NAME"])
    before, cut = file.with_suffix(".before"), file.with_suffix(".cut")
    shutil.copyfile(file, before)
    with guard_pass("migrations"):
        upgrade = Upgrade(kind(connection), file, cut)
        states, sent = upgrade.whole()
        anew(before, file)
        killed, wrong = upgrade.beside_killed(points(sent, int(sys.argv[2])), states)
        shutil.copyfile(cut, file)
        stuck = go_on(kind(connection))
        told = {
            "changes": len(sent),
            "sent": sum(sent),
            "killed": killed,
            "wrong": wrong,
            "stuck": stuck,
            "went_on": look(cut) != states[-1] and look(file) == states[-1],
            "lost": [n for n, rows in states[0][2].items() if rows > states[-1][2].get(n, 0)],
            "faults": [*faults(file), *([] if stuck else ledger_faults())],
        }
    sys.stdout.write(json.dumps(told))
    return 0


def go_on(executor: Any) -> str:
    """The run after one that was killed; why it cannot, where it cannot."""
    from django.db import DatabaseError

    try:
        executor.migrate(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        return str(error)
    finally:
        executor.connection.close()
    return ""


def points(sent: list[int], most: int) -> list[tuple[int, int]]:
    """Where to kill: at the note of every change, as number 0, and in the midst of the longest."""
    notes = [(change, 0) for change in range(len(sent))]
    long = sorted(range(len(sent)), key=lambda change: -sent[change])
    amid = [(change, max(1, sent[change] // 2)) for change in long]
    return sorted((notes + amid)[:most])


class Upgrade:
    """What is to be changed, worked out once for all the processes that do it."""

    def __init__(self, executor: Any, file: Path, cut: Path) -> None:
        self.executor, self.file, self.cut = executor, file, cut
        self.connection = executor.connection
        self.targets = executor.loader.graph.leaf_nodes()
        self.plan = executor.migration_plan(self.targets)
        self.state = executor._create_project_state(with_applied_migrations=True)
        assert self.state.apps is not None  # put together before the others are made
        self.left: int | None = None

    def whole(self) -> tuple[list[Any], list[int]]:
        """How the database is after each change of a run that nobody kills, and what each sends."""
        states, sent = [look(self.file)], [0]

        def heard(step: str, *_: object) -> None:
            if step == "apply_start":
                sent[-1] = 0
            if step == "apply_success":
                states.append(look(self.file))
                sent.append(0)

        def count(execute: Callable[..., Any], *given: Any) -> Any:
            sent[-1] += 1
            return execute(*given)

        self._run(heard, count)
        return states, sent[:-1]

    def beside_killed(self, where: list[tuple[int, int]], states: list[Any]) -> tuple[int, Any]:
        """The same run; before each change a copy of it goes on in a process that is killed."""
        begun, killed = [0], [0]
        wrong: list[Any] = []

        def heard(step: str, *_: object) -> None:
            if step == "apply_success" and self.left is not None:
                os._exit(0)  # a copy that was not killed
            if step != "apply_start":
                return
            change = begun[0]
            begun[0] += 1
            for _change, at in [one for one in where if one[0] == change and not wrong]:
                self.connection.close()
                anew(self.file, self.cut)
                child = os.fork()
                if child == 0:
                    self.connection.settings_dict["NAME"] = str(self.cut)
                    self.left = at
                    return
                status = os.waitpid(child, 0)[1]
                killed[0] += os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
                if look(self.cut) not in states[change : change + 2]:
                    wrong.append(f"{self.plan[change][0]} was killed at statement {at}")

        def kill(execute: Callable[..., Any], *given: Any) -> Any:
            if self.left is not None:
                self.left -= 1
                notes = self.left < 0 and str(given[0]).startswith(NOTE)
                if self.left == 0 or notes:
                    os.kill(os.getpid(), signal.SIGKILL)
            return execute(*given)

        self._run(heard, kill)
        return killed[0], wrong

    def _run(self, heard: Callable[..., None], wrapper: Callable[..., Any]) -> None:
        self.executor.progress_callback = heard
        with self.connection.execute_wrapper(wrapper):
            self.executor.migrate(self.targets, plan=self.plan, state=self.state.clone())
        self.connection.close()


def anew(before: Path, file: Path) -> None:
    """The database as the release left it."""
    for rest in ("-wal", "-shm", "-journal"):
        file.with_name(file.name + rest).unlink(missing_ok=True)
    shutil.copyfile(before, file)


def look(file: Path) -> tuple[Schema, int, dict[str, int]]:
    """Tables and indexes, how many changes are noted, and the rows of each table."""
    with closing(sqlite3.connect(file)) as here:
        schema = here.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name"
        ).fetchall()
        [(noted,)] = here.execute("SELECT count(*) FROM django_migrations").fetchall()
        tables = [n for n, sql in schema if sql.upper().startswith("CREATE TABLE")]
        rows = {
            name: here.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for name in tables
            if not name.startswith(("search_words_", "django_migrations", "sqlite_"))
        }
        return schema, noted, rows


def faults(file: Path) -> list[Any]:
    """What SQLite itself finds wrong."""
    with closing(sqlite3.connect(file)) as here:
        [(whole,)] = here.execute("PRAGMA integrity_check").fetchall()
        loose = here.execute("PRAGMA foreign_key_check").fetchall()
    return [*([] if whole == "ok" else [whole]), *map(list, loose)]


def ledger_faults() -> list[str]:
    """What the walk along the ledger of the release finds, after the upgrade."""
    from wardroom.ledger.queries import verified_chain

    found = verified_chain()
    return [found.broken.sentence] if found.broken else []


if __name__ == "__main__":
    sys.exit(main())
