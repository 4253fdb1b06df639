"""Rows that were set aside: on disk until their lines are known, then in the rejects file."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from wardroom.kernel.cells import SafeWriter


class Reject(NamedTuple):
    """A row that was not kept: where it stands, which column, what stood there, and why."""

    line: int
    column: str
    value: str
    reason: str


class Spill:
    """Any number of rejects in a temporary file, in the order they came."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115

    def __enter__(self) -> Spill:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, reject: Reject) -> None:
        """Set one more aside."""
        self._file.write(json.dumps(reject) + "\n")

    def __iter__(self) -> Iterator[Reject]:
        self._file.seek(0)
        for line in self._file:
            yield Reject(*json.loads(line))


def write_rejects(rejects: Iterable[Reject], path: Path) -> Path | None:
    """Write the rejects file, in the home of the house where that folder is closed to us."""
    rest = iter(rejects)
    first = next(rest, None)
    if first is None:
        return None
    if not os.access(path.parent, os.W_OK):
        path = Path(settings.HOME) / path.name
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = SafeWriter(file)
        writer.writerow(["line", "column", "value", "reason"])
        writer.writerow(first)
        writer.writerows(rest)
    return path
