"""What becomes of an alert: which decisions may be made, and what a newer message changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from wardroom.incidents.rules.messages import ACTUAL, CANCEL, Message, severity_rank
from wardroom.kernel.errors import Refused

INCIDENT = "incident"
WAITING, OPENED, ASIDE = "waiting", "opened", "set_aside"
WITHDRAWN, OVER, ELSEWHERE, PRACTICE = "withdrawn", "over", "elsewhere", "practice"
STATES: Mapping[str, str] = {
    WAITING: "Waits for a decision",
    OPENED: "Opened as an incident",
    ASIDE: "Set aside",
    WITHDRAWN: "Canceled by its sender",
    OVER: "Over, and nobody decided",
    ELSEWHERE: "Not in this city",
    PRACTICE: "Exercise or test",
}
MOVES: Mapping[tuple[str, str], str] = {
    (WAITING, "open_incident"): OPENED,
    (ASIDE, "open_incident"): OPENED,
    (WITHDRAWN, "open_incident"): OPENED,
    (OVER, "open_incident"): OPENED,
    (ELSEWHERE, "open_incident"): OPENED,
    (WAITING, "set_alert_aside"): ASIDE,
    (WAITING, "end_alert"): OVER,
}
FIRST_STEP = "Call who leads there, and say what people need"
ASK_LEAD = "Hear how it stands from "
STEP_AFTER = "Ask each agency what the homes still need"


def check_move(state: str, move: str) -> str:
    """The state after a move. Refuses: `wrong_state` where the table has no such move."""
    after = MOVES.get((state, move))
    if after is None:
        raise Refused("wrong_state", f"This alert stands as: {STATES[state]}.")
    return after


def may_move(state: str, move: str) -> bool:
    """Whether the table has this move."""
    return (state, move) in MOVES


def first_state(message: Message, *, touches: bool, at: datetime) -> str:
    """Where a message stands that belongs to no alert known so far.

    One that says nothing of where, in shapes or codes, may well be here, so somebody decides.
    """
    if message.status != ACTUAL:
        return PRACTICE
    if message.kind == CANCEL:
        return WITHDRAWN
    placed = any(area.drawn or area.codes for area in message.areas) or message.unread_shapes
    if placed and not touches and not message.unread_shapes:
        return ELSEWHERE
    if message.ends_at is not None and message.ends_at <= at:
        return OVER
    return WAITING


def state_after(
    state: str,
    message: Message,
    *,
    former_severity: str,
    touches_new: bool,
    touches: bool,
    at: datetime,
) -> str:
    """Where an alert stands after a newer message about it.

    What was set aside comes back only where it has grown: graver, or in another ward.
    """
    if state in (OPENED, PRACTICE):
        return state
    if message.kind == CANCEL:
        return WITHDRAWN
    fresh = first_state(message, touches=touches, at=at)
    if state != ASIDE or fresh != WAITING:
        return ASIDE if state == ASIDE else fresh
    grown = severity_rank(message.severity) > severity_rank(former_severity) or touches_new
    return WAITING if grown else ASIDE


def ask_lead(name: str) -> str:
    """What is next for the owner of what somebody else has now."""
    return f"{ASK_LEAD}{name}"[:200]
