"""How silent it is somewhere against the plan, and whom to turn to next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from wardroom.engagement.rules.outreach import Target
from wardroom.kernel.errors import Refused
from wardroom.matters.rules import check_text

NEVER, SILENT, BEHIND, MET, NO_PLAN = "never", "silent", "behind", "met", "no_plan"
STATES: Mapping[str, str] = {
    NEVER: "Never reached",
    SILENT: "Silent longer than the plan allows",
    BEHIND: "Behind the plan",
    MET: "As planned",
    NO_PLAN: "In no plan",
}
PLACES = 6
SOON = timedelta(days=7)
JUST_TOUCHED = timedelta(days=7)
LONGEST_OFF = timedelta(days=120)
WEIGHTS: Mapping[str, float] = {NEVER: 3.0, SILENT: 1.0, BEHIND: 0.75, MET: 0.0, NO_PLAN: 0.0}
MEETING, PROMISE = 0.75, 0.5
REACHABLE, NAMED = 0.5, 0.25


def standing(last_on: date | None, contacts: int, target: Target | None, *, today: date) -> str:
    """How it stands: never reached, silent, behind, as planned, or without a plan.

    ``contacts`` are those within the days of the target. Silent is who had none in them.
    """
    if last_on is None:
        return NEVER
    if target is None:
        return NO_PLAN
    if (today - last_on).days > target.days:
        return SILENT
    return MET if contacts >= target.contacts else BEHIND


def weight_of(state: str, days: int | None, target: Target | None) -> float:
    """How much a silence counts: more the longer it is, up to three times the plan's days."""
    if state != SILENT or days is None or target is None:
        return WEIGHTS[state]
    return WEIGHTS[SILENT] + min(1.5, (days - target.days) / target.days)


def ease_of(*, named: bool, reachable: bool) -> float:
    """What it counts that somebody can be called, or is at least known by name."""
    return REACHABLE if reachable else NAMED if named else 0.0


@dataclass(frozen=True)
class Candidate:
    """Somebody, or a district where nobody is known, with how much speaks for a touch.

    ``spread`` are the areas over which touches of the same weight are spread, the widest first.
    """

    key: str
    area: str
    spread: tuple[str, ...]
    weight: float
    few_report: bool
    touched_on: date | None
    reasons: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Chosen:
    """A suggestion, and whether it stands there by the share kept for where few report."""

    key: str
    reserved: bool


def choose(
    candidates: Iterable[Candidate],
    *,
    reserve: int,
    today: date,
    places: int = PLACES,
    spread: bool = True,
) -> tuple[Chosen, ...]:
    """The next touches, what weighs most first; with ``spread`` at most one a district.

    Of what weighs the same, whoever was not reached for longer comes first, then who lives
    where few report, then a ward and a commission that has fewer places so far.
    ``reserve`` percent of the places, rounded up, go to districts where few report, as long
    as there are any. Who was reached within seven days is left out.
    """
    left = [c for c in candidates if c.weight > 0 and not _just_touched(c, today)]
    ranked = sorted(left, key=_order)
    if spread:
        ranked = _spread_out(_one_an_area(ranked))
    kept = -(-places * reserve // 100)
    first = [c for c in ranked if c.few_report][:kept]
    rest = [c for c in ranked if c not in first][: places - len(first)]
    by_weight = {c.key for c in ranked[:places]}
    chosen = sorted((*first, *rest), key=ranked.index)
    return tuple(Chosen(c.key, c.key not in by_weight) for c in chosen)


def _just_touched(candidate: Candidate, today: date) -> bool:
    last = candidate.touched_on
    return last is not None and today - last < JUST_TOUCHED


def _order(candidate: Candidate) -> tuple[float, date, bool, str]:
    return (*_rank(candidate), candidate.key)


def _rank(candidate: Candidate) -> tuple[float, date, bool]:
    return (-candidate.weight, candidate.touched_on or date.min, not candidate.few_report)


def _spread_out(ranked: Sequence[Candidate]) -> list[Candidate]:
    """The same, but those of one rank take turns by ward, and within it by commission."""
    found = list(ranked)
    for level in range(max((len(c.spread) for c in found), default=0), 0, -1):
        found = _by_turns(found, level)
    return found


def _by_turns(ranked: Sequence[Candidate], level: int) -> list[Candidate]:
    taken: Counter[tuple[str, ...]] = Counter()
    turns: dict[str, int] = {}
    for candidate in ranked:
        area = candidate.spread[:level]
        turns[candidate.key] = taken[area]
        taken[area] += 1
    return sorted(ranked, key=lambda c: (_rank(c), turns[c.key]))


def _one_an_area(ranked: Sequence[Candidate]) -> list[Candidate]:
    seen: set[str] = set()
    found = []
    for candidate in ranked:
        if candidate.area not in seen:
            found.append(candidate)
            seen.add(candidate.area)
    return found


def named_in(text: str, names: Collection[str]) -> bool:
    """Whether one of the names stands in a text, whatever the case."""
    said = text.casefold()
    return any(name.casefold() in said for name in names if name)


def check_put_off(reason: str, until_on: date, *, today: date) -> str:
    """Why somebody is not turned to now, and until when.

    Refuses: no reason; a day that is not to come; more than 120 days.
    """
    why = check_text(
        reason, code="reason_missing", sentence="Say why not now.", field="reason", most=200
    )
    if until_on <= today:
        raise Refused("not_to_come", "Choose a day after today.", field="until_on")
    if until_on - today > LONGEST_OFF:
        raise Refused(
            "too_far", "Put it off by 120 days at most. It comes back then.", field="until_on"
        )
    return why
