"""What may stand in a paper for the public: no small number, no house, no name, no encampment."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardroom.kernel.addresses import block_of, by_block, house_in
from wardroom.kernel.small_numbers import FEWEST, HIDDEN, counts_shown
from wardroom.reporting.rules.naming import Names
from wardroom.reporting.rules.public import is_delicate, shown_cells

COLUMNS = st.lists(st.integers(0, 40), min_size=1, max_size=12)


TABLES = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=8)


@given(COLUMNS)
def test_no_small_number_is_shown(numbers: list[int]) -> None:
    cells, _ = counts_shown(numbers)
    assert len(cells) == len(numbers)
    for shown, number in zip(cells, numbers, strict=True):
        assert shown == (HIDDEN if 0 < number < FEWEST else f"{number:,}")


@given(COLUMNS)
def test_total_says_only_what_the_column_says(numbers: list[int]) -> None:
    """Whatever the hidden numbers are, cells and total read the same."""
    hidden = [n for n, number in enumerate(numbers) if 0 < number < FEWEST]
    for other in range(1, FEWEST):
        for n in hidden:
            assert counts_shown([*numbers[:n], other, *numbers[n + 1 :]]) == counts_shown(numbers)


@given(TABLES)
def test_no_hidden_cell_follows_from_both_margins(pairs: list[tuple[int, int]]) -> None:
    """Of those closed some were seen fixed: that a part is no larger than its whole helps nobody.

    For each hidden cell there is another table, as possible as this one, that reads the same.
    """
    rows = [(max(pair), min(pair)) for pair in pairs]
    told = _told(rows)
    for n, row in enumerate(rows):
        others = [_put(rows, n, other) for other in _possible() if other != row]
        alike = [table[n] for table in others if _told(table) == told]
        for column in (0, 1):
            if 0 < row[column] < FEWEST:
                assert any(other[column] != row[column] for other in alike)


def _possible() -> list[tuple[int, int]]:
    return [(whole, part) for whole in range(13) for part in range(whole + 1)]


def _put(rows: list[tuple[int, int]], n: int, row: tuple[int, int]) -> list[tuple[int, int]]:
    return [*rows[:n], row, *rows[n + 1 :]]


def _told(rows: list[tuple[int, int]]) -> list[tuple[list[str], str]]:
    return [counts_shown([row[column] for row in rows]) for column in (0, 1)]


def test_total_stays_near_the_truth() -> None:
    assert counts_shown([40, 3, 0, 20]) == (["40", HIDDEN, "0", "20"], "at least 61")


def test_first_method_gave_a_small_number_away() -> None:
    """Two hidden cells with a sum of 6 can only be 1 and 5; "anc 1" is told again all the same."""
    assert shown_cells([1, 5, 20]) == ([HIDDEN, HIDDEN, "20"], "26")
    assert counts_shown([1, 5, 20]) == ([HIDDEN, "5", "20"], "at least 26")


@given(COLUMNS)
def test_nothing_is_hidden_without_need(numbers: list[int]) -> None:
    if any(0 < number < FEWEST for number in numbers):
        return
    assert counts_shown(numbers) == ([f"{n:,}" for n in numbers], f"{sum(numbers):,}")


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("Bags lie at 1740 W STREET NE again", "Bags lie at 1700 block of W STREET NE again"),
        ("12 Maple Avenue, apt 4 is open", "0 block of Maple Avenue is open"),
        ("The alley behind 3rd Street NE", "The alley behind 3rd Street NE"),
        ("1200 block of K Street NW", "1200 block of K Street NW"),
        ("We counted 14 bags there", "We counted 14 bags there"),
        ("1400-1402 Oak Street NW", "1400 block of Oak Street NW"),
        ("1400–1402 Oak Street NW", "1400 block of Oak Street NW"),
        ("1400/1402 Oak Street", "1400 block of Oak Street"),
        ("1398 to 1402 Oak Street", "1300 and 1400 blocks of Oak Street"),
        ("12, 14 and 16 Oak Street are dark", "0 block of Oak Street are dark"),
        ("1400 & 1402 Oak Street", "1400 block of Oak Street"),
        ("At 1234, Oak Street", "At 1200 block of Oak Street"),
        ("#1234 Oak Street", "1200 block of Oak Street"),
        ("No. 1234 Oak Street", "1200 block of Oak Street"),
        ("1234-A Oak Street #5", "1200 block of Oak Street"),
        ("1234 1/2 Oak Street", "1200 block of Oak Street"),
        ("1234 Broadway", "1200 block of Broadway"),
        ("1234 Dunes NE", "1200 block of Dunes NE"),
        ("Rear of 1234 Oak St", "Rear of 1200 block of Oak St"),
        ("Apt 5, 1234 Oak Street NE", "1200 block of Oak Street NE"),
        ("1234 Oak Street NE, Apt. 5-B", "1200 block of Oak Street NE"),
        ("1200 block of Oak Street, Apt 5", "1200 block of Oak Street"),
        ("1300 and 1400 blocks of Oak Street", "1300 and 1400 blocks of Oak Street"),
        ("On June 5, Oak Street was swept", "On June 5, Oak Street was swept"),
        ("On June 5, 2026, Oak Street was dark", "On June 5, 2026, Oak Street was dark"),
        ("In 2026, Oak Street was dark", "In 2026, Oak Street was dark"),
        ("14 bags on Oak Street", "14 bags on Oak Street"),
        ("A unit came to 12 Oak Street", "A unit came to 0 block of Oak Street"),
        ("Request #4567 at 12 Oak Street", "Request #4567 at 0 block of Oak Street"),
        ("5031 Martin Luther King Jr Ave SE", "5000 block of Martin Luther King Jr Ave SE"),
    ],
)
def test_house_is_put_as_its_block(text: str, block: str) -> None:
    assert by_block(text) == block
    assert house_in(by_block(text)) == ""


@pytest.mark.parametrize(
    ("label", "block"),
    [
        ("1740 W STREET NE", "1700 block of W STREET NE"),
        ("1400-1402 Oak Street", "1400 block of Oak Street"),
        ("Rear of 1234 Oak St", "Rear of 1200 block of Oak St"),
        ("1234 The Dunes", "1200 block of The Dunes"),
        ("Rear of 1234 The Dunes, Apt 5", "Rear of 1200 block of The Dunes"),
        ("1234 Oak Street NE, Apt 5", "1200 block of Oak Street NE"),
        ("1234 Oak Street NE #B2", "1200 block of Oak Street NE"),
        ("1700 BLOCK OF W STREET NE", "1700 BLOCK OF W STREET NE"),
        ("1700 BLOCK W STREET NE", "1700 BLOCK W STREET NE"),
        ("14TH STREET NE AND W STREET NE", "14TH STREET NE AND W STREET NE"),
        ("Oak Park", "Oak Park"),
    ],
)
def test_label_of_a_place_is_put_as_its_block(label: str, block: str) -> None:
    assert block_of(label) == block
    assert block_of(block) == block


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
