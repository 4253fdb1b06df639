"""How often a reaction that fails is tried again."""

from __future__ import annotations

MOST_ATTEMPTS = 8
FIRST_WAIT_SECONDS = 30
LONGEST_WAIT_SECONDS = 6 * 60 * 60


def wait_after(attempts: int) -> int:
    """Seconds to wait after this many failed attempts: 30 s, 2 min, 8 min, ... at most 6 h."""
    if attempts < 1:
        raise ValueError("nothing has failed yet")
    grown: int = FIRST_WAIT_SECONDS * 4 ** (attempts - 1)
    return min(grown, LONGEST_WAIT_SECONDS)
