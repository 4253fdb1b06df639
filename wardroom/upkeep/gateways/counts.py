"""How many answers were given and how fast: counted by each process, read together.

Every web process counts in a small file of its own, which it maps into memory: counting takes
no lock of the database and asks no other process. Whoever reads the counts adds the files of
this machine up, those of processes that ended too, so that no number ever goes down.
"""

from __future__ import annotations

import mmap
import os
import platform
import secrets
import threading
from bisect import bisect_left
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

CLASSES = ("file", "program", "visitor", "member")
STATUSES = (
    *(200, 201, 202, 204, 206, 301, 302, 303, 304, 307, 308),
    *(400, 401, 403, 404, 405, 406, 409, 410, 413, 415, 422, 428, 429),
    *(500, 502, 503, 504),
)
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
OTHER = len(STATUSES)
# The cells of one class: a count for each status and the others, then for each bound and what
# took longer, then the seconds altogether.
FIRST_BOUND = OTHER + 1
SECONDS = FIRST_BOUND + len(BOUNDS) + 1
CELLS = SECONDS + 1
SIZE = CELLS * len(CLASSES) * 8
PLACE = {status: at for at, status in enumerate(STATUSES)}


@dataclass(frozen=True)
class Served:
    """What was answered to one class of readers since the counting began."""

    name: str
    by_status: tuple[tuple[str, int], ...]
    within: tuple[int, ...]
    seconds: float

    @property
    def answers(self) -> int:
        """How many answers there were, whatever their status."""
        return sum(self.within)


class _Sheet:
    """The counts of this process.

    The room is taken before it is mapped: where a full disk has none, writing to the map later
    would end the process without a word.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w+b") as file:
            file.write(bytes(SIZE))
            file.flush()
            os.fsync(file.fileno())
            self.cells: Any = memoryview(mmap.mmap(file.fileno(), SIZE)).cast("d")


_lock = threading.Lock()
_sheets: dict[int, _Sheet | None] = {}


def count_answer(name: str, status: int, seconds: float) -> None:
    """Count one answer; a home that cannot be written to is no reason to fail it."""
    with _lock:
        sheet = _sheet()
        if sheet is None:
            return
        first = CLASSES.index(name) * CELLS
        sheet.cells[first + PLACE.get(status, OTHER)] += 1
        sheet.cells[first + FIRST_BOUND + bisect_left(BOUNDS, seconds)] += 1
        sheet.cells[first + SECONDS] += seconds


def served() -> tuple[Served, ...]:
    """What all web processes of this machine have answered."""
    total = [0.0] * (CELLS * len(CLASSES))
    for path in sorted(_folder().glob("*.counts")):
        with suppress(OSError):
            content = path.read_bytes()
            if len(content) == SIZE:
                cells = memoryview(content).cast("d")
                total = [a + b for a, b in zip(total, cells, strict=True)]
    return tuple(
        _served(name, total[at * CELLS : (at + 1) * CELLS]) for at, name in enumerate(CLASSES)
    )


def begin_counting() -> None:
    """Throw away the counts of processes that ended, as the site starts."""
    for path in _folder().glob("*.counts"):
        if not Path("/proc", path.stem.partition("-")[0]).exists():
            path.unlink(missing_ok=True)


def _sheet() -> _Sheet | None:
    pid = os.getpid()
    if pid not in _sheets:  # the first answer, or the first since this process was forked
        _sheets.clear()
        _sheets[pid] = None
        with suppress(OSError):
            _sheets[pid] = _Sheet(_folder() / f"{pid}-{secrets.token_hex(4)}.counts")
    return _sheets[pid]


def _folder() -> Path:
    return Path(settings.HOME) / "counts" / (platform.node() or "here")


def _served(name: str, cells: list[float]) -> Served:
    counts = [int(cell) for cell in cells[:SECONDS]]
    words = (*map(str, STATUSES), "other")
    return Served(
        name,
        tuple((word, n) for word, n in zip(words, counts, strict=False) if n),
        tuple(counts[FIRST_BOUND:]),
        cells[SECONDS],
    )
