"""S2 at length: a thousand cases, and nothing of any of them outside."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.security.test_cases_kept_private import keeps_all_private
from tests.torture.conftest import Tally
from tests.web.conftest import World, agencies, fixed_noon, fresh_cache, lent, standing, world
from wardroom.directory.models import Party

__all__ = ["agencies", "fixed_noon", "fresh_cache", "lent", "standing", "world"]


@pytest.mark.django_db
@pytest.mark.torture("S2 cases kept private", 1000)
def test_cases(world: World, agencies: Mapping[str, Party], tally: Tally) -> None:
    assert keeps_all_private(world, agencies["DPW"], tally.asked, most=tally.asked) > 500
    tally.done = tally.asked
