"""What a sound work plan looks like, and what a revision carries over.

A revision is a new version that replaces the one before. It carries over, in their order
and before the new steps, all earlier steps whose ask was neither declined nor withdrawn:
what is under way or done stays in view. To drop a step, withdraw its ask first. The old
version keeps its own steps as they were.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wardroom.kernel.errors import Refused
from wardroom.matters.rules import check_not_far

NEXT_STEP = "See what the agencies answered, then go and look"
LEFT_BEHIND = frozenset({"declined", "withdrawn"})


@dataclass(frozen=True)
class StepDraft:
    """A new step: what to ask of which agency, by when, and which step it waits for.

    ``after`` is the position, from 1, of an earlier step in the new version, where the
    steps carried over come first. None means that it waits for nothing.
    """

    agency_code: str
    wording: str
    authority: str
    due_on: date
    after: int | None = None


def step_field(index: int, name: str) -> str:
    """The name of a step's input in a form: steps-0-wording is the first new step's."""
    return f"steps-{index}-{name}"


def check_steps(drafts: Sequence[StepDraft], *, carried: int) -> None:
    """A plan has steps, and each waits at most for one that stands before it."""
    if not drafts and not carried:
        raise Refused("no_steps", "A plan needs at least one step.", field="steps")
    for index, draft in enumerate(drafts):
        position = carried + index + 1
        if draft.after is not None and not 1 <= draft.after < position:
            raise Refused(
                "waits_for_later_step",
                f"Step {position} can wait only for a step before it.",
                field=step_field(index, "after"),
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


def slips_along(
    after: Mapping[int, int | None], slips: Mapping[int, int | None]
) -> dict[int, int | None]:
    """The largest slip, in days, among the steps each step waits for, directly or not.

    Positions point back only, so one pass in order sees every chain. None where nothing
    that it waits for was promised.
    """
    behind: dict[int, int | None] = {}
    for position in sorted(after):
        waits = after[position]
        if waits is None:
            behind[position] = None
            continue
        known = [d for d in (slips.get(waits), behind.get(waits)) if d is not None]
        behind[position] = max(known) if known else None
    return behind
