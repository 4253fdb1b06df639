"""A fresh office on a fresh database, with a clock that the story sets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from tests.stories.office import Clock, Office


@pytest.fixture
def office(
    db: None,
    tmp_path: Path,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Office:
    """The office on the day it opens: people, agencies, boundaries and three years of requests."""
    settings.HOME = tmp_path / "home"
    settings.FILES_ROOT = tmp_path / "home" / "files"
    clock = Clock()
    monkeypatch.setattr("django.utils.timezone.now", clock)
    cache.clear()
    office = Office(clock, tmp_path, capsys)
    office.opens_for_the_first_time()
    return office
