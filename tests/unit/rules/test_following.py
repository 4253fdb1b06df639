"""What somebody who reported reads: plain sentences, facts that stay apart, letters that fit."""

from __future__ import annotations

from datetime import date

import pytest

from wardroom.casework.rules.following import (
    MOST_WORDS,
    RATINGS,
    Standing,
    check_rating,
    check_words,
    fact_lines,
    standing_lines,
)
from wardroom.casework.rules.letters import (
    links_letter,
    outcome_letter,
    question_letter,
    receipt_letter,
    role_in,
)
from wardroom.casework.rules.tongues import TOLD, Told
from wardroom.kernel.errors import Refused

DAY = date(2026, 11, 18)
EVERY = pytest.mark.parametrize("told", TOLD.values(), ids=lambda t: t.code)
ENGLISH = TOLD["en"]


def test_one_agency_and_two_are_told_apart() -> None:
    one = standing_lines(ENGLISH, Standing(is_open=True, asked=1))
    two = standing_lines(ENGLISH, Standing(is_open=True, asked=2, promised_on=DAY))
    assert one[1] == "1 agency was asked to work on it."
    assert two[1:] == (
        "2 agencies were asked to work on it.",
        "An agency promised it by November 18, 2026.",
    )


def test_a_closed_report_says_its_outcome_alone() -> None:
    closed = Standing(is_open=False, closed_on=DAY, outcome="referred", asked=2)
    (line,) = standing_lines(ENGLISH, closed)
    assert line.startswith("We closed it on November 18, 2026: others have it now")


def test_a_return_says_so() -> None:
    assert standing_lines(ENGLISH, Standing(is_open=True, is_return=True)) == (
        "It came back, so we are at it again.",
    )


@EVERY
def test_what_an_agency_says_tells_nothing_of_what_we_saw(told: Told) -> None:
    lines = {line.code: line for line in fact_lines(told, Standing(is_open=True, done_on=DAY))}
    assert [code for code, line in lines.items() if line.known] == ["done"]
    assert told.day(DAY) in lines["done"].text
    assert all(line.text.strip() and "{" not in line.text for line in lines.values())


@EVERY
def test_letters_are_whole_in_every_language(told: Told) -> None:
    letters = (
        receipt_letter(
            told,
            number="R-7KQ42MXN",
            place="1200 block of First Street NE",
            ward_code="5",
            next_on=DAY,
            link="https://x.example/mine/1/",
        ),
        outcome_letter(
            told,
            number="R-7KQ42MXN",
            what="Rats",
            text="It is fixed.",
            own_words="",
            link="https://x.example/",
        ),
        question_letter(told, number="R-7KQ42MXN", text="Which gate?", link="https://x.example/"),
    )
    for letter in letters:
        assert "R-7KQ42MXN" in letter.subject
        assert "R-7KQ42MXN" in letter.text
        assert "https://x.example/" in letter.text
        assert "{" not in letter.subject + letter.text
        assert letter.text.endswith(f"{told.letter.foot}\n")
    assert told.day(DAY) in letters[0].text
    assert told.only_english in letters[1].text


def test_own_words_come_before_the_english() -> None:
    letter = outcome_letter(
        TOLD["es"], number="R-1", what="Ratas", text="Fixed.", own_words="Arreglado.", link="x"
    )
    assert letter.text.index("Arreglado.") < letter.text.index("Fixed.")
    assert TOLD["es"].only_english not in letter.text


def test_all_links_of_an_address_stand_behind_their_numbers() -> None:
    letter = links_letter(ENGLISH, [("R-1", "https://x/1"), ("R-2", "https://x/2")])
    assert "R-1\nhttps://x/1\n\nR-2\nhttps://x/2" in letter.text


def test_whoever_looks_after_it_is_told_by_role_not_by_name() -> None:
    assert role_in(ENGLISH, "5") == "The liaison of the Mayor's office for Ward 5"


@EVERY
def test_every_rating_has_its_words(told: Told) -> None:
    assert set(told.follow.ratings) == set(RATINGS)


def test_words_are_cleaned_and_must_fit() -> None:
    assert check_words("  Still\0 there ") == "Still there"
    assert check_words("") == ""
    with pytest.raises(Refused) as none:
        check_words(" ", needed=True)
    with pytest.raises(Refused) as long:
        check_words("x" * (MOST_WORDS + 1))
    with pytest.raises(Refused) as unknown:
        check_rating("very")
    assert [no.value.code for no in (none, long, unknown)] == [
        "text_missing",
        "too_long",
        "unknown_rating",
    ]
