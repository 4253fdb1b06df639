"""Calls that only read: their turns are taken many at a time, and wait for nobody who writes.

A call that changes something takes the database's lock anyhow, and is counted by itself.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from datetime import datetime

from django.db import OperationalError

from wardroom.access.gate import in_a_hurry
from wardroom.directory.actions import Turn, take_turn
from wardroom.kernel.rates import Rate

log = logging.getLogger(__name__)
SHARE = 100


@dataclass
class Lot:
    """What one process took of a quota in one hour: turns to use, and those it still owes."""

    hour: int
    ahead: int = 0
    owed: int = 0
    left: int = 0


class Lots:
    """The turns that this process has in hand, by whose they are.

    However many processes there are, no more come through than the quota says. What one of them
    has in hand when it ends is lost: a hundredth of the quota at most.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lots: dict[str, Lot] = {}

    def take(self, name: str, rate: Rate, *, at: datetime) -> Turn:
        """Take one turn of a quota by the clock; of those in hand, or of a new lot."""
        lot = self._lot(name, int(at.timestamp() // rate.part))
        with self._lock:
            if lot.ahead:
                lot.ahead -= 1
                return Turn(lot.left + lot.ahead)
            wanted = max(1, rate.most // SHARE) + lot.owed
        try:
            with in_a_hurry():
                turn = take_turn({name: rate}, at=at, most=wanted)
        except OperationalError:
            if lot.owed >= rate.most:
                raise
            return self._let_through(lot)
        if turn.wait:
            return turn
        with self._lock:
            paid = min(lot.owed, turn.taken - 1)
            lot.owed -= paid
            lot.ahead += turn.taken - 1 - paid
            lot.left = turn.left
            return Turn(lot.left + lot.ahead)

    def _lot(self, name: str, hour: int) -> Lot:
        with self._lock:
            lot = self._lots.get(name)
            if lot is None or lot.hour != hour:
                self._lots = {n: each for n, each in self._lots.items() if each.hour == hour}
                lot = self._lots[name] = Lot(hour)
            return lot

    def _let_through(self, lot: Lot) -> Turn:
        """Count it later: the database is held by whoever writes, or its disk is full."""
        with self._lock:
            lot.owed += 1
            if lot.owed == 1:
                log.warning("A call is counted later: the database takes no writing now.")
            return Turn(max(0, lot.left - lot.owed))


LOTS = Lots()
