"""What can be done in the field."""

from __future__ import annotations

from wardroom.fieldwork.actions.applying import apply_line
from wardroom.fieldwork.actions.delivering import note_clash, take_line, take_photo
from wardroom.fieldwork.actions.disputes import dispute_finding, settle_dispute
from wardroom.fieldwork.actions.drawing import (
    RoundDraft,
    StopDraft,
    StratumDraft,
    draw_round,
)
from wardroom.fieldwork.actions.looking import record_check
from wardroom.fieldwork.actions.moving import move_walk
from wardroom.fieldwork.actions.spot_checks import (
    correct_spot_check,
    end_round,
    record_spot_check,
)
from wardroom.fieldwork.actions.telling import tell_findings
from wardroom.fieldwork.actions.walks import (
    WalkDraft,
    WalkStopDraft,
    draw_walk,
    end_walk,
    note_trouble_opened,
    settle_stop,
    take_walk,
    withhold_photo,
)

__all__ = [
    "RoundDraft",
    "StopDraft",
    "StratumDraft",
    "WalkDraft",
    "WalkStopDraft",
    "apply_line",
    "correct_spot_check",
    "dispute_finding",
    "draw_round",
    "draw_walk",
    "end_round",
    "end_walk",
    "move_walk",
    "note_clash",
    "note_trouble_opened",
    "record_check",
    "record_spot_check",
    "settle_dispute",
    "settle_stop",
    "take_line",
    "take_photo",
    "take_walk",
    "tell_findings",
    "withhold_photo",
]
