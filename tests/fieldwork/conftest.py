"""A small city in which some requests were closed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fieldwork.rounds import closures_in


@pytest.fixture
def closures(small_city: Path, agencies: object) -> Path:
    """60 requests closed in ward 5 and 40 in ward 7, of four kinds."""
    closures_in(small_city)
    return small_city
