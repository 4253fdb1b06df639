"""What can we do about the places that keep going wrong?"""

from __future__ import annotations

from wardroom.problems.actions.deciding import decide_candidate
from wardroom.problems.actions.detecting import FoundPlace, Ranked, keep_ranking

__all__ = ["FoundPlace", "Ranked", "decide_candidate", "keep_ranking"]
