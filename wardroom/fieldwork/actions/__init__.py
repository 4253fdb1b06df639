"""What can be done in the field."""

from __future__ import annotations

from wardroom.fieldwork.actions.drawing import (
    RoundDraft,
    StopDraft,
    StratumDraft,
    draw_round,
)
from wardroom.fieldwork.actions.looking import record_check
from wardroom.fieldwork.actions.spot_checks import (
    correct_spot_check,
    end_round,
    record_spot_check,
)

__all__ = [
    "RoundDraft",
    "StopDraft",
    "StratumDraft",
    "correct_spot_check",
    "draw_round",
    "end_round",
    "record_check",
    "record_spot_check",
]
