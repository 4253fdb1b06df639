"""A rota as a model for CP-SAT: exact, within a time, the same again for the same seed."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from wardroom.analysis.rota_bounds import SPEAKS, Bound, Key, bounds
from wardroom.analysis.rota_nouns import ON_CALL, Load, Person, Problem, Proposal, Spread, Wish

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

Sum = Any  # a number, or a sum of variables: the types of the solver do not add up with both
UNFAIR, TOP, GAP = 20, 4, 1_000_000


@dataclass
class Model:
    """The variables of one solve: who has which turn, works which weekend and which holiday."""

    cp: cp_model.CpModel
    has: dict[Key, cp_model.IntVar] = field(default_factory=dict)
    weekend: dict[tuple[str, int], cp_model.IntVar] = field(default_factory=dict)
    holiday: dict[Key, cp_model.IntVar] = field(default_factory=dict)


def built(problem: Problem, *, gaps_allowed: bool) -> Model:
    """A model in which each turn has one person, with none of the rules and wishes yet."""
    from ortools.sat.python import cp_model

    model = Model(cp_model.CpModel())
    for turn in problem.turns:
        for person in problem.people:
            model.has[person.key, turn.key] = model.cp.new_bool_var("")
        takers = [model.has[person.key, turn.key] for person in problem.people]
        (model.cp.add_at_most_one if gaps_allowed else model.cp.add_exactly_one)(takers)
    for person in problem.people:
        for key in sorted({t.weekend for t in problem.turns if t.weekend is not None}):
            mine = [model.has[person.key, t.key] for t in problem.turns if t.weekend == key]
            model.weekend[person.key, key] = _any(model.cp, mine)
        for name in sorted({t.holiday for t in problem.turns if t.holiday}):
            mine = [model.has[person.key, t.key] for t in problem.turns if t.holiday == name]
            model.holiday[person.key, name] = _any(model.cp, mine)
    return model


def _any(cp: cp_model.CpModel, these: Iterable[cp_model.IntVar]) -> cp_model.IntVar:
    found = cp.new_bool_var("")
    cp.add_max_equality(found, list(these))
    return found


def post(model: Model, bound: Bound, only_if: cp_model.IntVar | None = None) -> None:
    """Hold a bound, always or where its part is kept."""
    sums = [model.has[pair] for pair in bound.pairs]
    sums += [model.weekend[pair] for pair in bound.weekends]
    if only_if is None and bound.most == 1 and not bound.least:
        model.cp.add_at_most_one(sums)
        return
    held = model.cp.add_linear_constraint(sum(sums), bound.least, bound.most)
    if only_if is not None:
        held.only_enforce_if(only_if)


def solver(*, seconds: float, seed: int) -> cp_model.CpSolver:
    """A solver with one worker and a fixed seed.

    Its own measure of work ends it, the same on every machine; the clock is the guard behind.
    """
    from ortools.sat.python import cp_model

    made = cp_model.CpSolver()
    made.parameters.num_workers = 1
    made.parameters.random_seed = seed
    made.parameters.linearization_level = 2
    made.parameters.max_time_in_seconds = max(0.05, seconds)
    made.parameters.max_deterministic_time = max(0.05, seconds / 2)
    return made


def best_rota(problem: Problem, *, seconds: float, seed: int) -> Proposal | None:
    """The fairest rota found in this time; nothing where there is none.

    Raises TimeoutError where none was found and none ruled out.
    """
    from ortools.sat.python import cp_model

    begun = time.monotonic()
    model = built(problem, gaps_allowed=problem.rules.gaps_allowed)
    for bound in bounds(problem):
        post(model, bound)
    model.cp.minimize(_cost(model, problem))
    solving = solver(seconds=seconds, seed=seed)
    solving.parameters.max_time_in_seconds = max(seconds / 2, seconds - (time.monotonic() - begun))
    status = solving.solve(model.cp)
    if status == cp_model.INFEASIBLE:
        return None
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise TimeoutError("No rota was found in this time, and none was ruled out.")
    given = given_by(model, problem, solving)
    return proposal(problem, given, best=status == cp_model.OPTIMAL)


def given_by(model: Model, problem: Problem, solved: cp_model.CpSolver) -> dict[str, str]:
    """Who has which turn in a solved model."""
    return {
        turn.key: person.key
        for turn in problem.turns
        for person in problem.people
        if solved.boolean_value(model.has[person.key, turn.key])
    }


def fewest_gaps(problem: Problem, *, seconds: float, seed: int) -> tuple[str, ...]:
    """The turns that stay empty when every rule and hard wish is kept, as few as can be."""
    from ortools.sat.python import cp_model

    model = built(problem, gaps_allowed=True)
    for bound in bounds(problem):
        if not bound.least:
            post(model, bound)
            continue
        for person, turn in model.has:
            if turn == bound.pairs[0][1] and person != bound.pairs[0][0]:
                model.cp.add(model.has[person, turn] == 0)
    filled = sum(model.has.values())
    model.cp.maximize(filled)
    solving = solver(seconds=seconds, seed=seed)
    if solving.solve(model.cp) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return ()
    given = given_by(model, problem, solving)
    return tuple(turn.key for turn in problem.turns if turn.key not in given)


def proposal(problem: Problem, given: Mapping[str, str], *, best: bool) -> Proposal:
    """What a choice of people amounts to: gaps, loads, how even they are, wishes not met."""
    loads = tuple(_load(problem, person, given) for person in problem.people)
    sharing = {person.key for person in sharers(problem)}
    return Proposal(
        given=tuple((t.key, given[t.key]) for t in problem.turns if t.key in given),
        gaps=tuple(t.key for t in problem.turns if t.key not in given),
        unmet=tuple(
            w for w in problem.wishes if not w.hard and w.wants is not _has_any(problem, w, given)
        ),
        loads=loads,
        spread=_spread([load for load in loads if load.person in sharing]),
        best=best,
    )


def _has_any(problem: Problem, wish: Wish, given: Mapping[str, str]) -> bool:
    return any(wish.touches(t) and given.get(t.key) == wish.person for t in problem.turns)


def sharers(problem: Problem) -> list[Person]:
    """The people among whom turns are shared: who can take at least one."""
    barred: dict[str, set[str]] = {}
    for bound in bounds(problem):
        if bound.part.key in ("ward", "role") or bound.part.key.startswith(SPEAKS):
            for person, turn in bound.pairs:
                barred.setdefault(person, set()).add(turn)
    every = len(problem.turns)
    return [p for p in problem.people if len(barred.get(p.key, ())) < every]


def _load(problem: Problem, person: Person, given: Mapping[str, str]) -> Load:
    mine = [t for t in problem.turns if given.get(t.key) == person.key]
    return Load(
        person=person.key,
        nights=person.nights_before + sum(t.weight for t in mine),
        weekends=person.weekends_before + len({t.weekend for t in mine} - {None}),
        holidays=person.holidays_before + len({t.holiday for t in mine} - {""}),
        turns=len(mine),
    )


def _spread(loads: Collection[Load]) -> Spread:
    def wide(counts: list[int]) -> int:
        return max(counts, default=0) - min(counts, default=0)

    return Spread(
        nights=wide([load.nights for load in loads]),
        weekends=wide([load.weekends for load in loads]),
        holidays=wide([load.holidays for load in loads]),
    )


def _cost(model: Model, problem: Problem) -> Sum:
    """Gaps first, then how unevenly nights, weekends and holidays fall, then soft wishes."""
    people = sharers(problem)
    cost: Sum = 0
    if problem.rules.gaps_allowed:
        for turn in problem.turns:
            filled = sum(model.has[p.key, turn.key] for p in problem.people)
            cost += GAP * (2 if turn.role == ON_CALL else 1) * (1 - filled)
    nights = {
        p.key: p.nights_before + sum(t.weight * model.has[p.key, t.key] for t in problem.turns)
        for p in people
    }
    weekends = {p.key: p.weekends_before + _of(model.weekend, p) for p in people}
    holidays = {p.key: p.holidays_before + _of(model.holiday, p) for p in people}
    whole = sum(t.weight for t in problem.turns) + sum(p.nights_before for p in people)
    even = whole if not problem.rules.gaps_allowed else None
    cost += _unfair(model.cp, list(nights.values()), _most(problem), even)
    cost += 2 * _unfair(model.cp, list(weekends.values()), _most(problem), None)
    cost += 2 * _unfair(model.cp, list(holidays.values()), _most(problem), None)
    return cost + sum(_unmet(model, problem, wish) for wish in problem.wishes if not wish.hard)


def _unmet(model: Model, problem: Problem, wish: Wish) -> Sum:
    """What a soft wish costs: each turn that somebody would rather not have, or none of these."""
    mine = [model.has[wish.person, t.key] for t in problem.turns if wish.touches(t)]
    if not wish.wants or not mine:
        return wish.weight * sum(mine)
    return wish.weight * (1 - _any(model.cp, mine))


def _of(counted: Mapping[Any, cp_model.IntVar], person: Person) -> Sum:
    return sum(one for (key, _), one in counted.items() if key == person.key)


def _most(problem: Problem) -> int:
    before = [p.nights_before + p.weekends_before + p.holidays_before for p in problem.people]
    return max(before, default=0) + sum(max(1, t.weight) for t in problem.turns)


def _unfair(
    cp: cp_model.CpModel,
    loads: list[Sum],
    most: int,
    whole: int | None,
) -> Sum:
    """The cost of a spread. The most alone counts a little: one on leave must not hide the rest."""
    if not loads:
        return 0
    top, low = cp.new_int_var(0, most, ""), cp.new_int_var(0, most, "")
    for load in loads:
        cp.add(load <= top)
        cp.add(load >= low)
    if whole is not None:
        cp.add(top >= -(-whole // len(loads)))
        cp.add(low <= whole // len(loads))
    return UNFAIR * (top - low) + TOP * top
