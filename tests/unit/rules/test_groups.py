"""A group's charter, its terms, its agenda, who may ask to join, and when it meets."""

from __future__ import annotations

from datetime import date

import pytest

from wardroom.calendar.rules import monthly_days, series_days
from wardroom.engagement.rules.groups import (
    agenda_lines,
    body_words,
    check_agenda_items,
    check_agreed,
    check_approved,
    check_decides,
    check_notice,
    check_stranger,
    ends_soon,
    first_notice,
    term_ends,
)
from wardroom.kernel.errors import Refused


def test_a_monthly_meeting_keeps_its_weekday_of_the_month() -> None:
    days = monthly_days(date(2026, 11, 10), until_on=date(2027, 2, 28))
    assert days == (date(2026, 11, 10), date(2026, 12, 8), date(2027, 1, 12), date(2027, 2, 9))


def test_a_fifth_weekday_is_the_last_of_a_month_without_one() -> None:
    days = monthly_days(date(2026, 12, 31), until_on=date(2027, 4, 30))
    assert days == (
        date(2026, 12, 31),
        date(2027, 1, 28),
        date(2027, 2, 25),
        date(2027, 3, 25),
        date(2027, 4, 29),
    )


def test_a_meeting_that_ended_before_it_began_has_no_day() -> None:
    for rhythm in ("weekly", "monthly"):
        assert series_days(rhythm, date(2026, 12, 1), until_on=date(2026, 11, 1)) == ()


@pytest.mark.parametrize(
    ("since_on", "months", "ends_on"),
    [
        (date(2026, 11, 18), 12, date(2027, 11, 18)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 15), 24, date(2028, 12, 15)),
        (date(2026, 11, 18), None, None),
    ],
)
def test_a_term_ends_on_its_day_or_the_last_of_the_month(
    since_on: date, months: int | None, ends_on: date | None
) -> None:
    assert term_ends(since_on, months) == ends_on


def test_a_term_ends_soon_two_months_ahead() -> None:
    today = date(2026, 11, 18)
    assert ends_soon(date(2027, 1, 17), today=today)
    assert not ends_soon(date(2027, 1, 18), today=today)
    assert not ends_soon(None, today=today)


def test_an_agenda_is_read_as_it_was_written() -> None:
    items = check_agenda_items(["  Welcome  (10 min)", "", "What we do next"])
    assert items == (("Welcome", 10), ("What we do next", None))
    assert check_agenda_items(agenda_lines(items).splitlines()) == items


@pytest.mark.parametrize("lines", [[], [" "], ["x" * 201], ["One"] * 31])
def test_what_is_no_agenda_is_refused(lines: list[str]) -> None:
    with pytest.raises(Refused) as no:
        check_agenda_items(lines)
    assert no.value.field == "items"


@pytest.mark.parametrize("name", ["", "  ", "\u202e\u200b", "x" * 121, "Buy at https://a.example"])
def test_what_is_no_name_of_a_stranger_is_refused(name: str) -> None:
    with pytest.raises(Refused) as no:
        check_stranger(name)
    assert no.value.field == "called"


def test_signs_that_nobody_sees_are_left_out_of_a_name() -> None:
    assert check_stranger("Ada\u202e \u200b Qui\x00ll") == "Ada Quill"


def test_nobody_joins_who_did_not_agree() -> None:
    with pytest.raises(Refused):
        check_agreed(False)


def test_a_group_that_decides_says_on_what_and_may_be_a_public_body() -> None:
    with pytest.raises(Refused):
        check_decides(True, " ")
    assert check_decides(True, "Which projects  to recommend") == "Which projects to recommend"
    assert check_decides(False, "left over") == ""
    assert "may be a public body" in body_words(True)
    assert "no official action" in body_words(False)


def test_a_notice_has_a_subject_and_words() -> None:
    for subject, text in (("", "Come"), ("We meet", "")):
        with pytest.raises(Refused):
            check_notice(subject, text)
    subject, text = first_notice(
        "Alley", when="Friday", where="the library", purpose="Clean it.", agenda=["Hello"]
    )
    assert check_notice(subject, text) == (
        "Alley meets on Friday",
        "Alley meets on Friday at the library.\n\nClean it.\n\nAgenda\n1. Hello",
    )


def test_minutes_are_approved_after_their_meeting_and_not_tomorrow() -> None:
    held, today = date(2026, 12, 1), date(2027, 1, 6)
    for day, how in ((date(2026, 11, 30), "Read"), (date(2027, 1, 7), "Read"), (held, " ")):
        with pytest.raises(Refused):
            check_approved(day, how, held_on=held, today=today)
    assert check_approved(held, " Read ", held_on=held, today=today) == "Read"
