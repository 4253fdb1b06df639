"""The rules and hard wishes of a rota as plain sums: at most, or at least, so many of these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from wardroom.analysis.rota_nouns import HOUR, Part, PartKind, Person, Problem, Rules, Turn

Key = tuple[str, str]
SPEAKS = "language "


@dataclass(frozen=True)
class Bound:
    """For one part: of these (person, turn) pairs at most, and at least, so many.

    ``weekends`` are (person, weekend) pairs, counted once however many turns they hold.
    """

    part: Part
    pairs: tuple[Key, ...] = ()
    weekends: tuple[tuple[str, int], ...] = ()
    most: int = 0
    least: int = 0


def bounds(problem: Problem) -> Iterator[Bound]:
    """Every bound of the problem but one: that each turn has one person, or none where allowed."""
    every = _every(problem)
    return _with_held_given(every, problem) if problem.rules.held_stands else every


def _every(problem: Problem) -> Iterator[Bound]:
    parts = rule_parts(problem.rules)
    for person in problem.people:
        yield from _able(person, problem.turns, parts)
        yield from _rested(person, problem, parts)
        yield from _weekends(person, problem, parts)
    yield from _held(problem)
    yield from _wished(problem)


def _with_held_given(every: Iterable[Bound], problem: Problem) -> Iterator[Bound]:
    """The bounds as what is held leaves them: a rule that it breaks allows it, and no more."""
    held = {(t.held_by, t.key) for t in problem.turns if t.held_by}
    weekends = {(t.held_by, t.weekend) for t in problem.turns if t.held_by}
    yielding = {wish.key for wish in problem.wishes if wish.yields}
    for bound in every:
        kind, key = bound.part.kind, bound.part.key
        yields = key != "one_place" if kind == PartKind.RULE else key in yielding
        if kind == PartKind.HELD or not yields or bound.least:
            yield bound
            continue
        have = sum(p in held for p in bound.pairs) + sum(w in weekends for w in bound.weekends)
        yield replace(bound, most=have) if have > bound.most else bound


def rule_parts(rules: Rules) -> dict[str, Part]:
    """Each rule as a part of a conflict, with its words."""
    words = {
        "ward": "A turn for a ward goes to somebody who covers that ward.",
        "role": "A turn goes to somebody who takes turns of its kind.",
        "one_place": "Nobody has two turns at once, so the backup is never the person on call.",
        "rest": f"Everybody rests {_hours(rules.rest)} between two turns.",
        "weekends": "Nobody works two weekends running.",
        "holidays": "Nobody works a holiday that they worked when it last came round.",
        "per_week": f"Nobody has more than {rules.most_per_week} turns in a week.",
    }
    return {key: Part(PartKind.RULE, key, text) for key, text in words.items()}


def language_part(language: str) -> Part:
    """That turns which ask for one language go to those who speak it."""
    words = f"A turn that asks for {language} goes to somebody who speaks it."
    return Part(PartKind.RULE, f"{SPEAKS}{language}", words)


def _hours(minutes: int) -> str:
    hours, rest = divmod(minutes, HOUR)
    return f"{hours} hours" if not rest else f"{hours} hours and {rest} minutes"


def _able(person: Person, turns: tuple[Turn, ...], parts: dict[str, Part]) -> Iterator[Bound]:
    for turn in turns:
        pair = ((person.key, turn.key),)
        if turn.ward and person.wards and turn.ward not in person.wards:
            yield Bound(parts["ward"], pair)
        if person.roles and turn.role not in person.roles:
            yield Bound(parts["role"], pair)
        if turn.language and turn.language not in person.languages:
            yield Bound(language_part(turn.language), pair)


def _rested(person: Person, problem: Problem, parts: dict[str, Part]) -> Iterator[Bound]:
    rules = problem.rules
    for together in at_once(problem.turns, 0):
        yield Bound(parts["one_place"], _pairs(person, together), most=1)
    for close in at_once(problem.turns, rules.rest) if rules.rest else ():
        yield Bound(parts["rest"], _pairs(person, close), most=1)
    if person.worked_until is not None:
        for turn in problem.turns:
            if turn.starts < person.worked_until:
                yield Bound(parts["one_place"], _pairs(person, [turn]))
            elif turn.starts < person.worked_until + rules.rest:
                yield Bound(parts["rest"], _pairs(person, [turn]))
    if rules.most_per_week:
        for week in sorted({t.week for t in problem.turns}):
            mine = [t for t in problem.turns if t.week == week]
            if len(mine) > rules.most_per_week:
                yield Bound(parts["per_week"], _pairs(person, mine), most=rules.most_per_week)


def at_once(turns: Iterable[Turn], rest: int) -> list[list[Turn]]:
    """The largest sets of turns of which any two are too close for one person."""
    order = sorted(turns, key=lambda t: (t.starts, t.ends, t.key))
    found: list[list[Turn]] = []
    running: list[Turn] = []
    for turn in order:
        still = [t for t in running if t.ends + rest > turn.starts]
        if len(still) < len(running) and len(running) > 1:
            found.append(running)
        running = [*still, turn]
    return [*found, running] if len(running) > 1 else found


def _weekends(person: Person, problem: Problem, parts: dict[str, Part]) -> Iterator[Bound]:
    if problem.rules.no_two_weekends_running:
        there = sorted({t.weekend for t in problem.turns if t.weekend is not None})
        for first, second in pairwise(there):
            if second == first + 1:
                both = ((person.key, first), (person.key, second))
                yield Bound(parts["weekends"], weekends=both, most=1)
        if person.last_weekend is not None and person.last_weekend + 1 in there:
            yield Bound(parts["weekends"], weekends=((person.key, person.last_weekend + 1),))
    if problem.rules.rotate_holidays:
        for turn in problem.turns:
            if turn.holiday in person.last_holidays:
                yield Bound(parts["holidays"], _pairs(person, [turn]))


def _held(problem: Problem) -> Iterator[Bound]:
    for turn in problem.turns:
        if turn.held_by:
            part = Part(PartKind.HELD, turn.key, "This turn is kept as it was set by hand.")
            yield Bound(part, ((turn.held_by, turn.key),), most=1, least=1)


def _wished(problem: Problem) -> Iterator[Bound]:
    for wish in problem.wishes:
        if not wish.hard:
            continue
        part = Part(PartKind.WISH, wish.key, wish.words)
        for turn in problem.turns:
            if wish.touches(turn):
                one = int(wish.wants)
                yield Bound(part, ((wish.person, turn.key),), most=one, least=one)


def _pairs(person: Person, turns: Iterable[Turn]) -> tuple[Key, ...]:
    return tuple((person.key, turn.key) for turn in turns)
