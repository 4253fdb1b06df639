"""One word of months for each cell and kind; and what is ordinary in a city."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from wardroom.analysis.evidence import MONTHS
from wardroom.analysis.occupancy import CELL_M, Frame, Occupancy, occupy, what_is_ordinary

KINDS = 4
Row = tuple[int, int, int]
ROWS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, KINDS - 1), st.integers(-1, MONTHS - 1)),
    max_size=60,
)
FRAME = Frame(0.0, 0.0, 40)


def occupied(rows: list[Row]) -> Occupancy:
    cell, kind, month = (np.array([r[c] for r in rows], dtype=np.int64) for c in range(3))
    return occupy(FRAME, cell, kind.astype(np.int16), month.astype(np.int16), KINDS)


@settings(deadline=None)
@given(ROWS)
def test_each_cell_and_kind_has_the_months_in_which_it_was_there(rows: list[Row]) -> None:
    words: dict[tuple[int, int], int] = defaultdict(int)
    recent: dict[tuple[int, int], int] = defaultdict(int)
    for cell, kind, month in rows:
        if month >= 0:
            words[cell, kind] |= 1 << month
            recent[cell, kind] += month >= 24
    places = occupied(rows)
    found = {}
    for i, cell in enumerate(places.cells.tolist()):
        for row in range(places.first[i], places.first[i + 1]):
            pair = (cell, int(places.kinds[row]))
            found[pair] = (int(places.words[row]), int(places.recent[row]))
    assert found == {pair: (words[pair], recent[pair]) for pair in words}
    assert places.cells.tolist() == sorted({cell for cell, _ in words})


@settings(deadline=None)
@given(ROWS)
def test_shares_of_a_mix_are_one_and_a_calendar_is_one_a_month(rows: list[Row]) -> None:
    ordinary = what_is_ordinary(occupied(rows), np.ones(KINDS, dtype=bool), np.arange(KINDS))
    assert np.allclose(ordinary.mixes.sum(axis=1), 1.0)
    assert np.allclose(ordinary.calendar[:, -1], MONTHS)
    assert (np.diff(ordinary.calendar, axis=1) > 0).all()


def test_square_without_episodes_takes_the_mix_of_the_city() -> None:
    ordinary = what_is_ordinary(occupied([(3, 1, 5)]), np.ones(KINDS, dtype=bool), np.arange(KINDS))
    far = np.array([3, 40 * 40 * 40])
    assert ordinary.region_of(far, FRAME).tolist() == [0, 1]


def test_cells_of_chosen_points_are_those_of_the_points() -> None:
    rng = np.random.default_rng(3)
    x, y = rng.uniform(-500, 500, 200), rng.uniform(-500, 500, 200)
    frame, chosen = Frame.around(x, y), np.arange(0, 200, 3)
    assert (frame.cell_of(x, y, chosen) == frame.cell(x[chosen], y[chosen])).all()
    middle = np.column_stack(frame.middle(frame.cell(x, y)))
    assert (np.abs(middle - np.column_stack([x, y])) <= CELL_M / 2 + 1e-9).all()
