"""What a line typed in a meeting is."""

from __future__ import annotations

import pytest

from wardroom.calendar.rules.capturing import kind_of_line, words_of_line


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("We will fix the light by Friday", "promise"),
        ("Yes, and we’ll be back in May", "promise"),
        ("!! New cans on the corner", "promise"),
        ("They asked that we will come again", "asked"),
        ("? Who locks the gate", "asked"),
        ("They want a crossing guard", "asked"),
        ("Forty people came", "note"),
        ("The wall was painted", "note"),
        ("", "note"),
    ],
)
def test_words_say_what_a_line_is(text: str, kind: str) -> None:
    assert kind_of_line(text) == kind


def test_marks_are_left_out_of_the_words() -> None:
    assert words_of_line("!! New cans ") == "New cans"
    assert words_of_line("? Who locks it") == "Who locks it"
    assert words_of_line("Forty! came?") == "Forty! came?"
