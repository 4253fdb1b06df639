"""What an outreach plan may say, how silence stands against it, and whom to turn to next."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardroom.engagement.rules import outreach, silence
from wardroom.engagement.rules.outreach import Target
from wardroom.engagement.rules.silence import Candidate
from wardroom.kernel.errors import Refused

TODAY = date(2026, 11, 18)
KNOWN = {"ward": {"5", "7"}, "smd": {"5C07", "3/4G01"}}
ONE = Target("smd", "", 2, 60)


@pytest.mark.parametrize(
    ("line", "target"),
    [
        ("Each SMD: 1 in 60 days", Target("smd", "", 1, 60)),
        ("each language: 2 contacts in 3 months.", Target("language", "", 2, 90)),
        ("Ward 7: 8 in 30 days", Target("ward", "7", 8, 30)),
        ("smd 3/4g01: 1 in 2 weeks", Target("smd", "3/4G01", 1, 14)),
        ("Amharic: 6 in 90 days", Target("language", "am", 6, 90)),
        ("Tenant association: 1 contact in 1 month", Target("kind", "tenant", 1, 30)),
    ],
)
def test_line_means_one_target_and_reads_back_the_same(line: str, target: Target) -> None:
    assert outreach.targets_in(line, known=KNOWN) == (target,)
    assert outreach.targets_in(str(target), known=KNOWN) == (target,)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (" \n ", "targets_missing"),
        ("Everybody, often", "line_unclear"),
        ("Ward 9: 1 in 30 days", "line_unclear"),
        ("Agency: 1 in 30 days", "line_unclear"),
        ("Ward 7: 0 in 30 days", "line_unclear"),
        ("Ward 7: 1 in 13 months", "line_unclear"),
        ("Ward 7: 1 in 30 days\nward 7: 2 in 30 days", "named_twice"),
    ],
)
def test_line_that_is_not_clear_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refused) as no:
        outreach.targets_in(text, known=KNOWN)
    assert (no.value.code, no.value.field) == (code, "targets")


@pytest.mark.parametrize(
    ("days", "contacts", "target", "state"),
    [
        (None, 0, ONE, "never"),
        (None, 0, None, "never"),
        (9, 1, None, "no_plan"),
        (61, 0, ONE, "silent"),
        (60, 1, ONE, "behind"),
        (0, 2, ONE, "met"),
    ],
)
def test_silence_stands_against_the_plan(
    days: int | None, contacts: int, target: Target | None, state: str
) -> None:
    last = None if days is None else TODAY - timedelta(days=days)
    assert silence.standing(last, contacts, target, today=TODAY) == state


def test_two_plans_never_hold_on_one_day() -> None:
    held = [(TODAY, TODAY + timedelta(days=30))]
    outreach.check_alone(held, TODAY + timedelta(days=31), TODAY + timedelta(days=60))
    with pytest.raises(Refused):
        outreach.check_alone(held, TODAY + timedelta(days=30), TODAY + timedelta(days=60))


def candidate(number: int, weight: float, *, few: bool = False, area: str = "") -> Candidate:
    own = area or str(number)
    return Candidate(f"party-{number}", own, ("5", own), weight, few, None)


def chosen(*candidates: Candidate, reserve: int = 33, places: int = 3) -> list[tuple[str, bool]]:
    found = silence.choose(candidates, reserve=reserve, today=TODAY, places=places)
    return [(c.key.removeprefix("party-"), c.reserved) for c in found]


def test_reserve_gives_a_place_to_where_few_report() -> None:
    many = [candidate(n, 5.0 - n) for n in range(4)]
    few = candidate(9, 0.5, few=True)
    assert chosen(*many, few) == [("0", False), ("1", False), ("9", True)]
    assert chosen(*many, few, reserve=0) == [("0", False), ("1", False), ("2", False)]
    assert chosen(*many) == [("0", False), ("1", False), ("2", False)]


def test_one_a_district_and_nobody_who_was_just_reached() -> None:
    same = [candidate(1, 2.0, area="5C07"), candidate(2, 1.0, area="5C07")]
    assert chosen(*same) == [("1", False)]
    reached = Candidate("party-3", "3", ("5", "3"), 9.0, False, TODAY - timedelta(days=6))
    assert chosen(reached, candidate(4, 0.0)) == []


def test_equal_touches_are_spread_and_where_few_report_comes_first() -> None:
    areas = [("5", "5A"), ("5", "5A"), ("5", "5B"), ("7", "7C"), ("8", "8D")]
    made = [
        Candidate(f"party-{n}", str(n), area, 3.0, area[0] == "8", None)
        for n, area in enumerate(areas)
    ]
    assert [key for key, _ in chosen(*made, reserve=0, places=4)] == ["4", "0", "3", "2"]
    assert silence.ease_of(named=True, reachable=True) > silence.ease_of(
        named=True, reachable=False
    )
    assert silence.ease_of(named=False, reachable=False) == 0


@given(
    st.lists(st.tuples(st.floats(0.1, 9.0), st.booleans()), max_size=20),
    st.integers(0, 80),
    st.integers(1, 8),
)
def test_reserve_is_kept_as_long_as_there_are_any(
    drawn: list[tuple[float, bool]], reserve: int, places: int
) -> None:
    made = [candidate(n, weight, few=few) for n, (weight, few) in enumerate(drawn)]
    keys = {key for key, _ in chosen(*made, reserve=reserve, places=places)}
    few = sum(few for _, few in drawn)
    there = sum(drawn[int(key)][1] for key in keys)
    assert len(keys) == min(places, len(drawn))
    assert there >= min(few, -(-places * reserve // 100))
