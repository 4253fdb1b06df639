"""The next step that the house itself writes: it follows what has been done about an issue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wardroom.matters.rules.waits import LOOK_WITHIN

DECIDE = "Decide whom to ask"
DECIDE_AGAIN = "Decide whom else to ask"
WAIT_FOR_ANSWERS = "Wait for the agencies to answer"
SETTLE_DATE = "Agree to the other date, or ask again"
WAIT_FOR_WORK = "Wait for the work that was promised"
LOOK = "Go and look: the agency says it is done"
ASK_AGAIN = "Ask again: it is not fixed"
TELL = "Tell the people who reported it"
CLOSE = "Close it: everybody was told"
HOUSE_STEPS = frozenset(
    {
        DECIDE,
        DECIDE_AGAIN,
        WAIT_FOR_ANSWERS,
        SETTLE_DATE,
        WAIT_FOR_WORK,
        LOOK,
        ASK_AGAIN,
        TELL,
        CLOSE,
    }
)
_AFTER_LOOKING = frozenset({ASK_AGAIN, TELL, CLOSE})


@dataclass(frozen=True)
class AskNow:
    """How one ask stands: its state, and the day on which it should be done."""

    state: str
    expected_on: date


@dataclass(frozen=True)
class Step:
    """What comes next, and by when; without a day, on the next working day."""

    words: str
    by: date | None = None


def step_by_asks(asks: Sequence[AskNow], *, now: str, done: bool, today: date) -> Step:
    """The next step as the asks stand.

    ``now`` is the step so far and ``done`` whether an agency has just said that it is done:
    only that sends somebody to look again who has looked already.
    """
    by_state: dict[str, list[date]] = {}
    for ask in asks:
        by_state.setdefault(ask.state, []).append(max(ask.expected_on, today))
    if "countered" in by_state:
        return Step(SETTLE_DATE)
    if "requested" in by_state:
        return Step(WAIT_FOR_ANSWERS, min(by_state["requested"]))
    if "accepted" in by_state:
        return Step(WAIT_FOR_WORK, min(by_state["accepted"]))
    if now in _AFTER_LOOKING and not done:
        return Step(now)
    if "done" in by_state:
        return Step(LOOK, today + LOOK_WITHIN)
    return Step(DECIDE_AGAIN if "declined" in by_state else DECIDE)


def step_after_look(*, gone: bool, waits: bool) -> Step | None:
    """The next step after somebody looked; none where an agency is still to answer or to act."""
    if waits:
        return None
    return Step(TELL if gone else ASK_AGAIN)


def step_after_telling(*, untold: int) -> Step:
    """The next step after somebody was told; ``untold`` are those who still have to be."""
    return Step(TELL if untold else CLOSE)
