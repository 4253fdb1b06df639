"""A rota for 13 people and 13 weeks: how long it takes, how fair it is, and when there is none.

Beside it, in the same run, the greedy way that somebody with a spreadsheet goes: turn by turn, to
whoever may take it and has had the least so far.
"""

from __future__ import annotations

import random
import time
from dataclasses import asdict, replace
from typing import Any

from bench.figures import Figure, Scale, measured_in_child
from wardroom.analysis.rota import (
    BACKUP,
    HOUR,
    ON_CALL,
    Conflict,
    Person,
    Problem,
    Proposal,
    Rules,
    Turn,
    Wish,
    propose,
)
from wardroom.analysis.rota_bounds import Bound, bounds

DAY, PEOPLE, WEEKS, SECONDS = 24 * HOUR, 13, 13, 30.0
HOLIDAYS = {30: "Thanksgiving", 59: "Christmas", 66: "New Year", 84: "King"}
CASES = ("everybody away one night", "everybody away at Christmas", "one turn a week each")


def run(scale: Scale) -> list[Figure]:
    """A quarter's rota within 30 seconds; then three that cannot be, with the smallest reason."""
    got = measured_in_child("bench.bench_rota:proposed", seed=scale.seed).value
    ours, greedy = got["spread"], got["greedy"]
    figures = [
        Figure(
            name=f"rota of {PEOPLE} people and {WEEKS} weeks",
            rows=got["turns"],
            seconds=got["wall"],
            cpu_seconds=got["cpu"],
            bar=f"{SECONDS:.0f} s",
            ok=got["wall"] <= SECONDS and not got["gaps"],
            note=(
                f"most less least: {_said(ours)}{', none fairer' if got['best'] else ''};"
                f" greedy {_said(greedy)}, {got['greedy_gaps']} gaps, {got['greedy_wall']:.2f} s"
            ),
            extra=got,
        )
    ]
    for case in CASES:
        none = measured_in_child("bench.bench_rota:contradicted", seed=scale.seed, case=case).value
        figures.append(
            Figure(
                name=f"no rota: {case}",
                rows=none["turns"],
                seconds=none["wall"],
                cpu_seconds=none["cpu"],
                bar=f"{SECONDS:.0f} CPU s, proven the smallest",
                ok=none["cpu"] <= SECONDS and none["proven"],
                note=f"{none['parts']} parts",
                extra=none,
            )
        )
    return figures


def _said(spread: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in spread.items())


def prepare() -> None:
    """Load the solver before the clock starts: a job keeps it loaded."""
    propose(Problem((Person("a"),), ()), seconds=1, seed=1)


def proposed(*, seed: int) -> dict[str, Any]:
    """A quarter solved by us, and by the greedy way."""
    problem = a_quarter(seed)
    wall, cpu = time.perf_counter(), time.process_time()
    ours = propose(problem, seconds=SECONDS, seed=seed)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    if not isinstance(ours, Proposal):
        raise RuntimeError("The quarter has a rota, and none was found.")
    since = time.perf_counter()
    greedy, gaps = greedily(problem)
    return {
        "turns": len(problem.turns),
        "wall": wall,
        "cpu": cpu,
        "best": ours.best,
        "gaps": len(ours.gaps),
        "unmet": len(ours.unmet),
        "spread": asdict(ours.spread),
        "greedy": greedy,
        "greedy_gaps": gaps,
        "greedy_wall": time.perf_counter() - since,
    }


def contradicted(*, seed: int, case: str) -> dict[str, Any]:
    """A quarter that cannot be, and the smallest reason."""
    problem = a_quarter(seed)
    if case == "one turn a week each":
        problem = replace(problem, rules=replace(problem.rules, most_per_week=1))
    else:
        rng = random.Random(seed)
        problem = replace(problem, wishes=(*problem.wishes, *_all_away(problem, case, rng)))
    wall, cpu = time.perf_counter(), time.process_time()
    found = propose(problem, seconds=SECONDS, seed=seed)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    if not isinstance(found, Conflict):
        raise RuntimeError("This cannot be, and was proposed.")
    return {
        "turns": len(problem.turns),
        "wall": wall,
        "cpu": cpu,
        "parts": len(found.parts),
        "proven": found.proven,
    }


