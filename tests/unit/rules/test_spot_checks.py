"""The rules of a round of spot checks: strata, packing, ratings, lots, and what it says."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import NOON
from tests.fieldwork.rounds import wanted
from wardroom.analysis import routes, sampling
from wardroom.analysis.sampling import allocation, checks_for_margin, clean_checks_needed, draw
from wardroom.fieldwork import rules
from wardroom.fieldwork.models import SpotCheck
from wardroom.kernel.errors import Refused
from wardroom.web.checks.forms import PRECISION

TODAY = NOON.date()
CELLS = st.dictionaries(
    st.tuples(st.sampled_from("123456"), st.sampled_from(("rats", "bags", "lights", "walls"))),
    st.integers(1, 60),
    min_size=1,
)


@given(CELLS, st.integers(1, 80))
def test_each_stratum_is_seen_and_the_checks_add_up(
    cells: dict[rules.Cell, int], checks: int
) -> None:
    checks = min(checks, sum(cells.values()))
    of_cell = rules.strata_of(cells, checks)
    assert set(of_cell) == set(cells)
    size: Counter[rules.Cell] = Counter()
    for cell, stratum in of_cell.items():
        size[stratum] += cells[cell]
    names = sorted(size)
    many = np.array([size[name] for name in names], dtype=np.int64)
    given_ = allocation(many, np.full(len(names), 0.5), checks, fewest=min(2, checks))
    assert int(given_.sum()) == checks
    assert bool((given_ >= 1).all())
    if checks >= 2:
        assert bool((given_ >= np.minimum(many, 2)).all())


@given(CELLS, st.integers(1, 80))
def test_stratum_keeps_its_ward_unless_all_go_together(
    cells: dict[rules.Cell, int], checks: int
) -> None:
    of_cell = rules.strata_of(cells, checks)
    together = set(of_cell.values()) == {("", "")}
    assert together or all(cell[0] == stratum[0] for cell, stratum in of_cell.items())
    assert all(stratum in (cell, (cell[0], ""), ("", "")) for cell, stratum in of_cell.items())


@given(CELLS, st.integers(0, 2**28 - 1))
def test_lot_is_the_same_again_and_draws_nothing_twice(
    cells: dict[rules.Cell, int], seed: int
) -> None:
    size = np.array([cells[name] for name in sorted(cells)], dtype=np.int64)
    stratum = np.repeat(np.arange(len(size)), size)
    number = np.minimum(size, 3)
    first, again = (draw(stratum, number, np.random.default_rng(seed)) for _ in range(2))
    assert first.tolist() == again.tolist()
    assert len(set(first.tolist())) == int(number.sum())


@given(st.sets(st.integers(1, 2**40)))
def test_numbers_are_unpacked_as_they_were_packed(numbers: set[int]) -> None:
    rising = sorted(numbers)
    assert rules.unpacked(rules.packed(rising)) == rising


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 10))
def test_lot_passes_only_whatever_is_true_of_the_unclear(
    not_fixed: int, unclear: int, most: int
) -> None:
    passes = rules.lot_passes(not_fixed, unclear, most)
    possible = {not_fixed + more <= most for more in range(unclear + 1)}
    assert passes is (possible.pop() if len(possible) == 1 else None)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"title": "  "}, "title_missing", "title"),
        ({"title": "x" * 121}, "title_missing", "title"),
        ({"source": "rumors"}, "unknown_source", "source"),
        ({"closed_until": TODAY + timedelta(days=1)}, "closed_later", "closed_until"),
        ({"closed_from": TODAY}, "turned_around", "closed_until"),
        ({"closed_from": TODAY - timedelta(days=130)}, "span_too_long", "closed_from"),
        ({"checks": None}, "checks_out_of_range", "checks"),
        ({"checks": 0}, "checks_out_of_range", "checks"),
        ({"checks": 401}, "checks_out_of_range", "checks"),
        ({"lot": "1-99", "agency": "DPW"}, "unknown_lot", "lot"),
        ({"lot": "10-30"}, "lot_without_agency", "agency"),
    ],
)
def test_round_is_refused_with_the_field_at_fault(
    changes: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(Refused) as no:
        rules.check_wanted(wanted(**changes), today=TODAY)
    assert (no.value.code, no.value.field) == (code, field)


@given(st.sampled_from([*rules.SPOT_FINDINGS, "lovely"]), st.none() | st.integers(-1, 6))
def test_rating_and_finding_agree(finding: str, rating: int | None) -> None:
    fits = finding in rules.SPOT_FINDINGS and (
        rating is None
        or (finding == "fixed" and rating == 1)
        or (finding in ("partly", "not_fixed") and 2 <= rating <= 4)
    )
    if fits:
        rules.check_spot_rating(finding, rating)
        return
    with pytest.raises(Refused) as no:
        rules.check_spot_rating(finding, rating)
    assert no.value.field in {"finding", "rating"}


def test_spread_is_even_until_something_is_known() -> None:
    assert rules.spread_of(0, 4) == rules.EVEN_SPREAD
    assert rules.spread_of(19, 20) < rules.spread_of(12, 20) < rules.EVEN_SPREAD
    assert rules.spread_of(20, 20) > 0


def test_help_text_tells_what_the_numbers_say() -> None:
    for points in (5, 10, 15):
        assert f"{checks_for_margin(points / 100)} " in PRECISION
    assert f"If all of {clean_checks_needed(0.95)} checks are fixed" in PRECISION


def test_pages_and_numbers_agree() -> None:
    assert (rules.MOST_STOPS, rules.DETOUR) == (routes.MOST_STOPS, routes.DETOUR)
    (known,) = [c for c in SpotCheck._meta.constraints if c.name == "spot_finding_is_known"]
    assert all(f"'{code}'" in str(known.deconstruct()[2]) for code in rules.SPOT_FINDINGS)


def figures(fixed: int, not_fixed: int, unclear: int = 0, of: int = 400) -> dict[str, Any]:
    """The figures of a round with one stratum."""

    def share(yes: int, checked: int) -> dict[str, Any]:
        size, n, k = (np.array([number], dtype=np.int64) for number in (of, checked, yes))
        got = sampling.verified_share(size, n, k)
        return {
            "value": got.value, "lower": got.lower, "upper": got.upper,
            "of": of, "unseen": got.unseen,
        }  # fmt: skip

    looked = fixed + not_fixed + unclear
    return {
        "fixed": fixed,
        "looked": looked,
        "cannot_determine": unclear,
        "told": share(fixed, looked - unclear),
        "worst": share(fixed, looked),
        "best": share(fixed + unclear, looked),
    }


@pytest.mark.parametrize(
    ("found", "start"),
    [
        (
            figures(37, 3),
            "About 92% of 400 closed are really fixed, most likely between 80% and 99%.",
        ),
        (figures(4, 2), "Cannot tell yet: of 400 closed, between 20% and 97% are really fixed."),
        (figures(40, 0), "All 40 looked at were fixed. That says that of 400 closed at least 92%"),
        (
            figures(0, 20),
            "None of 20 looked at was fixed. That says that of 400 closed at most 17%",
        ),
        (figures(0, 0, 6), "Cannot tell yet: nobody could tell at any stop."),
        (figures(20, 0, 12), "Cannot tell yet"),
    ],
)
def test_few_checks_cannot_tell_and_none_is_never_nothing(
    found: dict[str, Any], start: str
) -> None:
    assert rules.result_words(found).startswith(start)


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))
def test_could_not_tell_never_counts_as_fixed(fixed: int, not_fixed: int, unclear: int) -> None:
    found = figures(fixed, not_fixed, unclear)
    low, high = rules.result_range(found)
    if unclear:
        assert low <= found["worst"]["lower"] + 1e-9
        assert high >= found["best"]["upper"] - 1e-9
    assert 0 <= low <= high <= 1
