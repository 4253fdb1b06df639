"""What can be done to matters and asks."""

from __future__ import annotations

from wardroom.matters.actions.asking import (
    accept_ask,
    agree_counter,
    counter_ask,
    decline_ask,
    move_promise,
    propose_ask,
    repeat_ask,
    report_done,
    request_ask,
    withdraw_ask,
)
from wardroom.matters.actions.keeping import (
    close_matter,
    hand_over_matter,
    open_matter,
    reopen_matter,
    set_next_step,
)

__all__ = [
    "accept_ask",
    "agree_counter",
    "close_matter",
    "counter_ask",
    "decline_ask",
    "hand_over_matter",
    "move_promise",
    "open_matter",
    "propose_ask",
    "reopen_matter",
    "repeat_ask",
    "report_done",
    "request_ask",
    "set_next_step",
    "withdraw_ask",
]
