"""S12 at length: each of a hundred hostile texts in each text of the office, on every page."""

from __future__ import annotations

import pytest
from django.db import transaction

from tests.security.glass import glass
from tests.security.smuggling import smuggle
from tests.security.test_smuggled_programs import pages
from tests.torture.conftest import Tally
from tests.web.conftest import World, fixed_noon, fresh_cache, lent, standing, world

__all__ = ["fixed_noon", "fresh_cache", "lent", "standing", "world"]


@pytest.mark.django_db
@pytest.mark.torture("S12 hostile texts on every page", 100, on=("sqlite",))
def test_turns(world: World, tally: Tally) -> None:
    with glass() as window:
        for turn in range(tally.asked):
            with transaction.atomic():
                smuggle(turn)
                wrong = {
                    path: seen
                    for path, _, answer in pages(world)
                    if (seen := window.read(answer.getvalue().decode()))
                }
                transaction.set_rollback(True)
            assert wrong == {}, turn
            tally.done += 1
