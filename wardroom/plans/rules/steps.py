"""What a sound work plan looks like, and what a revision carries over.

A revision is a new version that replaces the one before. It carries over all earlier steps
whose ask was neither declined nor withdrawn: what is under way or done stays in view. They
come in their order before the new steps, unless the revision says otherwise; it may also
change what is asked, by when, who sees to it and what it waits for. What an agency promised
stays. To drop a step, withdraw its ask first. The old version keeps its own steps as they
were.
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
    pays, both in the words of whoever wrote the plan. ``where`` says where, in a plan whose
    matter has no place.
    """

    agency_code: str
    wording: str
    authority: str
    due_on: date
    after: tuple[int, ...] = ()
    days: int = 1
    owner_name: str = ""
    cost: str = ""
    where: str = ""


@dataclass(frozen=True)
class KeptStep:
    """A step that comes over from the version before, with what the new one changes.

    What is None stays as it was. ``after`` are positions in the new version, as in `StepDraft`.
    ``owner_seen`` is the version of ``owner_name`` that the writer had before them.
    """

    ask_id: int
    wording: str | None = None
    due_on: date | None = None
    owner_name: str | None = None
    days: int | None = None
    after: tuple[int, ...] | None = None
    owner_seen: str = ""


AnyStep = StepDraft | KeptStep


def in_order(steps: Sequence[AnyStep], *, carried: Sequence[int]) -> list[AnyStep]:
    """All steps of the new version; those carried over come first where none of them is named.

    Refuses: a step that was named though it does not come over, or twice; one left out.
    """
    named = [step.ask_id for step in steps if isinstance(step, KeptStep)]
    if not named:
        return [*(KeptStep(ask_id) for ask_id in carried), *steps]
    if sorted(named) != sorted(carried):
        raise Refused(
            "stale",
            "The steps that come over are others by now: an ask was withdrawn or declined. Look "
            "at the steps and their numbers again, then send the plan.",
        )
    return list(steps)


def step_field(index: int, name: str) -> str:
    """The name of a step's input in a form: steps-0-wording is the first new step's."""
    return f"steps-{index}-{name}"


def check_steps(steps: Sequence[AnyStep], *, unnamed: int = 0) -> None:
    """A plan has steps, and each waits only for some that stand before it.

    ``unnamed`` of them, the first, are on no form: they come over as they were.
    """
    if not steps:
        raise Refused("no_steps", "A plan needs at least one step.", field="steps")
    for position, step in enumerate(steps, start=1):
        index = position - 1 - unnamed
        if not all(1 <= after < position for after in step.after or ()):
            raise Refused(
                "waits_for_later_step",
                f"Step {position} can wait only for steps before it.",
                field=step_field(index, "after"),
            )
        if step.days is not None and not 1 <= step.days <= MOST_DAYS:
            raise Refused(
                "days_off",
                f"Give the working days that it takes, from 1 to {MOST_DAYS}.",
                field=step_field(index, "days"),
            )
        for name, most in (("owner_name", 120), ("cost", 120)):
            text = getattr(step, name, None) or ""
            check_length(text, field=step_field(index, name), most=most)


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
