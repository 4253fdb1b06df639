"""Several people at work at the same moment, each in a thread with its own connection."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from django.db import connection, connections

T = TypeVar("T")


def as_many(number: int) -> int:
    """How often a race is run: in full on SQLite, a fifth of it on PostgreSQL.

    The numbers of trust.md are asked for once; `make torture` asks for them on both.
    """
    return number if connection.vendor == "sqlite" else number // 5


def all_at_once(hands: Sequence[Callable[[], T]]) -> list[T]:
    """Start every hand at once; what each came back with, once all are done.

    What one of them raises is raised here: a hand that falls over is never passed over.
    """
    start = threading.Barrier(len(hands))
    came: list[list[T]] = [[] for _ in hands]
    fell: list[BaseException] = []

    def run(index: int, hand: Callable[[], T]) -> None:
        try:
            start.wait(30)
            came[index].append(hand())
        except BaseException as error:
            fell.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(hands)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if fell:
        raise fell[0]
    return [each[0] for each in came]


@contextmanager
def at_work_beside(work: Callable[[], object]) -> Iterator[None]:
    """The same work in a process of its own, beside what the block does; it ends well."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        finally:
            os._exit(1)
    yield
    _, status = os.waitpid(child, 0)
    assert status == 0, "the work beside broke off"
