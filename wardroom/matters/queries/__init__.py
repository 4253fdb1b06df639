"""What can be asked about matters and asks, within the asker's reach."""

from __future__ import annotations

from wardroom.matters.queries.agencies import AgencyAsks, StateCount, agency_asks
from wardroom.matters.queries.answers import AnswerSheet, answer_sheet
from wardroom.matters.queries.areas import OpenPage, OpenRow, open_in
from wardroom.matters.queries.belongings import (
    LinkRow,
    TaskRow,
    links_of,
    task_allowed,
    tasks_of,
)
from wardroom.matters.queries.clocks import due_rungs
from wardroom.matters.queries.drafting import (
    AskedBefore,
    asked_before,
    colleagues,
    get_colleague,
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
    get_matters_owned,
    kinds_of,
    matter_allowed,
    matter_header,
)
from wardroom.matters.queries.naming import meant
from wardroom.matters.queries.past import (
    AsksThen,
    AskThen,
    MatterThen,
    asks_at,
    asks_then,
    open_matters_at,
)
from wardroom.matters.queries.silence import LadderStep, LadderView
from wardroom.matters.queries.worklist import (
    PAGE_ROWS,
    WaitingRow,
    Worklist,
    get_task,
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
    "LadderStep",
    "LadderView",
    "LinkRow",
    "MatterHeader",
    "MatterThen",
    "OpenPage",
    "OpenRow",
    "StateCount",
    "TaskRow",
    "WaitingRow",
    "Worklist",
    "agency_asks",
    "answer_sheet",
    "ask_allowed",
    "ask_file",
    "ask_list",
    "ask_row",
    "ask_states",
    "asked_before",
    "asks_at",
    "asks_of",
    "asks_then",
    "colleagues",
    "due_rungs",
    "get_ask",
    "get_colleague",
    "get_matter",
    "get_matters_owned",
    "get_task",
    "kinds_of",
    "links_of",
    "matter_allowed",
    "matter_header",
    "meant",
    "open_in",
    "open_matters_at",
    "reasons",
    "task_allowed",
    "tasks_of",
    "worklist",
]
