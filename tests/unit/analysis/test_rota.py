"""A rota keeps every rule, is as fair as can be, and says the least that stands in its way.

Small problems are compared with every possible rota, judged by rules written out anew here.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardroom.analysis import rota_conflict, rota_solving
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
from wardroom.analysis.rota_solving import TOP, UNFAIR

DAY = 24 * HOUR
Given = dict[str, str]
Broken = frozenset[tuple[str, str]]
QUICK = settings(max_examples=60, deadline=None)


def broken(problem: Problem, chosen: Given) -> Broken:
    """Every rule, hard wish and kept turn that a rota breaks."""
    rules, found = problem.rules, set()
    for person in problem.people:
        mine = [t for t in problem.turns if chosen.get(t.key) == person.key]
        for turn in mine:
            if turn.ward and person.wards and turn.ward not in person.wards:
                found.add(("rule", "ward"))
            if person.roles and turn.role not in person.roles:
                found.add(("rule", "role"))
            if turn.language and turn.language not in person.languages:
                found.add(("rule", f"language {turn.language}"))
            if rules.rotate_holidays and turn.holiday in person.last_holidays:
                found.add(("rule", "holidays"))
            if person.worked_until is not None and turn.starts < person.worked_until + rules.rest:
                early = turn.starts < person.worked_until
                found.add(("rule", "one_place" if early else "rest"))
        for one, two in combinations(sorted(mine, key=lambda t: t.starts), 2):
            if two.starts < one.ends:
                found.add(("rule", "one_place"))
            if rules.rest and two.starts < one.ends + rules.rest:
                found.add(("rule", "rest"))
        off = {t.weekend for t in mine if t.weekend is not None}
        if person.last_weekend is not None:
            off.add(person.last_weekend)
        if rules.no_two_weekends_running and any(k + 1 in off for k in off):
            found.add(("rule", "weekends"))
        weeks = [t.week for t in mine]
        if rules.most_per_week and any(weeks.count(w) > rules.most_per_week for w in weeks):
            found.add(("rule", "per_week"))
    for turn in problem.turns:
        if turn.held_by and chosen.get(turn.key) != turn.held_by:
            found.add(("held", turn.key))
    for wish in problem.wishes:
        for turn in problem.turns:
            has = chosen.get(turn.key) == wish.person
            if wish.hard and wish.touches(turn) and has is not wish.wants:
                found.add(("wish", wish.key))
    return frozenset(found)


def every_rota(problem: Problem) -> Iterator[Given]:
    keys = [person.key for person in problem.people]
    takers = [*keys, ""] if problem.rules.gaps_allowed else keys
    for chosen in product(takers, repeat=len(problem.turns)):
        pairs = zip(problem.turns, chosen, strict=True)
        yield {turn.key: person for turn, person in pairs if person}


def cost(problem: Problem, chosen: Given) -> int:
    """How unfair a rota is, and how many soft wishes it leaves; all may take every turn here."""
    nights, weekends, holidays = [], [], []
    for person in problem.people:
        mine = [t for t in problem.turns if chosen.get(t.key) == person.key]
        nights.append(person.nights_before + sum(t.weight for t in mine))
        weekends.append(person.weekends_before + len({t.weekend for t in mine} - {None}))
        holidays.append(person.holidays_before + len({t.holiday for t in mine} - {""}))
    whole = 0
    for counts, times in ((nights, 1), (weekends, 2), (holidays, 2)):
        whole += times * (UNFAIR * (max(counts) - min(counts)) + TOP * max(counts))
    for wish in problem.wishes:
        had = sum(wish.touches(t) and chosen.get(t.key) == wish.person for t in problem.turns)
        there = any(wish.touches(t) for t in problem.turns)
        if not wish.hard:
            whole += wish.weight * (int(there and not had) if wish.wants else had)
    return whole


@st.composite
def turns(draw: st.DrawFn, *, most: int = 5) -> tuple[Turn, ...]:
    made = []
    for n in range(draw(st.integers(1, most))):
        starts = draw(st.integers(0, 60)) * 4 * HOUR
        day = starts // DAY
        made.append(
            Turn(
                key=f"t{n}",
                role=draw(st.sampled_from(["event", "evening"])),
                starts=starts,
                ends=starts + draw(st.sampled_from([4, 12, 24])) * HOUR,
                week=day // 5,
                ward=draw(st.sampled_from(["", "1", "2"])),
                language=draw(st.sampled_from(["", "", "es"])),
                weight=draw(st.integers(0, 2)),
                weekend=draw(st.sampled_from([None, day // 5])),
                holiday=draw(st.sampled_from(["", "", "New Year"])),
            )
        )
    return tuple(made)


@st.composite
def problems(draw: st.DrawFn, *, gaps: bool = False) -> Problem:
    """Two or three people, some turns, some wishes: tight enough to contradict often."""
    shifts = draw(turns(most=4 if gaps else 5))
    some = st.frozensets(st.sampled_from(["1", "2"]), max_size=2)
    people = tuple(
        Person(
            key=key,
            wards=draw(some),
            languages=draw(st.sampled_from([frozenset(), frozenset({"es"})])),
            last_holidays=draw(st.sampled_from([frozenset(), frozenset({"New Year"})])),
            worked_until=draw(st.sampled_from([None, None, 20 * HOUR])),
            last_weekend=draw(st.sampled_from([None, None, -1, 0])),
        )
        for key in ("a", "b", "c")[: draw(st.integers(2, 3))]
    )
    who = st.sampled_from([p.key for p in people])
    wishes = []
    for n in range(draw(st.integers(0, 4))):
        wants = draw(st.booleans()) and draw(st.booleans())
        turn = (
            draw(st.sampled_from([t.key for t in shifts])) if wants or draw(st.booleans()) else ""
        )
        starts = draw(st.integers(0, 9)) * DAY
        hard = draw(st.booleans()) or not wants
        wishes.append(
            Wish(f"w{n}", draw(who), "asked", turn, starts, starts + 2 * DAY, hard, wants)
        )
    if draw(st.booleans()):
        shifts = (replace(shifts[0], held_by=draw(who)), *shifts[1:])
    rules = Rules(
        rest=draw(st.sampled_from([0, 10 * HOUR])),
        no_two_weekends_running=draw(st.booleans()),
        most_per_week=draw(st.integers(0, 2)),
        gaps_allowed=gaps,
    )
    return Problem(people, shifts, tuple(wishes), rules)


@QUICK
@given(problem=problems())
def test_a_rota_keeps_every_rule_and_its_absence_is_said_in_the_fewest_parts(
    problem: Problem,
) -> None:
    every = {broken(problem, chosen) for chosen in every_rota(problem)}
    answer = propose(problem, seconds=20, seed=1)
    if frozenset() in every:
        assert isinstance(answer, Proposal)
        assert not answer.gaps
        assert broken(problem, dict(answer.given)) == frozenset()
        return
    assert isinstance(answer, Conflict)
    assert answer.proven
    named = {(str(part.kind), part.key) for part in answer.parts}
    assert all(named & breaks for breaks in every)
    parts = sorted(set().union(*every))
    assert not any(
        all(set(fewer) & breaks for breaks in every)
        for fewer in combinations(parts, len(named) - 1)
    )


@QUICK
@given(problem=problems(gaps=True))
def test_gaps_are_as_few_as_can_be_where_they_are_allowed(problem: Problem) -> None:
    problem = replace(problem, turns=tuple(replace(t, held_by="") for t in problem.turns))
    problem = replace(problem, wishes=tuple(w for w in problem.wishes if not w.wants))
    answer = propose(problem, seconds=20, seed=1)
    assert isinstance(answer, Proposal)
    assert broken(problem, dict(answer.given)) == frozenset()
    fewest = min(
        len(problem.turns) - len(chosen)
        for chosen in every_rota(problem)
        if not broken(problem, chosen)
    )
    assert len(answer.gaps) == fewest


@QUICK
@given(
    shifts=turns(),
    before=st.lists(st.tuples(*[st.integers(0, 3)] * 3), min_size=2, max_size=3),
    wanted=st.lists(st.tuples(st.booleans(), st.integers(0, 9), st.integers(1, 9)), max_size=3),
)
def test_no_rota_is_fairer(
    shifts: tuple[Turn, ...],
    before: list[tuple[int, int, int]],
    wanted: list[tuple[bool, int, int]],
) -> None:
    people = tuple(
        Person(f"p{n}", nights_before=a, weekends_before=b, holidays_before=c)
        for n, (a, b, c) in enumerate(before)
    )
    wishes = tuple(
        Wish(f"w{n}", "p0", "rather", "", day * DAY, (day + 3) * DAY, False, wants, weight)
        for n, (wants, day, weight) in enumerate(wanted)
    )
    shifts = tuple(replace(t, language="") for t in shifts)
    problem = Problem(people, shifts, wishes)
    fit = [chosen for chosen in every_rota(problem) if not broken(problem, chosen)]
    answer = propose(problem, seconds=20, seed=1)
    if not fit:
        assert isinstance(answer, Conflict)
        return
    assert isinstance(answer, Proposal)
    assert answer.best
    assert cost(problem, dict(answer.given)) == min(cost(problem, chosen) for chosen in fit)
    unmet = {wish.key for wish in answer.unmet}
    for wish in wishes:
        had = any(wish.touches(t) and dict(answer.given)[t.key] == wish.person for t in shifts)
        assert (wish.key in unmet) is (had is not wish.wants)


def a_night(n: int, *, role: str = ON_CALL, **more: object) -> Turn:
    made = Turn(f"{role}{n}", role, n * DAY + 17 * HOUR, n * DAY + 32 * HOUR, n // 7)
    return replace(made, **more)  # type: ignore[arg-type]


def nights(count: int) -> tuple[Turn, ...]:
    return tuple(a_night(n, role=role) for n in range(count) for role in (ON_CALL, BACKUP))


def test_the_backup_is_named_and_is_never_the_person_on_call() -> None:
    people = tuple(Person(key) for key in "abcd")
    answer = propose(Problem(people, nights(10)), seconds=5, seed=1)
    assert isinstance(answer, Proposal)
    given_to = dict(answer.given)
    assert len(given_to) == 20
    assert all(given_to[f"on_call{n}"] != given_to[f"backup{n}"] for n in range(10))


def test_a_night_on_call_without_a_backup_is_refused() -> None:
    short = a_night(0, role=BACKUP)
    with pytest.raises(ValueError, match="no backup beside it"):
        Problem((Person("a"),), (a_night(0), replace(short, ends=short.ends - 1)))
    two = (replace(short, key="b1", ends=1500), replace(short, key="b2", starts=1500))
    assert Problem((Person("a"),), (a_night(0), *two))


def test_the_same_seed_gives_the_same_rota() -> None:
    people = tuple(Person(key) for key in "abcdef")
    problem = Problem(people, nights(28))
    first = propose(problem, seconds=5, seed=3)
    assert first == propose(problem, seconds=5, seed=3)


def test_who_worked_more_before_works_less_now() -> None:
    people = (Person("a", nights_before=6), *(Person(key) for key in "bcdef"))
    answer = propose(Problem(people, nights(15)), seconds=5, seed=1)
    assert isinstance(answer, Proposal)
    assert [load.nights for load in answer.loads] == [6] * 6
    assert answer.spread.nights == 0


def test_one_on_leave_throughout_does_not_hide_the_unfairness_among_the_rest() -> None:
    people = tuple(Person(key) for key in "abcde")
    away = Wish("l", "a", "a is on leave", starts=0, ends=90 * DAY)
    answer = propose(Problem(people, nights(10), (away,)), seconds=5, seed=1)
    assert isinstance(answer, Proposal)
    assert sorted(load.nights for load in answer.loads) == [0, 5, 5, 5, 5]


def test_a_holiday_goes_to_somebody_who_did_not_have_it_last_time() -> None:
    people = tuple(Person(k, last_holidays=frozenset({"New Year"})) for k in "ab")
    people += (Person("c"), Person("d"))
    turns_of = tuple(replace(t, holiday="New Year") for t in nights(1))
    answer = propose(Problem(people, turns_of), seconds=5, seed=1)
    assert isinstance(answer, Proposal)
    assert {person for _, person in answer.given} == {"c", "d"}


def test_everybody_off_on_one_evening_is_said_with_everybodys_words() -> None:
    people = tuple(Person(key) for key in "abcdef")
    evening = Turn("e", "evening", 3 * DAY + 9 * HOUR, 3 * DAY + 12 * HOUR, 0)
    off = tuple(Wish(f"w{p.key}", p.key, f"{p.key} is away", turn="e") for p in people)
    other = Wish("x", "a", "a cannot", turn="on_call1")
    problem = Problem(people, (*nights(7), evening), (*off, other), Rules(rest=0))
    answer = propose(problem, seconds=10, seed=1)
    assert isinstance(answer, Conflict)
    assert [part.words for part in answer.parts] == [f"{key} is away" for key in "abcdef"]
    assert answer.turns == ("e",)
    assert answer.proven


def test_rest_holds_through_a_night_that_is_an_hour_shorter() -> None:
    """Clocks go forward: 22:00 to 08:00 is nine hours long, and nine are not ten."""
    late = Turn("late", "evening", 18 * HOUR, 22 * HOUR, 0)
    early = Turn("early", "evening", 31 * HOUR, 34 * HOUR, 0)
    answer = propose(Problem((Person("a"),), (late, early)), seconds=5, seed=1)
    assert isinstance(answer, Conflict)
    assert [part.key for part in answer.parts] == ["rest"]


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        ({"people": (Person("a"), Person("a"))}, "same key"),
        ({"turns": (Turn("t", "event", 5, 5, 0),)}, "ends after it begins"),
        ({"turns": (Turn("t", "event", 0, 5, 0, held_by="z"),)}, "not in the rota"),
        ({"wishes": (Wish("w", "z", "?"),)}, "of nobody here"),
        ({"wishes": (Wish("w", "a", "?", wants=True),)}, "must name the turn"),
    ],
)
def test_a_problem_that_makes_no_sense_is_refused(problem: dict[str, object], words: str) -> None:
    whole: dict[str, object] = {"people": (Person("a"),), "turns": ()}
    with pytest.raises(ValueError, match=words):
        Problem(**{**whole, **problem})  # type: ignore[arg-type]


def test_rules_take_what_is_held_as_given_and_hold_for_the_rest() -> None:
    people = tuple(Person(key) for key in "abc")
    days = tuple(
        Turn(f"d{n}", "event", n * DAY, (n + 1) * DAY, 0, held_by="a" if n < 2 else "")
        for n in range(4)
    )
    asked = Wish("w", "a", "a cannot", "d0", yields=True)
    rules = Rules(backup_named=False, held_stands=True)
    answer = propose(Problem(people, days, (asked,), rules), seconds=5, seed=1)
    assert isinstance(answer, Proposal)
    chosen = dict(answer.given)
    assert (chosen["d0"], chosen["d1"]) == ("a", "a")
    assert chosen["d2"] in "bc"
    firm = replace(asked, yields=False)
    conflict = propose(Problem(people, days, (firm,), rules), seconds=5, seed=1)
    assert isinstance(conflict, Conflict)
    assert {part.key for part in conflict.parts} == {"w", "d0"}
    both = (replace(days[1], starts=0, ends=DAY), days[0])
    conflict = propose(Problem(people, both, (), rules), seconds=5, seed=1)
    assert isinstance(conflict, Conflict)
    assert {part.key for part in conflict.parts} == {"one_place", "d0", "d1"}


def test_the_solver_is_not_loaded_before_somebody_proposes() -> None:
    look = (
        "import sys, django; django.setup(); import wardroom.config.urls, wardroom.reactions,"
        " wardroom.analysis.rota; sys.exit('ortools' in sys.modules)"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(
        [sys.executable, "-c", look], env={**os.environ, **environment}, check=False
    )
    assert done.returncode == 0


def test_the_search_and_the_reason_share_their_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter((100.0, 118.0))
    given: list[float] = []
    monkeypatch.setattr("wardroom.analysis.rota.time.monotonic", lambda: next(clock))
    monkeypatch.setattr(rota_solving, "best_rota", lambda *_, **__: None)

    def reason(problem: Problem, *, seconds: float, seed: int) -> Conflict:
        given.append(seconds)
        return Conflict((), (), proven=False)

    monkeypatch.setattr(rota_conflict, "smallest_conflict", reason)
    propose(Problem((Person("a"),), nights(1)), seconds=30, seed=1)
    assert given == [12.0]


def test_the_turns_that_stay_empty_are_looked_for_within_the_same_seconds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given: list[float] = []

    def gaps(problem: Problem, *, seconds: float, seed: int) -> tuple[str, ...]:
        given.append(seconds)
        return ()

    monkeypatch.setattr(rota_conflict, "fewest_gaps", gaps)
    for seconds in (6.0, 60.0):
        rota_conflict.smallest_conflict(Problem((Person("a"),), nights(2)), seconds=seconds, seed=1)
    assert given == [1.0, 5.0]
