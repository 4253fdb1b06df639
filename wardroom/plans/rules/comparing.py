"""What a version of a plan changed against the one before, in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wardroom.plans.rules.forecast import short_day

DROPPED: Mapping[str, str] = {
    "declined": "the agency declined it",
    "withdrawn": "the ask was withdrawn",
}


@dataclass(frozen=True)
class StepThen:
    """A step as it stood when its version was adopted; the ask says which step it is."""

    ask_id: int
    agency: str
    wording: str
    due_on: date | None
    promised_on: date | None


@dataclass(frozen=True)
class AimThen:
    """What a version set out to reach."""

    objective: str
    measure: str
    baseline: float
    target: float
    target_on: date
    review_on: date


@dataclass(frozen=True)
class Comparison:
    """What was added, dropped and moved, and what changed in the aim; each line a sentence."""

    added: tuple[str, ...]
    dropped: tuple[str, ...]
    moved: tuple[str, ...]
    aim: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether nothing changed at all."""
        return not (self.added or self.dropped or self.moved or self.aim)


def compare(
    before: Sequence[StepThen],
    after: Sequence[StepThen],
    *,
    aims: tuple[AimThen, AimThen],
    left_because: Mapping[int, str],
) -> Comparison:
    """A version against the one before; ``left_because`` is how each dropped ask ended."""
    old, new = {s.ask_id: s for s in before}, {s.ask_id: s for s in after}
    kept = [(old[pk], new[pk]) for pk in new if pk in old]
    return Comparison(
        added=tuple(_added(step) for pk, step in new.items() if pk not in old),
        dropped=tuple(
            f"{step.agency}: {step.wording}{_because(left_because.get(pk, ''))}"
            for pk, step in old.items()
            if pk not in new
        ),
        moved=tuple(words for pair in kept if (words := _moved(*pair))),
        aim=tuple(_aim(*aims)),
    )


def _added(step: StepThen) -> str:
    by = f", asked for by {short_day(step.due_on)}" if step.due_on else ""
    return f"{step.agency}: {step.wording}{by}"


def _because(state: str) -> str:
    why = DROPPED.get(state)
    return f" ({why})" if why else ""


def _moved(old: StepThen, new: StepThen) -> str:
    name = f"{new.agency}: {new.wording}"
    was, now = old.promised_on or old.due_on, new.promised_on or new.due_on
    if was is None or now is None:
        return ""
    if old.promised_on is None and new.promised_on is not None:
        days = (now - was).days
        late = f", {_days(days)} {_way(days)} than asked for" if days else ""
        return f"{name}: promised for {short_day(now)} by then{late}"
    if was == now:
        return ""
    days = (now - was).days
    return f"{name}: moved from {short_day(was)} to {short_day(now)}, {_days(days)} {_way(days)}"


def _aim(old: AimThen, new: AimThen) -> list[str]:
    said = []
    if old.objective != new.objective:
        said.append(f"The objective was: {old.objective}")
    if old.measure != new.measure:
        said.append(f"The measure was: {old.measure}")
    if (old.baseline, old.target) != (new.baseline, new.target):
        said.append(f"It was to go from {old.baseline:g} to {old.target:g}")
    if old.target_on != new.target_on:
        said.append(f"It was to be reached by {short_day(old.target_on)}")
    if old.review_on != new.review_on:
        said.append(f"It was to be looked at again on {short_day(old.review_on)}")
    return said


def _days(days: int) -> str:
    return f"{abs(days)} day" if abs(days) == 1 else f"{abs(days)} days"


def _way(days: int) -> str:
    return "later" if days > 0 else "earlier"
