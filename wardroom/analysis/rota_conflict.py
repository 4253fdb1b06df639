"""The smallest set of wishes and rules that no rota can keep together, with proof.

Every way to give up some parts so that the rest can be kept (a correction) meets every conflict.
So a smallest set that meets all corrections found so far is tried: if it cannot be kept, it is a
smallest conflict; if it can, the rota that keeps it shows one more correction. Ignatiev,
Previti, Liffiton and Marques-Silva 2015, "Smallest MUS extraction with minimal hitting set
dualization".
"""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wardroom.analysis.rota_bounds import Bound, bounds
from wardroom.analysis.rota_nouns import Conflict, Part, Problem
from wardroom.analysis.rota_solving import built, fewest_gaps, given_by, post, solver
from wardroom.analysis.rota_swaps import Judge, Parts

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

GAPS_SECONDS = 5.0
LOOK_SECONDS = 2.0


@dataclass
class _Search:
    """One search: what can be given up, what was found, and how much time is gone."""

    problem: Problem
    seconds: float
    seed: int
    for_gaps: float
    bounds: list[Bound] = field(init=False)
    parts: list[Part] = field(init=False)
    begun: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.bounds = list(bounds(self.problem))
        self.parts = list(dict.fromkeys(bound.part for bound in self.bounds))

    @property
    def left(self) -> float:
        return self.seconds - (time.monotonic() - self.begun)


def smallest_conflict(problem: Problem, *, seconds: float, seed: int) -> Conflict:
    """The fewest parts that contradict one another, in a problem without a rota.

    A part of the seconds is kept for the turns that would stay empty.
    """
    search = _Search(problem, seconds - _for_gaps(seconds), seed, for_gaps=_for_gaps(seconds))
    known = _some_conflict(search)
    judge = Judge(problem, search.bounds)
    corrections: set[Parts] = set()
    while search.left > 0:
        kept = _fewest_meeting(search, corrections)
        if len(kept) >= len(known):
            return _said(search, known, proven=True)
        rota = _rota_keeping(search, kept)
        if rota is None:
            return _said(search, kept, proven=True)
        while rota:
            found = judge.near(rota)
            corrections |= found
            kept = kept.union(judge.all_broken(judge.masks(rota)))
            rota = _rota_keeping(search, kept)
    return _said(search, known, proven=False)


def _for_gaps(seconds: float) -> float:
    return min(GAPS_SECONDS, seconds / 6)


def _said(search: _Search, kept: Collection[Part], *, proven: bool) -> Conflict:
    turns = fewest_gaps(search.problem, seconds=search.for_gaps, seed=search.seed)
    return Conflict(tuple(p for p in search.parts if p in kept), turns, proven)


def _some_conflict(search: _Search) -> set[Part]:
    """Parts that contradict one another: few, yet perhaps not the fewest; at worst all of them."""
    from ortools.sat.python import cp_model

    model = built(search.problem, gaps_allowed=False)
    kept = {part: model.cp.new_bool_var("") for part in search.parts}
    for bound in search.bounds:
        post(model, bound, kept[bound.part])
    model.cp.add_assumptions(list(kept.values()))
    solving = solver(seconds=search.left / 2, seed=search.seed)
    status = solving.solve(model.cp)
    if status != cp_model.INFEASIBLE:
        return set(search.parts)
    core = set(solving.sufficient_assumptions_for_infeasibility())
    return {part for part, one in kept.items() if one.index in core}


def _rota_keeping(search: _Search, kept: Collection[Part]) -> dict[str, str] | None:
    """A rota that keeps these parts, and need not keep any other.

    Nothing where there is none; an empty one where the time was over first.
    """
    from ortools.sat.python import cp_model

    model = built(search.problem, gaps_allowed=False)
    free = {part: model.cp.new_bool_var("") for part in search.parts if part not in kept}
    for bound in search.bounds:
        post(model, bound, free.get(bound.part))
    model.cp.maximize(sum(free.values()))
    solving = _quick_solver(min(search.left, LOOK_SECONDS), search.seed)
    status = solving.solve(model.cp)
    if status == cp_model.UNKNOWN and search.left > 0:
        model.cp.clear_objective()  # type: ignore[no-untyped-call]
        solving = _quick_solver(search.left, search.seed)
        status = solving.solve(model.cp)
    if status == cp_model.INFEASIBLE:
        return None
    if status == cp_model.UNKNOWN:
        return {}
    return given_by(model, search.problem, solving)


def _quick_solver(seconds: float, seed: int) -> cp_model.CpSolver:
    """A solver for many short solves: little preparation, and the first rota is good enough."""
    made = solver(seconds=seconds, seed=seed)
    made.parameters.cp_model_probing_level = 0
    made.parameters.symmetry_level = 0
    made.parameters.stop_after_first_solution = True
    return made


def _fewest_meeting(search: _Search, corrections: set[Parts]) -> set[Part]:
    """The fewest parts of which at least one is in every correction."""
    from ortools.sat.python import cp_model

    cp = cp_model.CpModel()
    taken = {part: cp.new_bool_var("") for part in search.parts}
    order = {part: n for n, part in enumerate(search.parts)}
    for correction in sorted(corrections, key=lambda c: sorted(order[p] for p in c)):
        cp.add_bool_or([taken[part] for part in search.parts if part in correction])
    cp.minimize(sum(taken.values()))
    solving = solver(seconds=max(1.0, search.left), seed=search.seed)
    solving.solve(cp)
    return {part for part, one in taken.items() if solving.boolean_value(one)}
