"""What can we do about the places that keep going wrong?"""

from __future__ import annotations

from wardroom.problems.actions.deciding import decide_candidate
from wardroom.problems.actions.detecting import FoundPlace, Ranked, Reasons, keep_ranking
from wardroom.problems.actions.evaluating import (
    Told,
    draw_order,
    keep_verdict,
    register_evaluation,
    withdraw_evaluation,
)
from wardroom.problems.actions.previewing import Counted, keep_preview, look_ahead
from wardroom.problems.actions.rates import Evened, FoundRate
from wardroom.problems.actions.refreshing import refresh_ranking
from wardroom.problems.actions.trying import Tried, keep_false_alarms
from wardroom.problems.actions.weighting import set_weights

__all__ = [
    "Counted",
    "Evened",
    "FoundPlace",
    "FoundRate",
    "Ranked",
    "Reasons",
    "Told",
    "Tried",
    "decide_candidate",
    "draw_order",
    "keep_false_alarms",
    "keep_preview",
    "keep_ranking",
    "keep_verdict",
    "look_ahead",
    "refresh_ranking",
    "register_evaluation",
    "set_weights",
    "withdraw_evaluation",
]
