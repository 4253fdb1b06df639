"""What can we do about the places that keep going wrong?"""

from __future__ import annotations

from wardroom.problems.actions.analyzing import set_location_rule, write_analysis
from wardroom.problems.actions.deciding import decide_candidate, decide_nomination
from wardroom.problems.actions.detecting import FoundPlace, Ranked, Reasons, keep_ranking
from wardroom.problems.actions.evaluating import (
    Told,
    draw_order,
    keep_verdict,
    register_evaluation,
    withdraw_evaluation,
)
from wardroom.problems.actions.nominating import nominate_place
from wardroom.problems.actions.previewing import Counted, keep_preview, look_ahead
from wardroom.problems.actions.publishing import (
    approve_public_text,
    withdraw_public_text,
    write_public_text,
)
from wardroom.problems.actions.rates import Evened, FoundRate
from wardroom.problems.actions.refreshing import refresh_ranking
from wardroom.problems.actions.reopening import (
    exit_location,
    relapse_location,
    reopen_location,
)
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
    "approve_public_text",
    "decide_candidate",
    "decide_nomination",
    "draw_order",
    "exit_location",
    "keep_false_alarms",
    "keep_preview",
    "keep_ranking",
    "keep_verdict",
    "look_ahead",
    "nominate_place",
    "refresh_ranking",
    "register_evaluation",
    "relapse_location",
    "reopen_location",
    "set_location_rule",
    "set_weights",
    "withdraw_evaluation",
    "withdraw_public_text",
    "write_analysis",
    "write_public_text",
]
