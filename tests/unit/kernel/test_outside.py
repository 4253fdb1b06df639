"""JSON from outside reads as Python reads it, or is refused before it can do harm."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardroom.kernel.outside import DEEPEST, read_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
PIECES = st.text(st.sampled_from('[]{}":,\\a1 \n'), max_size=300)
WALLS = st.integers(DEEPEST + 1, 3_000)


def as_python(text: str) -> tuple[str, Any]:
    try:
        return "read", json.loads(text)
    except ValueError:
        return "refused", None


def as_we(text: str | bytes) -> tuple[str, Any]:
    try:
        return "read", read_json(text)
    except ValueError:
        return "refused", None


@given(VALUES)
def test_values_come_back_as_they_were_written(value: Any) -> None:
    text = json.dumps(value)
    assert read_json(text) == read_json(text.encode()) == value


@given(PIECES)
def test_any_text_is_read_as_python_reads_it(text: str) -> None:
    if text.count("[") + text.count("{") <= DEEPEST:
        assert as_we(text) == as_python(text)


@given(PIECES, st.integers(0, DEEPEST + 5))
def test_brackets_in_strings_do_not_count(text: str, depth: int) -> None:
    wrapped = "[" * depth + json.dumps(text + "[" * 500) + "]" * depth
    assert as_we(wrapped) == (as_python(wrapped) if depth <= DEEPEST else ("refused", None))


@given(st.lists(st.sampled_from(["[", '{"a":']), min_size=DEEPEST + 1, max_size=3_000), PIECES)
def test_too_deep_is_refused_however_it_goes_on(opened: list[str], rest: str) -> None:
    assert as_we("".join(opened) + rest) == ("refused", None)


@given(PIECES, WALLS)
def test_deep_part_is_found_behind_anything_that_can_be_read(text: str, depth: int) -> None:
    behind = f"[{json.dumps(text)}, [], {{}}, {'[' * depth}{']' * depth}]"
    assert as_we(behind) == ("refused", None)


def test_as_deep_as_allowed_is_read_and_one_more_is_not() -> None:
    read_json("[" * DEEPEST + "]" * DEEPEST)
    with pytest.raises(ValueError, match="too deep"):
        read_json("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1))
    assert len(read_json("[" + "[]," * 10_000 + "[]]")) == 10_001


def test_depth_is_found_with_few_calls_on_the_stack() -> None:
    """Nothing of it recurses: a finalizer that runs meanwhile has all the room it needs."""
    before = sys.getrecursionlimit()
    depth = 0
    frame: Any = sys._getframe()
    while frame is not None:
        depth, frame = depth + 1, frame.f_back
    sys.setrecursionlimit(depth + 40)
    try:
        assert as_we("[" * 200_000) == ("refused", None)
    finally:
        sys.setrecursionlimit(before)


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00", b"", b"\xef\xbb\xbf", b"[1", '"a"'.encode("utf-16")]
)
def test_bytes_that_are_no_json_are_refused(content: bytes) -> None:
    assert as_we(content) == ("refused", None)


def test_mark_in_front_of_bytes_is_stepped_over() -> None:
    assert read_json(b"\xef\xbb\xbf[1]") == [1]


@pytest.mark.parametrize("text", ["NaN", "[Infinity]", '{"a": -Infinity}'])
def test_strict_reading_knows_no_nan(text: str) -> None:
    read_json(text)
    with pytest.raises(ValueError, match="no number"):
        read_json(text, strict=True)
