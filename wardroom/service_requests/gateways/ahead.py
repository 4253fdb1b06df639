"""Reading the next batch while the last one is being kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import TypeVar

T = TypeVar("T")
MOMENT = 0.2


def read_ahead(source: Iterator[T], *, depth: int = 1) -> Iterator[T]:
    """The same things in the same order, taken from the source by a thread of its own.

    At most ``depth`` things wait. What the source raises is raised here. Leaving early stops
    the thread after the thing it is at.
    """
    waiting: Queue[tuple[bool, T | BaseException | None]] = Queue(maxsize=depth)
    left = Event()

    def put(thing: tuple[bool, T | BaseException | None]) -> None:
        while not left.is_set():
            with suppress(Full):
                waiting.put(thing, timeout=MOMENT)
                return

    def take() -> None:
        try:
            for thing in source:
                put((True, thing))
                if left.is_set():
                    return
            put((False, None))
        except BaseException as error:
            put((False, error))

    thread = Thread(target=take, name="read-ahead", daemon=True)
    thread.start()
    try:
        while True:
            more, thing = waiting.get()
            if more:
                yield thing  # type: ignore[misc]
            elif thing is None:
                return
            else:
                raise thing  # type: ignore[misc]
    finally:
        left.set()
        with suppress(Empty):
            waiting.get_nowait()
        thread.join()
