"""Guidelines that groups accept, and plans that they submit: approved or returned, and followed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from wardroom.kernel.errors import Refused
from wardroom.matters.rules import check_text

GUIDELINES: Mapping[str, str] = {"framework": "Framework", "guideline": "Guideline"}
GROUP_PLAN = "group_plan"
SUBMITTED, RETURNED, APPROVED = "submitted", "returned", "approved"
PLAN_STAGES: Mapping[str, str] = {
    SUBMITTED: "Waits for the director",
    RETURNED: "Returned with words",
    APPROVED: "Approved",
}
PLAN_MOVES: Mapping[str, frozenset[str]] = {
    "approve": frozenset({SUBMITTED}),
    "return": frozenset({SUBMITTED}),
    "resubmit": frozenset({RETURNED}),
    "look": frozenset({APPROVED}),
    "end": frozenset({SUBMITTED, RETURNED, APPROVED}),
}
LOOKS: Mapping[str, str] = {
    "as_planned": "As planned",
    "behind": "Behind, and why",
    "not_begun": "Not begun",
    "changed": "Done differently",
}
MOST_LOOKS = 12
PLAN_DECIDE_STEP = "See whether the director approved the plan"
REVISE_STEP = "Help the group revise its plan"
PLAN_LOOK_STEP = "Look at how the plan goes"
_NOT_NOW: Mapping[str, str] = {
    SUBMITTED: "It waits for the director.",
    RETURNED: "It was returned. The group submits it again first.",
    APPROVED: "It is approved already.",
}


def check_plan_move(move: str, stage: str) -> None:
    """Whether a plan at this stage can do that. Refuses: one that cannot."""
    if stage not in PLAN_MOVES[move]:
        raise Refused("wrong_state", _NOT_NOW[stage])


def check_plan_text(text: str) -> str:
    """A plan in the group's words. Refuses: none."""
    return check_text(
        text,
        code="text_missing",
        sentence="Write down what the group plans, in its words.",
        field="text",
        most=10_000,
    )


def check_return_words(words: str) -> str:
    """Why a plan is returned. Refuses: no words, since the group has to know what to change."""
    return check_text(
        words,
        code="words_missing",
        sentence="Say what has to change.",
        field="words",
        most=500,
    )


def check_look_days(days: Sequence[date], *, today: date) -> tuple[date, ...]:
    """The days on which an approved plan is looked at, in order.

    Refuses: none; a day that is over; far too many.
    """
    chosen = tuple(sorted(set(days)))
    if not chosen:
        raise Refused("looks_missing", "Name at least one day to look at it.", field="look_on")
    if chosen[0] < today or len(chosen) > MOST_LOOKS:
        raise Refused(
            "bad_looks",
            f"Name at most {MOST_LOOKS} days, each today or later.",
            field="look_on",
        )
    return chosen


def check_look(finding: str, text: str) -> str:
    """What was found of a plan, in a word and in words. Refuses: either missing."""
    if finding not in LOOKS:
        raise Refused("unknown_finding", "Choose how it goes.", field="finding")
    return check_text(
        text, code="text_missing", sentence="Say what you found.", field="text", most=500
    )


def check_guideline(kind: str, title: str, text: str) -> tuple[str, str]:
    """A guideline's title and words. Refuses: a kind that is none; either missing."""
    if kind not in GUIDELINES:
        raise Refused("unknown_kind", "Choose what it is.", field="kind")
    title = check_text(
        title, code="title_missing", sentence="Give it a title.", field="title", most=200
    )
    return title, check_guideline_text(text)


def check_guideline_text(text: str) -> str:
    """The words of a guideline. Refuses: none."""
    return check_text(
        text, code="text_missing", sentence="Write what it says.", field="text", most=20_000
    )


def check_accepted(accepted_on: date, *, issued_on: date, today: date) -> None:
    """A version is accepted after it was issued. Refuses: a day before, or one to come."""
    if not issued_on <= accepted_on <= today:
        raise Refused(
            "bad_day",
            "It is accepted on a day from when it was issued up to today.",
            field="accepted_on",
        )
