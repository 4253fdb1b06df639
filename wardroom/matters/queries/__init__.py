"""What can be asked about matters and asks, within the asker's reach."""

from __future__ import annotations

from wardroom.matters.queries.agencies import AgencyAsks, StateCount, agency_asks
from wardroom.matters.queries.answers import AnswerSheet, answer_sheet
from wardroom.matters.queries.areas import OpenPage, OpenRow, open_in
from wardroom.matters.queries.belongings import (
    LinkRow,
    TaskRow,
    asks_and_tasks_of,
    links_of,
    task_allowed,
)
from wardroom.matters.queries.clocks import due_rungs
from wardroom.matters.queries.drafting import (
    AskedBefore,
    asked_before,
)
from wardroom.matters.queries.files import (
    AskFile,
    AskPage,
    AskRow,
    MatterHeader,
    ask_allowed,
    ask_file,
    ask_list,
    ask_row,
    ask_states,
    asks_of,
    get_ask,
    get_matter,
    kinds_of,
    matter_allowed,
    matter_header,
)
from wardroom.matters.queries.handovers import (
    HandoverFile,
    HandoverHead,
    ItemGroup,
    ItemRow,
    get_handover,
    handover_file,
    things_in,
)
from wardroom.matters.queries.leaving import get_people_who_left_work
from wardroom.matters.queries.live import live_counts, still_at_work
from wardroom.matters.queries.naming import meant
from wardroom.matters.queries.past import (
    AsksThen,
    AskThen,
    DeadlineThen,
    MatterThen,
    asks_at,
    asks_then,
    chosen_asks,
    deadlines_at,
    matters_moved,
    open_ids_at,
    open_matters_at,
)
from wardroom.matters.queries.seeing import DoneAsk, Look, seen_by_others
from wardroom.matters.queries.silence import LadderStep, LadderView
from wardroom.matters.queries.staff import StaffFile, StaffList, WorkRow, staff_file, staff_list
from wardroom.matters.queries.worklist import (
    PAGE_ROWS,
    WaitingRow,
    Worklist,
    get_task,
    heard_of,
    reasons,
    worklist,
)

__all__ = [
    "PAGE_ROWS",
    "AgencyAsks",
    "AnswerSheet",
    "AskFile",
    "AskPage",
    "AskRow",
    "AskThen",
    "AskedBefore",
    "AsksThen",
    "DeadlineThen",
    "DoneAsk",
    "HandoverFile",
    "HandoverHead",
    "ItemGroup",
    "ItemRow",
    "LadderStep",
    "LadderView",
    "LinkRow",
    "Look",
    "MatterHeader",
    "MatterThen",
    "OpenPage",
    "OpenRow",
    "StaffFile",
    "StaffList",
    "StateCount",
    "TaskRow",
    "WaitingRow",
    "WorkRow",
    "Worklist",
    "agency_asks",
    "answer_sheet",
    "ask_allowed",
    "ask_file",
    "ask_list",
    "ask_row",
    "ask_states",
    "asked_before",
    "asks_and_tasks_of",
    "asks_at",
    "asks_of",
    "asks_then",
    "chosen_asks",
    "deadlines_at",
    "due_rungs",
    "get_ask",
    "get_handover",
    "get_matter",
    "get_people_who_left_work",
    "get_task",
    "handover_file",
    "heard_of",
    "kinds_of",
    "links_of",
    "live_counts",
    "matter_allowed",
    "matter_header",
    "matters_moved",
    "meant",
    "open_ids_at",
    "open_in",
    "open_matters_at",
    "reasons",
    "seen_by_others",
    "staff_file",
    "staff_list",
    "still_at_work",
    "task_allowed",
    "things_in",
    "worklist",
]
