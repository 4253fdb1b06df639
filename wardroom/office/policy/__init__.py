"""Who may plan, staff and pay for the office."""

from __future__ import annotations

from wardroom.office.policy.money import (
    may_keep_money,
    may_read_money,
    may_watch_money,
    money_reach,
)
from wardroom.office.policy.residency import (
    may_decide_residency,
    may_dispose_staffing,
    may_end_residency,
    may_record_proof,
    may_remind_of_residency,
    may_start_residency,
    reach_of_own_records,
)
from wardroom.office.policy.rota import (
    may_enter_wish,
    may_keep_gaps,
    may_keep_proposal,
    may_note_languages,
    may_plan_rota,
    may_see_rota,
    may_take_gap,
    may_withdraw_wish,
    rota_reach,
    wish_reach,
)
from wardroom.office.policy.staffing import (
    may_log_time,
    may_plan_staff,
    may_see_requirement,
)
from wardroom.office.policy.structure import (
    may_build_office,
    may_see_structure,
)
from wardroom.office.policy.swaps import (
    may_answer_swap,
    may_ask_swap,
    may_chase_swap,
    may_settle_swap,
    may_withdraw_swap,
)
from wardroom.office.policy.terms import (
    may_keep_terms,
    may_remind_of_terms,
    reach_of_terms,
    reads_whole,
    sees_staffing,
)
from wardroom.office.policy.training import (
    may_keep_training,
    may_note_training,
    may_remind_of_training,
    notes_own_training,
)
from wardroom.office.policy.week import may_see_week, may_send_to_event

__all__ = [
    "may_answer_swap",
    "may_ask_swap",
    "may_build_office",
    "may_chase_swap",
    "may_decide_residency",
    "may_dispose_staffing",
    "may_end_residency",
    "may_enter_wish",
    "may_keep_gaps",
    "may_keep_money",
    "may_keep_proposal",
    "may_keep_terms",
    "may_keep_training",
    "may_log_time",
    "may_note_languages",
    "may_note_training",
    "may_plan_rota",
    "may_plan_staff",
    "may_read_money",
    "may_record_proof",
    "may_remind_of_residency",
    "may_remind_of_terms",
    "may_remind_of_training",
    "may_see_requirement",
    "may_see_rota",
    "may_see_structure",
    "may_see_week",
    "may_send_to_event",
    "may_settle_swap",
    "may_start_residency",
    "may_take_gap",
    "may_watch_money",
    "may_withdraw_swap",
    "may_withdraw_wish",
    "money_reach",
    "notes_own_training",
    "reach_of_own_records",
    "reach_of_terms",
    "reads_whole",
    "rota_reach",
    "sees_staffing",
    "wish_reach",
]
