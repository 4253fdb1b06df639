"""What a sound work plan looks like, and what a revision carries over.

A revision is a new version that replaces the one before. It carries over, in their order
and before the new steps, all earlier steps whose ask was neither declined nor withdrawn:
what is under way or done stays in view. To drop a step, withdraw its ask first. The old
version keeps its own steps as they were.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wardroom.kernel.errors import Refused
from wardroom.matters.rules import check_length, check_not_far

NEXT_STEP = "See what the agencies answered, then go and look"
LEFT_BEHIND = frozenset({"declined", "withdrawn"})
MOST_DAYS = 250
PLANNED = frozenset({"persistent_location", "initiative", "campaign"})


@dataclass(frozen=True)
class StepDraft:
    """A new step: what to ask of which agency, by when, and which steps it waits for.

    ``after`` are the positions, from 1, of earlier steps in the new version, where the steps
    carried over come first. ``days`` is how many working days the work takes once it may
    begin. ``owner_name`` is who at the agency sees to it, and ``cost`` what it costs and who
    pays, both in the words of whoever wrote the plan.
    """

    agency_code: str
    wording: str
    authority: str
    due_on: date
    after: tuple[int, ...] = ()
    days: int = 1
    owner_name: str = ""
    cost: str = ""


def step_field(index: int, name: str) -> str:
    """The name of a step's input in a form: steps-0-wording is the first new step's."""
    return f"steps-{index}-{name}"


def check_steps(drafts: Sequence[StepDraft], *, carried: int) -> None:
    """A plan has steps, and each waits only for some that stand before it."""
    if not drafts and not carried:
        raise Refused("no_steps", "A plan needs at least one step.", field="steps")
    for index, draft in enumerate(drafts):
        position = carried + index + 1
        if not all(1 <= after < position for after in draft.after):
            raise Refused(
                "waits_for_later_step",
                f"Step {position} can wait only for steps before it.",
                field=step_field(index, "after"),
            )
        if not 1 <= draft.days <= MOST_DAYS:
            raise Refused(
                "days_off",
                f"Give the working days that it takes, from 1 to {MOST_DAYS}.",
                field=step_field(index, "days"),
            )
        for name, most in (("owner_name", 120), ("cost", 120)):
            check_length(getattr(draft, name), field=step_field(index, name), most=most)


def first_day(days: Sequence[date], *, today: date) -> date:
    """The first of these days; today where one of them is over."""
    return max(min(days), today)


def check_step_shown(shown_ask: int | None, *, ask_id: int, shown_at: int, stands_at: int) -> None:
    """Refuses words on a step that another version dropped or moved since they were written."""
    if shown_ask is None or (shown_ask == ask_id and shown_at == stands_at):
        return
    now = (
        f"The step you had open is number {stands_at} now. Read how it stands, then save again."
        if shown_ask == ask_id
        else "The step you had open is no longer in it. Read the plan before you write."
    )
    raise Refused(
        "stale",
        f"Somebody saved another version of this plan in the meantime. Nothing was saved. {now}",
    )


def check_measure(
    *, baseline: float, target: float, target_on: date, review_on: date, today: date
) -> None:
    """An objective moves a number by a day, and somebody looks again before it is forgotten."""
    for field, number in (("baseline", baseline), ("target", target)):
        if not math.isfinite(number):
            raise Refused("not_a_number", "Give a number.", field=field)
    if baseline == target:
        raise Refused(
            "target_is_the_baseline",
            "The target is the same as today's number. Say what should change.",
            field="target",
        )
    for field, day in (("target_on", target_on), ("review_on", review_on)):
        check_not_far(day, today=today, field=field)
    if target_on <= today:
        raise Refused("target_date_over", "Choose a day after today.", field="target_on")
    if review_on <= today:
        raise Refused("review_date_over", "Choose a day after today.", field="review_on")