def _all_away(problem: Problem, case: str, rng: random.Random) -> list[Wish]:
    made = []
    for n, person in enumerate(problem.people):
        first, last = 20 * DAY + DAY // 2, 21 * DAY
        if case == "everybody away at Christmas":
            first, last = (59 - rng.randrange(4)) * DAY, (61 + rng.randrange(4)) * DAY
        made.append(Wish(f"away{n}", person.key, "is away", starts=first, ends=last))
    return made


def a_quarter(seed: int) -> Problem:
    """On call and backup every night, eight ward evenings a week, leave and wishes."""
    rng = random.Random(seed)
    people = tuple(
        Person(
            key=f"p{n:02}",
            wards=frozenset(str(w) for w in rng.sample(range(1, 9), 4)),
            languages=frozenset({"es"} if n % 3 == 0 else {"am"} if n % 7 == 1 else ()),
            nights_before=rng.randint(10, 16),
            weekends_before=rng.randint(1, 3),
            holidays_before=rng.randint(0, 1),
            last_holidays=frozenset({"Christmas"} if n in (2, 5) else ()),
        )
        for n in range(PEOPLE)
    )
    turns = [turn for day in range(WEEKS * 7) for turn in _night(day)]
    for week in range(WEEKS):
        for ward in range(1, 9):
            starts = (week * 7 + rng.randrange(5)) * DAY + 18 * HOUR
            language = "es" if ward in (1, 4) and week % 2 else ""
            key = f"{week:02}-evening-{ward}"
            turns.append(Turn(key, "evening", starts, starts + 3 * HOUR, week, str(ward), language))
    wishes = [wish for person in people for wish in _wishes(person.key, rng)]
    return Problem(people, tuple(turns), tuple(wishes), Rules(most_per_week=5))


def _night(day: int) -> list[Turn]:
    holiday, late = HOLIDAYS.get(day, ""), day % 7 >= 5
    starts = day * DAY + (8 if late or holiday else 17) * HOUR
    weight = 3 if holiday else 2 if late else 1
    return [
        Turn(
            key=f"{day:03}-{role}",
            role=role,
            starts=starts,
            ends=(day + 1) * DAY + 8 * HOUR,
            week=day // 7,
            weight=weight if role == ON_CALL else max(1, weight - 1),
            weekend=day // 7 if late else None,
            holiday=holiday,
        )
        for role in (ON_CALL, BACKUP)
    ]


def _wishes(person: str, rng: random.Random) -> list[Wish]:
    made = []
    for n in range(2):
        first = rng.randrange(WEEKS * 7 - 10)
        last = first + rng.randint(3, 10)
        made.append(
            Wish(f"leave-{person}-{n}", person, "leave", starts=first * DAY, ends=last * DAY)
        )
    for n in range(3):
        day = rng.randrange(WEEKS * 7) * DAY
        key = f"rather-not-{person}-{n}"
        made.append(Wish(key, person, "rather not", starts=day, ends=day + DAY, hard=False))
    return made


def greedily(problem: Problem) -> tuple[dict[str, int], int]:
    """How uneven it is, and how many turns stay empty, when turns are given one by one."""
    from wardroom.analysis.rota_solving import proposal

    about: dict[tuple[str, str], list[Bound]] = {}
    weekend_of = {t.key: t.weekend for t in problem.turns}
    for bound in bounds(problem):
        for pair in bound.pairs:
            about.setdefault(pair, []).append(bound)
    given: dict[str, str] = {}
    nights = {p.key: p.nights_before for p in problem.people}
    off: dict[str, set[int]] = {p.key: set() for p in problem.people}
    for turn in sorted(problem.turns, key=lambda t: (t.starts, t.key)):
        weekend = weekend_of[turn.key]
        for person in sorted(nights, key=lambda key: (nights[key], key)):
            near = weekend is not None and {weekend - 1, weekend + 1} & off[person]
            full = any(
                sum(given.get(t) == p for p, t in bound.pairs) >= bound.most
                for bound in about.get((person, turn.key), ())
            )
            if not near and not full:
                given[turn.key] = person
                nights[person] += turn.weight
                off[person] |= set() if weekend is None else {weekend}
                break
    made = proposal(problem, given, best=False)
    return asdict(made.spread), len(made.gaps)
