"""Passwords are long, are nobody's first guess, and need no odd letters."""

from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import CommonPasswordValidator
from hypothesis import given
from hypothesis import strategies as st

from wardroom.config.passwords import LongEnough, NotGuessed
from wardroom.directory.rules.passwords import is_guessed, shortest

COMMON = CommonPasswordValidator().passwords
CITY = ("washington", "columbia")


@pytest.mark.parametrize(
    "password",
    [
        *("password1234", "passwordpassword", "P@ssw0rd12345", "letmein-letmein", "iloveyou123"),
        *("Washington2026!!", "district-of-columbia", "mayors-office-2026", "WardroomWardroom"),
        *("liaison.ward.5", "community.relations1", "summer2026summer", "welcome-to-wardroom"),
        *("aaaaaaaaaaaaaaaa", "abcabcabcabcabc", "123456789012345", "qwertyuiop1234"),
        *("zyxwvutsrqponml", "Jane.Doe.2026!", "janedoe12345", "trustno1trustno1"),
    ],
)
def test_what_anybody_would_try_first_is_refused(password: str) -> None:
    words = (*CITY, "jane.doe@example.org", "Jane Doe")
    assert is_guessed(password, words=words, common=COMMON)


@pytest.mark.parametrize(
    "password",
    [
        *("walk-the-alley-twice", "correct horse battery staple", "one-two-three-four"),
        *("8417-2950-3361-9027", "all lower case letters", "purple kettle on a bus"),
        *("wardroom-demonstration", "ночь улица фонарь аптека", "x7Jq2vNf9sLw4RtYb8"),
    ],
)
def test_words_in_a_row_are_taken_without_odd_letters(password: str) -> None:
    assert not is_guessed(password, words=(*CITY, "jane.doe@example.org"), common=COMMON)


@given(st.sampled_from(sorted(COMMON)), st.integers(0, 9999999))
def test_no_common_password_is_saved_by_a_number(common: str, number: int) -> None:
    """Every one of the common list, alone and with a number behind it."""
    letters = "".join(letter for letter in common if letter.isalpha())
    assert is_guessed(common, common=COMMON)
    if letters == common:
        assert is_guessed(f"{common}{number}", common=COMMON)


def test_fifteen_alone_and_twelve_beside_a_second_factor() -> None:
    assert (shortest(second_factor=False), shortest(second_factor=True)) == (15, 12)
    assert "15 characters" in LongEnough().get_help_text()
    assert "Not a common password" in NotGuessed().get_help_text()
