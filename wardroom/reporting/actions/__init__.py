"""Writing and signing reports, and keeping what was measured."""

from __future__ import annotations

from wardroom.reporting.actions.editions import (
    correct_report,
    draft_weekly_report,
    edit_report,
    file_report,
    finish_report,
    sign_report,
)
from wardroom.reporting.actions.measuring import CellDraft, Measured, keep_measurement
from wardroom.reporting.actions.packets import (
    file_packet,
    offer_packet,
    send_packet,
    withdraw_packet_offer,
)
from wardroom.reporting.actions.rebuilding import rebuild_report
from wardroom.reporting.actions.rolling_up import (
    answer_need,
    draft_monthly_report,
    draft_roll_up,
)
from wardroom.reporting.actions.sheets import keep_policy_memo, keep_sheet
from wardroom.reporting.actions.targets import set_measure_target
from wardroom.reporting.actions.word_templates import (
    put_back_word_template,
    take_word_template,
)
from wardroom.reporting.rules.items import ItemWords

__all__ = [
    "CellDraft",
    "ItemWords",
    "Measured",
    "answer_need",
    "correct_report",
    "draft_monthly_report",
    "draft_roll_up",
    "draft_weekly_report",
    "edit_report",
    "file_packet",
    "file_report",
    "finish_report",
    "keep_measurement",
    "keep_policy_memo",
    "keep_sheet",
    "offer_packet",
    "put_back_word_template",
    "rebuild_report",
    "send_packet",
    "set_measure_target",
    "sign_report",
    "take_word_template",
    "withdraw_packet_offer",
]
