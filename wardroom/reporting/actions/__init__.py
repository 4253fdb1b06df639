"""Writing and signing reports, and keeping what was measured."""

from __future__ import annotations

from wardroom.reporting.actions.editions import (
    correct_report,
    draft_weekly_report,
    edit_report,
    file_report,
    sign_report,
)
from wardroom.reporting.actions.measuring import CellDraft, Measured, keep_measurement

__all__ = [
    "CellDraft",
    "Measured",
    "correct_report",
    "draft_weekly_report",
    "edit_report",
    "file_report",
    "keep_measurement",
    "sign_report",
]
