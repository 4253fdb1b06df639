"""A page of a long list: the last at most, and never before the first."""

from __future__ import annotations

import pytest

from wardroom.kernel.paging import page_at

ROWS = list(range(51))


@pytest.mark.parametrize(
    ("asked", "page", "shown"),
    [
        (1, 1, ROWS[:25]),
        (2, 2, ROWS[25:50]),
        (3, 3, [50]),
        (9, 3, [50]),
        (0, 1, ROWS[:25]),
        (-4, 1, ROWS[:25]),
    ],
)
def test_page_asked_for_is_shown_or_the_nearest(asked: int, page: int, shown: list[int]) -> None:
    found, pages, on_page = page_at(len(ROWS), asked, 25)
    assert (found, pages, ROWS[on_page]) == (page, 3, shown)


def test_empty_list_has_one_page() -> None:
    assert page_at(0, 1, 25) == (1, 1, slice(0, 25))


def test_full_page_has_none_after_it() -> None:
    assert page_at(50, 2, 25)[:2] == (2, 2)
