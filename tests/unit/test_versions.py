"""Which fields moved since a page was shown."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from wardroom.kernel.versions import moved_since, same, version_of

VALUES = st.dictionaries(
    st.sampled_from(["title", "topic", "next_on", "place"]),
    st.one_of(st.none(), st.text(max_size=20), st.dates(), st.integers()),
    min_size=1,
)


@given(values=VALUES)
def test_nothing_moved_where_nothing_changed(values: dict[str, object]) -> None:
    assert moved_since(version_of(values), values) == frozenset()


@given(values=VALUES, other=st.text(alphabet="abc", min_size=30, max_size=40))
def test_each_field_that_changed_is_named_and_no_other(
    values: dict[str, object], other: str
) -> None:
    for name in values:
        assert moved_since(version_of(values), {**values, name: other}) == {name}


@given(values=VALUES)
def test_where_nothing_was_seen_everything_moved(values: dict[str, object]) -> None:
    assert moved_since("", values) == frozenset(values)
    assert moved_since("no version at all", values) == frozenset(values)


def test_a_day_its_text_and_line_ends_count_the_same() -> None:
    assert same(date(2026, 11, 18), "2026-11-18")
    assert same("one\r\ntwo \r\n", "one\ntwo")
    assert same(None, "")
    assert not same("one", "two")
