"""What follows from imports, from looks at a place, and from rankings."""

from __future__ import annotations

from wardroom.problems.reactions.ranking import (
    count_preview,
    detect_after_import,
    detect_after_placing,
)
from wardroom.problems.reactions.relapses import (
    relapse_after_check,
    relapse_after_ranking,
    tell_of_relapse,
)

__all__ = [
    "count_preview",
    "detect_after_import",
    "detect_after_placing",
    "relapse_after_check",
    "relapse_after_ranking",
    "tell_of_relapse",
]
