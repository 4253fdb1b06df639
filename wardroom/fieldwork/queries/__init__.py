"""What was seen in the field, and what is to be looked at."""

from __future__ import annotations

from wardroom.fieldwork.queries.looks import CheckRow, ChecksView, checks_allowed, checks_of
from wardroom.fieldwork.queries.passes import open_pass
from wardroom.fieldwork.queries.phones import PhoneSheet, PhoneStop, phone_sheet
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
from wardroom.fieldwork.queries.walk_files import (
    LineRow,
    WalkFile,
    WalkList,
    WalkListRow,
    WalkStopRow,
    walk_file,
    walk_list,
)
from wardroom.fieldwork.queries.walk_ledgers import LedgerFinding, WalkLedger, walk_ledger
from wardroom.fieldwork.queries.walk_parts import (
    get_walk,
    get_walk_line,
    get_walk_of_pass,
    get_walk_photo,
    get_walk_stop,
)

__all__ = [
    "CheckRow",
    "ChecksView",
    "LedgerFinding",
    "LineRow",
    "PhoneSheet",
    "PhoneStop",
    "RoundFile",
    "RoundPage",
    "RoundRow",
    "SpotCheckRow",
    "StopFile",
    "StopRow",
    "StratumRow",
    "WalkFile",
    "WalkLedger",
    "WalkList",
    "WalkListRow",
    "WalkRow",
    "WalkStopRow",
    "WalkView",
    "checks_allowed",
    "checks_of",
    "get_round",
    "get_spot_check",
    "get_stop",
    "get_walk",
    "get_walk_line",
    "get_walk_of_pass",
    "get_walk_photo",
    "get_walk_stop",
    "may_draw",
    "open_pass",
    "phone_sheet",
    "round_file",
    "round_page",
    "stop_file",
    "unfixed_stops",
    "walk_file",
    "walk_ledger",
    "walk_list",
    "walk_view",
]
