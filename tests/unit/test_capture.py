"""The capture line takes a line apart and keeps what it does not understand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardroom.kernel.errors import Refused
from wardroom.matters.rules import captured, day_meant

WEDNESDAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("word", "day"),
    [
        ("today", date(2026, 11, 18)),
        ("tomorrow", date(2026, 11, 19)),
        ("fri", date(2026, 11, 20)),
        ("Friday", date(2026, 11, 20)),
        ("wed", date(2026, 11, 25)),
        ("3d", date(2026, 11, 21)),
        ("2w", date(2026, 12, 2)),
        ("nov30", date(2026, 11, 30)),
        ("jan5", date(2027, 1, 5)),
        ("12/1", date(2026, 12, 1)),
        ("1/15/2027", date(2027, 1, 15)),
        ("2026-12-24", date(2026, 12, 24)),
        ("feb30", None),
        ("13/45", None),
        ("friends", None),
        ("soon", None),
    ],
)
def test_short_words_mean_days(word: str, day: date | None) -> None:
    assert day_meant(word, today=WEDNESDAY) == day


def test_line_is_taken_apart() -> None:
    line = captured(
        'Called @"Ana Ruiz" of @DPW about #rats at /"1200 block of K St NW" !fri, $1,250.50',
        today=WEDNESDAY,
    )
    assert [(n.sign, n.text, n.noun) for n in line.named] == [
        ("@", "Ana Ruiz", "party"),
        ("@", "DPW", "party"),
        ("#", "rats", "topic"),
        ("/", "1200 block of K St NW", "place"),
    ]
    assert line.due_on == date(2026, 11, 20)
    assert line.amounts == (Decimal("1250.50"),)
    assert line.channel == "phone"
    assert "!fri" not in line.wording


@pytest.mark.parametrize(
    "text", ["and/or", "see https://dc.gov/page", "a@b.org", "C#", "wow!", "50$", "!nonsense"]
)
def test_ordinary_writing_names_nothing(text: str) -> None:
    line = captured(text, today=WEDNESDAY)
    assert (line.named, line.due_on, line.amounts) == ((), None, ())


@pytest.mark.parametrize("text", ["  \n ", "...", "!", "@ # /", "— ?"])
def test_line_without_a_word_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="few words"):
        captured(text, today=WEDNESDAY)


def test_a_day_that_is_none_is_named() -> None:
    assert captured("Ring them !32nd, !fri or !32nd", today=WEDNESDAY).unread == ("32nd",)
    assert captured("Ring them !fri, wow!", today=WEDNESDAY).unread == ()


def test_a_day_that_is_over_makes_no_todo_and_is_named() -> None:
    line = captured("Seen !11/2/2026 and !2026-11-03, ring them !fri", today=WEDNESDAY)
    assert line.past == (("11/2/2026", date(2026, 11, 2)), ("2026-11-03", date(2026, 11, 3)))
    assert line.due_on == day_meant("fri", today=WEDNESDAY)
    assert captured("Seen !11/2/2026", today=WEDNESDAY).due_on is None
    assert captured("Ring them !mon, !today", today=WEDNESDAY).past == ()


@given(st.text(max_size=300), st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_any_line_is_kept_whole(text: str, today: date) -> None:
    if not any(letter.isalnum() for letter in text):
        return
    line = captured(text, today=today)
    assert line.text == " ".join(text.replace("\0", " ").split())
    assert line.due_on is None or line.due_on >= today
    assert all(name.text for name in line.named)


@given(st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]), st.dates())
def test_weekday_is_within_the_next_seven_days(word: str, today: date) -> None:
    if today > date.max - timedelta(days=8):
        return
    day = day_meant(word, today=today)
    assert day is not None
    assert 1 <= (day - today).days <= 7
    assert f"{day:%a}".lower() == word
