"""Names are as close as `SequenceMatcher` says, whatever is ruled out before it is asked."""

from __future__ import annotations

from difflib import SequenceMatcher

from hypothesis import example, given
from hypothesis import strategies as st

from wardroom.casework.rules.twins import CLOSE, is_close, may_be_close, spelled

NAMES = st.text("abcde é,.", max_size=12) | st.text(max_size=12)


@given(NAMES, NAMES)
@example("", "")
@example("Ash Reed", "reade,  ASH")
@example("abcab", "baacb")
def test_names_are_close_as_they_are_compared_letter_by_letter(one: str, other: str) -> None:
    a, b, _ = spelled([one, other, one + other])
    alike = SequenceMatcher(None, a.parts, b.parts)
    assert may_be_close(a, b) is (alike.quick_ratio() >= CLOSE)
    assert is_close(a, b) is (alike.ratio() >= CLOSE)


def test_order_of_parts_and_case_are_nothing() -> None:
    one, other, third = spelled(["Ash Reed", "REED, Ash.", "Bo Lark"])
    assert one == other
    assert not is_close(one, third)
