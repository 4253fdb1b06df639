"""Staffing: the figures of the field notes, and what must hold whatever the figures are."""

from __future__ import annotations

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wardroom.analysis.staffing import Work, relief_factor, requirement, shares, unit_time

PLACEHOLDERS = (
    Work("issue", 5_000, 1.5, 1.5, 1.5),
    Work("persistent_location", 24, 120, 120, 120),
    Work("meeting", 1_200, 2.5, 2.5, 2.5),
    Work("incident", 96, 6, 6, 6),
)
HOURS = st.dictionaries(
    st.sampled_from([str(n) for n in range(1, 9)]), st.floats(0, 10_000), min_size=1
)


def test_relief_factors_of_the_field_notes() -> None:
    assert round(relief_factor(2_920, 1_698), 2) == 1.72
    # The notes cut 4.735 off at two places.
    assert math.floor(relief_factor(8_760, 1_850) * 100) / 100 == 4.73


def test_example_of_the_field_notes_needs_10_96_people() -> None:
    found = requirement(PLACEHOLDERS, net_hours=1_698, utilisation=0.75)
    assert round(found.fte, 2) == 10.96
    assert found.hours == 13_956
    assert found.low == found.fte == found.high


def test_range_of_the_hours_is_the_range_of_the_people() -> None:
    found = requirement([Work("issue", 100, 2, 1, 4)], net_hours=1_000, utilisation=0.5)
    assert (found.low, found.fte, found.high) == (0.2, 0.4, 0.8)


@pytest.mark.parametrize(("net", "share"), [(0, 0.75), (1_698, 0), (1_698, 1.1), (-1, 1)])
def test_nobody_works_without_hours(net: float, share: float) -> None:
    with pytest.raises(ValueError, match="hours"):
        requirement(PLACEHOLDERS, net_hours=net, utilisation=share)


def test_measured_time_is_a_ratio_with_its_range() -> None:
    found = unit_time([(60, 1), (120, 1), (90, 1), (30, 0), (60, 1), (90, 1)])
    assert found is not None
    assert (found.hours, found.observed) == (1.5, 5)
    assert found.low < found.hours < found.high


@pytest.mark.parametrize("logged", [[], [(60, 4)], [(60, 9)], [(60, 1)] * 4])
def test_few_pieces_measure_nothing(logged: list[tuple[float, int]]) -> None:
    assert unit_time(logged) is None


def test_ward_with_little_work_has_one_and_the_others_share_the_rest() -> None:
    found = {share.ward: share.fte for share in shares({"1": 10, "2": 300, "3": 600}, 7)}
    assert found == {"1": 1, "2": 2, "3": 4}


def test_ward_that_reports_seldom_would_have_more() -> None:
    found = {s.ward: s for s in shares({"7": 400, "3": 400}, 8, rates={"7": 0.5, "3": 1.0})}
    assert (found["7"].fte, found["3"].fte) == (4, 4)
    assert found["7"].even_fte == pytest.approx(16 / 3)
    assert found["3"].even_fte == pytest.approx(8 / 3)
    assert shares({"7": 1}, 1)[0].even_fte is None


@given(hours=HOURS, fte=st.floats(0, 100))
@example(hours={"1": 5e-324}, fte=1.5)
def test_every_ward_has_its_least_and_nobody_is_lost(hours: dict[str, float], fte: float) -> None:
    found = shares(hours, fte)
    assert {share.ward for share in found} == set(hours)
    assert all(share.fte >= 1 for share in found)
    assert math.fsum(share.fte for share in found) == pytest.approx(max(fte, len(hours)))
