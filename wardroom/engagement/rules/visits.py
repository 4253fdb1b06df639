"""Events with the Mayor or the cabinet: asking for one, its tasks, and the run of show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from wardroom.kernel.errors import Refused
from wardroom.matters.rules import check_length, check_text

EVENT_REQUEST = "event_request"
WANTED: Mapping[str, str] = {
    "mayor": "The Mayor",
    "cabinet": "A member of the cabinet",
    "office": "Somebody of the office",
}
ACCEPTED, OTHER, DECLINED = "accepted", "other", "declined"
DECISIONS: Mapping[str, str] = {
    ACCEPTED: "Accepted",
    OTHER: "Somebody else goes",
    DECLINED: "Declined",
}
REQUEST_STEP, PREPARE_STEP = "Decide on it", "Prepare the event"
MOST_PEOPLE, LONGEST_LINE, FARTHEST_LINE = 100_000, 24 * 60, 7 * 24 * 60
ONE = timedelta(days=1)
TOLD, PUBLIC_PAGE = "office", "public"
MOST_OF_ONE, MOST_A_DAY, A_DAY = 5, 40, timedelta(days=1)
ORIGINS: Mapping[str, str] = {
    TOLD: "Told to the office",
    PUBLIC_PAGE: "Written on the public page; nobody has checked who it is",
}
WALK_IN, PAPER = "walk_in", "paper"
SOURCES: Mapping[str, str] = {WALK_IN: "Walked in", PAPER: "From a paper sheet"}


@dataclass(frozen=True)
class Step:
    """A task of an event: how many working days before it, or after where that is below nothing.

    One that ``needs`` something is only there where the request asks for that.
    """

    code: str
    wording: str
    before: int
    needs: str = ""


STEPS = (
    Step("memo", "Send the briefing memo", 5),
    Step("interpreter", "Confirm the interpreters", 5, "language"),
    Step("access", "Confirm what people need to take part", 5, "access"),
    Step("run", "Send the run of show to everybody who has a line in it", 3),
    Step("staff", "Say who stands at the door and checks people in", 2),
    Step("thanks", "Thank the host and whoever helped", -1),
    Step("promises", "Write down what was promised, with who and by when", -1),
    Step("answers", "Answer what was asked there", -5),
)
BY_CODE = {step.code: step for step in STEPS}


def steps_for(*, language: str, access: str) -> tuple[Step, ...]:
    """The tasks of an event with these needs."""
    has = {"": True, "language": bool(language), "access": bool(access)}
    return tuple(step for step in STEPS if has[step.needs])


def step_day(step: Step, on: date, *, is_open: Callable[[date], bool], today: date) -> date:
    """The working day on which a task is due; today where that day is over already."""
    day, left = on, abs(step.before)
    while left:
        day += -ONE if step.before > 0 else ONE
        left -= is_open(day)
    return max(day, today)


def check_wanted(wanted: str) -> str:
    """Who is asked for. Refuses: what is not in the list."""
    if wanted not in WANTED:
        raise Refused("unknown_wanted", "Choose who is asked for.", field="wanted")
    return wanted


def check_expected(expected: int | None) -> int | None:
    """How many people are expected. Refuses: a number that cannot be."""
    if expected is not None and not 1 <= expected <= MOST_PEOPLE:
        raise Refused("expected_off", "Write how many people are expected.", field="expected")
    return expected


def check_decision(decision: str, words: str, representative: str) -> tuple[str, str]:
    """What was decided, with its words and who goes instead.

    Refuses: a decision that is none; no words for a no; nobody named who goes instead.
    """
    if decision not in DECISIONS:
        raise Refused("unknown_decision", "Choose what was decided.", field="decision")
    words = check_length(words, field="words", most=500)
    if decision == DECLINED and not words:
        raise Refused("words_missing", "Say why, in words for whoever asked.", field="words")
    who = check_length(representative, field="representative", most=120)
    if decision == OTHER and not who:
        raise Refused("nobody_named", "Say who goes instead.", field="representative")
    return words, who


def check_run_line(*, offset: int, minutes: int, text: str, owner: str) -> tuple[str, str]:
    """A line of the run of show. Refuses: a time that is off; no words; nobody who does it."""
    if not -FARTHEST_LINE <= offset <= FARTHEST_LINE:
        raise Refused("offset_off", "This time is more than a week from the start.", field="at")
    if not 1 <= minutes <= LONGEST_LINE:
        raise Refused("minutes_off", "A line lasts from 1 minute to a day.", field="minutes")
    said = check_text(
        text, code="text_missing", sentence="Say what happens.", field="text", most=200
    )
    who = check_text(
        owner, code="owner_missing", sentence="Say who does it.", field="owner", most=120
    )
    return said, who
