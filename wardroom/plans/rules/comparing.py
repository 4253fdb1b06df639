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
    position: int = 0
    owner_name: str = ""
    days: int = 1
    after: tuple[int, ...] = ()


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
    """What was added, dropped and moved, and what changed in the aim; each line a sentence.

    ``changed`` is what the version itself put otherwise, ``moved`` what agencies promised.
    """

    added: tuple[str, ...]
    dropped: tuple[str, ...]
    changed: tuple[str, ...]
    moved: tuple[str, ...]
    aim: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether nothing changed at all."""
        return not (self.added or self.dropped or self.changed or self.moved or self.aim)


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
    orders = ([s.ask_id for s in before if s.ask_id in new], [s.ask_id for s in after])
    return Comparison(
        added=tuple(_added(step) for pk, step in new.items() if pk not in old),
        dropped=tuple(
            f"{step.agency}: {step.wording}{_because(left_because.get(pk, ''))}"
            for pk, step in old.items()
            if pk not in new
        ),
        changed=tuple(line for pair in kept for line in _changed(*pair, orders=orders)),
        moved=tuple(words for pair in kept if (words := _moved(*pair))),
        aim=tuple(_aim(*aims)),
    )


def _added(step: StepThen) -> str:
    by = f", asked for by {short_day(step.due_on)}" if step.due_on else ""
    return f"{step.agency}: {step.wording}{by}"


def _because(state: str) -> str:
    why = DROPPED.get(state)
    return f" ({why})" if why else ""


def _changed(old: StepThen, new: StepThen, *, orders: tuple[list[int], list[int]]) -> list[str]:
    """What a version put otherwise about a step that came over."""
    name, said = f"{new.agency}: {new.wording}", []
    if old.wording != new.wording:
        said.append(f"{name}: it was asked for as “{old.wording}”")
    if old.due_on and new.due_on and old.due_on != new.due_on:
        stands = f"; the promise for {short_day(new.promised_on)} stands" if new.promised_on else ""
        days = (new.due_on - old.due_on).days
        said.append(
            f"{name}: asked for by {short_day(new.due_on)} instead of {short_day(old.due_on)}, "
            f"{_days(days)} {_way(days)}{stands}"
        )
    if old.owner_name != new.owner_name:
        who, was = new.owner_name or "nobody named", old.owner_name or "nobody named"
        said.append(f"{name}: {who} sees to it, before {was}")
    if old.days != new.days:
        said.append(f"{name}: takes {_working(new.days)}, before {_working(old.days)}")
    if [ask_id for ask_id in old.after if ask_id in orders[1]] != list(new.after):
        said.append(f"{name}: waits for other steps than before")
    if _jumped(old.ask_id, *orders):
        said.append(f"{name}: now step {new.position}, before step {old.position}")
    return said


def _jumped(ask_id: int, before: list[int], after: list[int]) -> bool:
    """Whether a step stands before or after others than it did, of those that came over."""
    came = [other for other in after if other in before]
    return before.index(ask_id) != came.index(ask_id)


def _moved(old: StepThen, new: StepThen) -> str:
    name = f"{new.agency}: {new.wording}"
    was, now = old.promised_on or old.due_on, new.promised_on or new.due_on
    if was is None or now is None:
        return ""
    if old.promised_on is None and new.promised_on is not None:
        days = (now - was).days
        late = f", {_days(days)} {_way(days)} than asked for" if days else ""
        return f"{name}: promised for {short_day(now)} by then{late}"
    if was == now or new.promised_on is None:
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


def _working(days: int) -> str:
    return "1 working day" if days == 1 else f"{days} working days"


def _way(days: int) -> str:
    return "later" if days > 0 else "earlier"
