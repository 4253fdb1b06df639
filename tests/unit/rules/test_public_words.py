"""What may stand in a paper for the public: no small number, no house, no name, no encampment."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardroom.reporting.rules.naming import Names
from wardroom.reporting.rules.public import (
    FEWEST,
    HIDDEN,
    by_block,
    house_in,
    is_delicate,
    shown_cells,
)

COLUMNS = st.lists(st.integers(0, 40), min_size=1, max_size=12)


@given(COLUMNS)
def test_no_small_number_is_shown(numbers: list[int]) -> None:
    cells, total = shown_cells(numbers)
    assert len(cells) == len(numbers)
    for shown, number in zip(cells, numbers, strict=True):
        assert shown in (HIDDEN, f"{number:,}")
        assert shown == HIDDEN or number == 0 or number >= FEWEST
    assert total in (HIDDEN, f"{sum(numbers):,}")


@given(COLUMNS)
def test_no_small_number_follows_from_the_total(numbers: list[int]) -> None:
    """What is hidden is at least two numbers, one of them of five or more, or the total is too."""
    cells, total = shown_cells(numbers)
    hidden = [n for shown, n in zip(cells, numbers, strict=True) if shown == HIDDEN]
    if not hidden or total == HIDDEN:
        return
    assert len(hidden) >= 2
    assert max(hidden) >= FEWEST
    assert min(hidden) < FEWEST


@given(COLUMNS)
def test_nothing_is_hidden_without_need(numbers: list[int]) -> None:
    if any(0 < number < FEWEST for number in numbers):
        return
    assert shown_cells(numbers) == ([f"{n:,}" for n in numbers], f"{sum(numbers):,}")


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("Bags lie at 1740 W STREET NE again", "Bags lie at 1700 block of W STREET NE again"),
        ("12 Maple Avenue, apt 4 is open", "0 block of Maple Avenue is open"),
        ("The alley behind 3rd Street NE", "The alley behind 3rd Street NE"),
        ("1200 block of K Street NW", "1200 block of K Street NW"),
        ("We counted 14 bags there", "We counted 14 bags there"),
        ("5031 Martin Luther King Jr Ave SE", "5000 block of Martin Luther King Jr Ave SE"),
    ],
)
def test_house_is_put_as_its_block(text: str, block: str) -> None:
    assert by_block(text) == block
    assert house_in(by_block(text)) == ""


@pytest.mark.parametrize(
    "text", ["An encampment under the bridge", "Two tents", "the homeless shelter", "A victim"]
)
def test_encampments_and_victims_are_known_by_their_words(text: str) -> None:
    assert is_delicate(text)


def test_common_words_are_not_delicate() -> None:
    assert not is_delicate("The tenant's bus stop is intended to have light")


NAMES = Names.of(["Ada Quill", "Jean-Luc O’Hara Smith", "Cher", "  "])


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Ada Quill called twice", "a resident called twice"),
        ("ADA  QUILL shouted", "a resident shouted"),
        ("In Ada Quill's alley, Ms Quill’s yard", "In a resident's alley, a resident’s yard"),
        ("Mrs. Quill says so", "a resident says so"),
        ("Jean-Luc O’Hara Smith, and Ada Quill", "a resident, and a resident"),
        ("Cher Street and a quill", "Cher Street and a quill"),
    ],
)
def test_names_of_residents_are_left_out(text: str, kept: str) -> None:
    assert NAMES.left_out_of(text) == kept


@given(st.text(max_size=80))
def test_a_text_without_names_stays_as_it_is(text: str) -> None:
    if not NAMES.found_in(text):
        assert NAMES.left_out_of(text) == text


def test_ten_thousand_names_are_no_matter() -> None:
    many = Names.of(f"First{n} Last{n}" for n in range(10_000))
    found = many.found_in("so said First77 Last77 to Mr Last9999.")
    assert found == ("First77 Last77", "Mr Last9999")
