"""S6 at length: a quarter of a million spoiled files, other ones at every run."""

from __future__ import annotations

from random import Random, SystemRandom

import pytest

from tests.security.fuzzing import faults
from tests.security.readers import READERS
from tests.torture.conftest import Tally

DEARER = {"requests of the city, CSV": 20, "requests of the city, GeoJSON": 8}


@pytest.mark.torture("S6 spoiled files for every reader", 240_000, on=("sqlite",))
def test_spoiled_files(tally: Tally) -> None:
    seed = SystemRandom().randrange(2**32)
    each = tally.asked // len(READERS)
    found = []
    for reader in READERS:
        cases = each // DEARER.get(reader.name, 1)
        found += faults(reader, Random(seed), cases=cases)
        tally.done += each
    assert found == [], f"seed {seed}"
