"""What a line typed in a meeting is."""

from __future__ import annotations

from datetime import date

import pytest

from wardroom.calendar.rules.capturing import kind_of_line, words_of_line
from wardroom.engagement.rules.commitments import day_named


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


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("We will paint the crosswalk by December 11", date(2026, 12, 11)),
        ("We will paint it by Dec. 11th, at the latest", date(2026, 12, 11)),
        ("We will have it by 1/15", date(2027, 1, 15)),
        ("We will keep it open until 12/24/2026", date(2026, 12, 24)),
        ("We will open it by June 1, 2028", date(2028, 6, 1)),
        ("We will open it by December 11 2027", date(2027, 12, 11)),
        ("We will open it by December 11, 2026, or so", date(2026, 12, 11)),
        ("We will have opened it by June 1, 2020", None),
        ("We will open it by February 29, 2028", date(2028, 2, 29)),
        ("We will come by Friday", date(2026, 11, 20)),
        ("We'll call you by tomorrow.", date(2026, 11, 19)),
        ("We will have had it by 11/2/2026", None),
        ("We will do it by February 30", None),
        ("We will walk by Fridays market", None),
        ("We will find what broke on November 3", None),
        ("We will come back", None),
    ],
)
def test_a_promise_keeps_the_day_that_it_names(text: str, day: date | None) -> None:
    assert day_named(text, said_on=date(2026, 11, 18)) == day
