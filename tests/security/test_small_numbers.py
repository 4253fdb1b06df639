"""S2: no number from 1 to 4 that was left out of what is public can be worked out, not even by
holding one week against the next.

A reader knows all that was published of both weeks. A hidden number is safe where both papers
would be the same letter for letter, whichever of 1, 2, 3 and 4 it was. Weeks that share days
bind it no further: any two counts can follow each other, since what left and what came is told
nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from wardroom.kernel.small_numbers import FEWEST, counts_shown
from wardroom.reporting.rules.public import shown_cells

SEED, PAIRS = 311, 1_000
Column = list[int]
Publish = Callable[[Sequence[int]], tuple[list[str], str]]


def two_weeks(chance: Random) -> tuple[Column, Column]:
    """The counts of some districts over four weeks, and the same a week later."""
    districts = range(chance.randint(1, 9))
    most = chance.choice((2, 5, 40))
    weeks = [
        [chance.randint(0, most) // chance.choice((1, 4)) for _ in districts] for _ in range(5)
    ]
    windows = (weeks[:4], weeks[1:])
    earlier, later = ([sum(cells) for cells in zip(*window, strict=True)] for window in windows)
    return earlier, later


def given_away(publish: Publish, pair: tuple[Column, Column]) -> int:
    """How many small numbers of the two weeks the papers tell something about."""
    papers = [publish(week) for week in pair]
    found = 0
    for at, week in enumerate(pair):
        for n in (n for n, number in enumerate(week) if 0 < number < FEWEST):
            could_be = [
                value
                for value in range(1, FEWEST)
                if publish([*week[:n], value, *week[n + 1 :]]) == papers[at]
            ]
            found += could_be != [1, 2, 3, 4]
    return found


def test_nothing_small_is_found_by_holding_weeks_together() -> None:
    chance, small = Random(SEED), 0
    for _ in range(PAIRS):
        pair = two_weeks(chance)
        small += sum(0 < number < FEWEST for week in pair for number in week)
        assert given_away(counts_shown, pair) == 0, pair
    assert small > PAIRS


def test_no_small_number_and_no_sum_of_all_is_ever_shown() -> None:
    chance = Random(SEED)
    for _ in range(PAIRS):
        for week in two_weeks(chance):
            cells, total = counts_shown(week)
            assert not {*cells} & {"1", "2", "3", "4"}
            hides = any(0 < number < FEWEST for number in week)
            assert total.startswith("at least") == hides


def test_sums_as_they_were_told_first_would_give_some_away() -> None:
    chance = Random(SEED)
    assert sum(given_away(shown_cells, two_weeks(chance)) for _ in range(PAIRS)) > 100


def test_whole_sums_beside_hidden_cells_would_give_them_away() -> None:
    def careless(week: Sequence[int]) -> tuple[list[str], str]:
        return counts_shown(week)[0], str(sum(week))

    assert given_away(careless, ([3, 20], [4, 20])) == 2
