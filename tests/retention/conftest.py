"""Files of this folder lie in a place of their own, and the clocks of the law are loaded."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.conftest import NOON
from tests.incidents.test_keeping import kept
from tests.records.conftest import files, library
from wardroom.matters.actions import open_matter
from wardroom.matters.models import Matter

__all__ = ["files", "kept", "library", "matter"]


@pytest.fixture
def matter(director: Cast) -> Matter:
    """An issue that is open."""
    return open_matter(
        None,
        kind="issue",
        title="A dark alley",
        owner=director.party,
        next_step="Go and look",
        next_on=NOON.date() + timedelta(days=5),
        stamp=director.stamp,
    )
