"""A position that several funds pay: its parts add up to the job."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from wardroom.office.rules.paying import HUNDREDTH, parts_of

GIVEN = st.dictionaries(st.integers(1, 9), st.integers(1, 10_000_000), min_size=1)


@given(st.integers(1, 100), GIVEN)
def test_parts_add_up_to_the_job(hundredths: int, allocated: dict[int, int]) -> None:
    parts = parts_of(hundredths * HUNDREDTH, allocated)
    assert sum(parts.values()) == hundredths * HUNDREDTH
    assert set(parts) == set(allocated)
    assert min(parts.values()) >= 0


def test_each_fund_pays_by_what_it_gave() -> None:
    assert parts_of(Decimal(1), {1: 300, 2: 100}) == {1: Decimal("0.75"), 2: Decimal("0.25")}
    assert parts_of(Decimal(1), {1: 5, 2: 5, 3: 5}) == {
        1: Decimal("0.34"), 2: Decimal("0.33"), 3: Decimal("0.33"),
    }  # fmt: skip
    assert parts_of(Decimal(1), {}) == {}
