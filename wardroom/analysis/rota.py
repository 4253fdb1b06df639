"""Who takes which turn: a rota proposed, or the smallest reason why none can be.

Source: field notes, section 6.9: evenly weighted nights, no two weekends running, 10 hours of
rest, the backup always named, holidays rotated. Solved exactly by CP-SAT (ortools), which is
loaded by the first proposal and never before.
"""

from __future__ import annotations

import time

from wardroom.analysis.rota_nouns import (
    BACKUP,
    HOUR,
    ON_CALL,
    Conflict,
    Load,
    Part,
    PartKind,
    Person,
    Problem,
    Proposal,
    Rules,
    Spread,
    Turn,
    Wish,
)

__all__ = [
    "BACKUP",
    "HOUR",
    "ON_CALL",
    "Conflict",
    "Load",
    "Part",
    "PartKind",
    "Person",
    "Problem",
    "Proposal",
    "Rules",
    "Spread",
    "Turn",
    "Wish",
    "propose",
]

LEAST_SECONDS = 1.0


def propose(problem: Problem, *, seconds: float, seed: int) -> Proposal | Conflict:
    """The fairest rota that keeps every rule and hard wish, or why there is none.

    Fair is: as little as can be between the most and the least of weighted nights, of weekends
    and of holidays that anybody carries, those worked before counted in; then soft wishes by
    weight. Gaps, where the problem allows them, come before both and are as few as can be. The
    same problem and seed give the same answer: there is one worker, and its own count of work
    ends the search, unless the machine is so slow that ``seconds`` are over first. The search
    for a rota and the one for why there is none share these seconds.
    Raises TimeoutError where no rota was found in this time and none was ruled out.
    """
    from wardroom.analysis.rota_conflict import smallest_conflict
    from wardroom.analysis.rota_solving import best_rota

    begun = time.monotonic()
    found = best_rota(problem, seconds=seconds, seed=seed)
    if found is not None:
        return found
    left = seconds - (time.monotonic() - begun)
    return smallest_conflict(problem, seconds=max(LEAST_SECONDS, left), seed=seed)
