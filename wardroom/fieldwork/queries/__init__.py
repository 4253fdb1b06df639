"""What was seen in the field, and what is to be looked at."""

from __future__ import annotations

from wardroom.fieldwork.queries.looks import CheckRow, ChecksView, checks_allowed, checks_of
from wardroom.fieldwork.queries.rounds import (
    RoundFile,
    RoundPage,
    RoundRow,
    StratumRow,
    WalkRow,
    get_round,
    may_draw,
    round_file,
    round_page,
)
from wardroom.fieldwork.queries.stops import (
    SpotCheckRow,
    StopFile,
    StopRow,
    WalkView,
    get_spot_check,
    get_stop,
    stop_file,
    unfixed_stops,
    walk_view,
)

__all__ = [
    "CheckRow",
    "ChecksView",
    "RoundFile",
    "RoundPage",
    "RoundRow",
    "SpotCheckRow",
    "StopFile",
    "StopRow",
    "StratumRow",
    "WalkRow",
    "WalkView",
    "checks_allowed",
    "checks_of",
    "get_round",
    "get_spot_check",
    "get_stop",
    "may_draw",
    "round_file",
    "round_page",
    "stop_file",
    "unfixed_stops",
    "walk_view",
]
