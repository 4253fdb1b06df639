"""Header lines stay one line, and waits grow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardroom.notices.rules import LONGEST_SUBJECT, LONGEST_WAIT_SECONDS, one_line, wait_after


@given(st.text(max_size=500))
def test_no_text_makes_a_second_header(text: str) -> None:
    line = one_line(text)
    assert len(line) <= LONGEST_SUBJECT
    assert line.splitlines() in ([], [line])
    assert line.isprintable()


def test_line_breaks_become_spaces() -> None:
    assert one_line("Asked\r\nBcc: x@example.org") == "Asked Bcc: x@example.org"


def test_long_subject_is_cut_with_a_mark() -> None:
    assert one_line("a" * 300) == "a" * 197 + "..."


def test_waits_grow_to_twelve_hours() -> None:
    waits = [wait_after(n) for n in range(1, 9)]
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (300, LONGEST_WAIT_SECONDS)
    with pytest.raises(ValueError, match="nothing was tried"):
        wait_after(0)
