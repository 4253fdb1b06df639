"""Who of this process writes next: one at a time, in the order in which they asked."""

from __future__ import annotations

import os
import time
from collections import deque
from dataclasses import dataclass, field
from threading import Event, Lock
from weakref import ref

# So often whoever waits looks whether the one at work is gone without a word, in seconds.
LOOK_EVERY = 0.5


@dataclass(eq=False)
class Place:
    """A place in the queue, and the sign that it is its turn."""

    whose: ref[object]
    came: Event = field(default_factory=Event)


class Turns:
    """The queue of one database."""

    def __init__(self) -> None:
        self._changing = Lock()
        self._waiting: deque[Place] = deque()
        self._at_work: ref[object] | None = None

    def take(self, who: object, seconds: float) -> bool:
        """Wait for a turn; whether it came in time. It lasts until it is given back.

        Whoever has one keeps it: nobody waits for themselves.
        """
        place, until = Place(ref(who)), time.monotonic() + seconds
        with self._changing:
            if self._has_turn(who):
                return True
            self._waiting.append(place)
            self._call_next()
        try:
            while not place.came.wait(min(LOOK_EVERY, max(0.0, until - time.monotonic()))):
                with self._changing:
                    self._call_next()
                    if not place.came.is_set() and time.monotonic() >= until:
                        self._waiting.remove(place)
                        return False
        except BaseException:
            self._leave(place, who)
            raise
        return True

    def give(self, who: object) -> None:
        """End a turn; nothing happens where it is somebody else's, or nobody's."""
        with self._changing:
            if self._has_turn(who):
                self._at_work = None
                self._call_next()

    def _has_turn(self, who: object) -> bool:
        return self._at_work is not None and self._at_work() is who

    def _leave(self, place: Place, who: object) -> None:
        with self._changing:
            if place in self._waiting:
                self._waiting.remove(place)
        self.give(who)

    def _call_next(self) -> None:
        """Call whoever waits longest, where nobody is at work any more."""
        if self._waiting and (self._at_work is None or self._at_work() is None):
            place = self._waiting.popleft()
            self._at_work = place.whose
            place.came.set()


_TURNS: dict[str, Turns] = {}
# Those at work and those who wait stay behind: a new process has one thread.
os.register_at_fork(after_in_child=_TURNS.clear)


def turns_at(database: str) -> Turns:
    """The queue of a database, by its name."""
    return _TURNS.setdefault(database, Turns())
