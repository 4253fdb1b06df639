"""What can we do about the places that keep going wrong?"""

from __future__ import annotations

from wardroom.problems.actions.deciding import decide_candidate
from wardroom.problems.actions.detecting import Ranked, keep_ranking

__all__ = ["Ranked", "decide_candidate", "keep_ranking"]
