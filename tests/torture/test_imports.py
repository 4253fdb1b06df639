"""R12 to its number: a long file is read in 300 MB; the power check stands beside its alarm."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reliability.test_r12_imports import ROWS, many, measured
from tests.torture.conftest import Tally

pytestmark = pytest.mark.django_db(transaction=True)
MOST_MB = 300


@pytest.mark.torture("R12 rows read in 300 MB", ROWS)
def test_memory(tmp_path: Path, tally: Tally) -> None:
    tally.done, _, most_mb = measured(many(tmp_path / "many.csv", tally.asked))
    assert most_mb <= MOST_MB
