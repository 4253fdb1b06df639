"""What can we do about the places that keep going wrong?"""

from __future__ import annotations

from wardroom.problems.actions.deciding import decide_candidate
from wardroom.problems.actions.detecting import FoundPlace, Ranked, keep_ranking
from wardroom.problems.actions.evaluating import (
    Told,
    draw_order,
    keep_verdict,
    register_evaluation,
    withdraw_evaluation,
)
from wardroom.problems.actions.rates import Evened, FoundRate
from wardroom.problems.actions.weighting import set_weights

__all__ = [
    "Evened",
    "FoundPlace",
    "FoundRate",
    "Ranked",
    "Told",
    "decide_candidate",
    "draw_order",
    "keep_ranking",
    "keep_verdict",
    "register_evaluation",
    "set_weights",
    "withdraw_evaluation",
]
