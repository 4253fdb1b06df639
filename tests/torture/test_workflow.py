"""S6 at length: two thousand steps of chance through the whole workflow, others at every run."""

from __future__ import annotations

from random import SystemRandom

import pytest

from tests.casework.conftest import office
from tests.security.test_workflow import MakeOffice, opened
from tests.torture.conftest import Tally

__all__ = ["office", "opened"]


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
@pytest.mark.torture("S6 steps of chance", 2_000)
def test_steps(opened: MakeOffice, tally: Tally) -> None:
    seed = SystemRandom().randrange(2**32)
    print(f"seed {seed}")
    moved = opened(seed)
    while tally.done < tally.asked:
        moved.step()
        tally.done = len(moved.taken) + len(moved.refused)
