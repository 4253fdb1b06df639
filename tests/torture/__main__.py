"""The long tier, on SQLite and then on PostgreSQL: python -m tests.torture [NAME...]

A test of it is marked ``torture("R1 what it is", asked)`` and says in its ``tally`` how often
the thing was done and held; ``on=("sqlite",)`` keeps it to one database. The words of the call
are the first words of such names, or none for all. At the end stands a table of what was asked
and done. Exit code 1 says that something did not hold, or was not done as often as asked.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

NOTHING_COLLECTED = 5
TABLE = "WARDROOM_TORTURE_TABLE"
DATABASES: dict[str, tuple[str, ...]] = {
    "SQLite": (),
    "PostgreSQL": (sys.executable, "-m", "tests.postgres"),
}
HEAD = ("name", "database", "asked", "done", "seconds", "result")
WIDTHS = (44, 11, 8, 8, 8, 8)


def main(names: list[str]) -> int:
    """Run what is named, or all of it; print the table."""
    broken = []
    with TemporaryDirectory(prefix="wardroom-torture-") as folder:
        table = Path(folder) / "table"
        table.touch()
        for database, before in DATABASES.items():
            code = _run(before, names, Path(folder), table)
            if code not in (0, NOTHING_COLLECTED):
                broken.append(database)
        lines = [json.loads(line) for line in table.read_text(encoding="utf-8").splitlines()]
    _print(HEAD)
    for line in lines:
        result = "held" if line["held"] else "MISSED"
        _print((*(line[column] for column in HEAD[:-1]), result))
    for database in broken:
        print(f"The run on {database} failed; what it said stands above.")
    if not lines:
        print(f"Nothing is called {' or '.join(names) or 'anything'}.")
    return 1 if broken or not lines or not all(line["held"] for line in lines) else 0


def _run(before: tuple[str, ...], names: list[str], folder: Path, table: Path) -> int:
    words = ["-m", "pytest", "-q", "--torture", ",".join(names) or "all", "tests/torture"]
    environment = {
        **os.environ,
        TABLE: str(table),
        "WARDROOM_TORTURE": "1",
        "WARDROOM_HOME": str(folder / ("postgresql" if before else "sqlite")),
    }
    argv = [*before, sys.executable, *words]
    return subprocess.run(argv, env=environment, check=False).returncode


def _print(cells: tuple[Any, ...]) -> None:
    line = "".join(f"{cell!s:<{width}}" for cell, width in zip(cells, WIDTHS, strict=True))
    print(line.rstrip())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
