"""When each step of a plan can begin and is likely done, and why, in plain words.

A step begins on the first working day after everything that it waits for. It is likely done
once its working days are over, and never before the day that its agency gave. What is done
counts from the day it was done. A declined step holds back whatever waits for it until the
plan is revised; a withdrawn one holds nothing back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

IsOpen = Callable[[date], bool]
ONE = timedelta(days=1)
LONGEST_CLOSED = 60


@dataclass(frozen=True)
class StepNow:
    """How one step stands: what its agency said, and what it waits for.

    ``given_on`` is the day that holds now: promised, offered, or else asked for.
    """

    position: int
    agency: str
    state: str
    days: int
    after: tuple[int, ...]
    due_on: date
    given_on: date
    first_promised_on: date | None
    promised_on: date | None
    done_on: date | None

    @property
    def slip_days(self) -> int:
        """Days by which its promise moved since it was first given; later is positive."""
        if self.first_promised_on is None or self.promised_on is None:
            return 0
        return (self.promised_on - self.first_promised_on).days


@dataclass(frozen=True)
class Forecast:
    """When a step can begin, when it is likely done, what holds it, and why.

    ``starts_on`` is none where it waits for nothing that is open; ``likely_on`` is none where
    nobody can tell, since something before it was declined. ``late_days`` counts from the day
    that its agency gave, ``held_by`` is the step that decides, ``why`` the chain in words.
    """

    position: int
    starts_on: date | None
    likely_on: date | None
    late_days: int
    held_by: int | None
    why: tuple[str, ...]


def forecast(steps: Sequence[StepNow], *, today: date, is_open: IsOpen) -> dict[int, Forecast]:
    """What to expect of each step, by its position.

    Steps wait for earlier positions only, so one pass in order sees every chain.
    """
    found: dict[int, Forecast] = {}
    known = {step.position: step for step in steps}
    for step in sorted(steps, key=lambda s: s.position):
        found[step.position] = _foreseen(step, known, found, today, is_open)
    return found


def first_working(day: date, is_open: IsOpen) -> date:
    """The day itself, or the next one on which people work."""
    for _ in range(LONGEST_CLOSED):
        if is_open(day):
            return day
        day += ONE
    return day


def working_days_on(day: date, more: int, is_open: IsOpen) -> date:
    """The working day that lies so many working days after a day."""
    for _ in range(more):
        day = first_working(day + ONE, is_open)
    return day


def _foreseen(
    step: StepNow,
    known: Mapping[int, StepNow],
    found: Mapping[int, Forecast],
    today: date,
    is_open: IsOpen,
) -> Forecast:
    if step.state in ("done", "declined", "withdrawn"):
        return Forecast(step.position, None, step.done_on, 0, None, ())
    holding = [p for p in step.after if p in known and known[p].state != "withdrawn"]
    declined = [p for p in holding if _never(p, known, found)]
    if declined:
        held = declined[0]
        return Forecast(step.position, None, None, 0, held, _why(held, known, found))
    given = max(step.given_on, today)
    still = [p for p in holding if known[p].state != "done"]
    if not still:
        likely = max(given, _after_done(step, holding, known, is_open))
        return Forecast(step.position, None, likely, (likely - step.given_on).days, None, ())
    held = max(still, key=lambda p: (_ends(p, found), -p))
    starts_on = first_working(_ends(held, found) + ONE, is_open)
    needs = working_days_on(starts_on, step.days - 1, is_open)
    likely = max(given, needs)
    return Forecast(
        position=step.position,
        starts_on=starts_on,
        likely_on=likely,
        late_days=(likely - step.given_on).days,
        held_by=held,
        why=_why(held, known, found),
    )


def _after_done(
    step: StepNow, holding: Sequence[int], known: Mapping[int, StepNow], is_open: IsOpen
) -> date:
    """When a step is through that could begin the day after the last one before it was done."""
    over = [done for p in holding if (done := known[p].done_on) is not None]
    if not over:
        return step.given_on
    return working_days_on(first_working(max(over) + ONE, is_open), step.days - 1, is_open)


def _never(position: int, known: Mapping[int, StepNow], found: Mapping[int, Forecast]) -> bool:
    return known[position].state == "declined" or (
        known[position].state != "done" and found[position].likely_on is None
    )


def _ends(position: int, found: Mapping[int, Forecast]) -> date:
    end = found[position].likely_on
    assert end is not None, "what nobody will do was looked for before"
    return end


def _why(held: int, known: Mapping[int, StepNow], found: Mapping[int, Forecast]) -> tuple[str, ...]:
    """The chain from what holds a step back to where it begins."""
    words = [f"Waits for {_stands(known[held])}"]
    at = held
    while (before := found[at].held_by) is not None:
        words.append(f"Step {at} waits for {_stands(known[before])}")
        at = before
    return tuple(words)


def _stands(step: StepNow) -> str:
    """One step as a reason: who, and which day was given, and how far it moved."""
    name = f"step {step.position} ({step.agency})"
    if step.state == "declined":
        return f"{name}, which was declined"
    if step.state == "countered":
        return f"{name}, offered for {short_day(step.given_on)}"
    if step.promised_on is None:
        return f"{name}, asked for by {short_day(step.due_on)} and not promised"
    moved = step.slip_days
    if not moved:
        return f"{name}, promised for {short_day(step.promised_on)}"
    count = f"{abs(moved)} day" if abs(moved) == 1 else f"{abs(moved)} days"
    way = "later" if moved > 0 else "earlier"
    first = short_day(step.first_promised_on) if step.first_promised_on else ""
    return f"{name}, promised for {short_day(step.promised_on)}, moved {count} {way} than {first}"


def short_day(day: date) -> str:
    """A day in a chain of reasons: Dec 4, 2026."""
    return f"{day:%b} {day.day}, {day:%Y}"
