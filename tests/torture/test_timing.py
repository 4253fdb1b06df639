"""S3 at length: of 500 tries in turn, the known and the unknown take the same middle time."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.security.strangers import ANSWERS, MOST_APART, Way, apart
from tests.security.test_same_to_strangers import argon, asked
from tests.torture.conftest import Tally

__all__ = ["argon", "asked"]
TRIES = 500


@pytest.mark.django_db
@pytest.mark.usefixtures("argon")
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.torture(f"S3 tries of a {name}", TRIES))
        for name in ANSWERS
    ],
)
def test_middle_times(asked: Mapping[str, Way], name: str, tally: Tally) -> None:
    found = apart(asked[name], tally.asked)
    print(f"S3 {name}: {found * 1000:.2f} ms of the processor apart")
    assert found <= MOST_APART
    tally.done = tally.asked
