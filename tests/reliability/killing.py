"""Work in a process of its own that is killed by -9 while it goes on, and what it said before."""

from __future__ import annotations

import os
import signal
import time
import traceback
from collections.abc import Callable

from django.db import connections

Say = Callable[[str], None]
BEGUN, FAILED = "begun", "failed"


class WorkFailed(AssertionError):
    """The work broke by itself before anybody killed it."""


def killed(work: Callable[[Say], None], *, words: int, after: float) -> list[str]:
    """Fork, let the child work, kill it some seconds after so many words; all that it said.

    What it said is what it was done with: nothing else may be counted on. The words make
    each turn go as far on a busy machine as on an idle one.
    """
    connections.close_all()
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        _work(work, write)
    os.close(write)
    with os.fdopen(read, encoding="utf-8") as said:
        before = [said.readline().strip() for _ in range(words + 1)]
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        lines = [*before, *said.read().splitlines()]
    if lines[0] != BEGUN or FAILED in lines:
        raise WorkFailed("\n".join(lines))
    return lines[1:]


def _work(work: Callable[[Say], None], write: int) -> None:
    """The child: says that it has begun, works, and never comes back into the test run."""
    try:
        say = _teller(write)
        connections["default"].ensure_connection()
        say(BEGUN)
        try:
            work(say)
        except BaseException:
            say(f"{FAILED}\n{traceback.format_exc()}")
        signal.pause()
    finally:
        os._exit(1)


def _teller(write: int) -> Say:
    def say(word: str) -> None:
        os.write(write, f"{word}\n".encode())

    return say
