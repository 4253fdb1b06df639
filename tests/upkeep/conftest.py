"""An empty place that a backup is restored into."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.upkeep.places import Empty, empty_place, programs


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Empty]:
    """A folder of its own, and on PostgreSQL a database of its own, gone afterwards."""
    with empty_place(tmp_path / "restored") as empty:
        yield empty


@pytest.fixture
def own_house(settings: Settings, tmp_path: Path) -> None:
    """A home, stored files and backups of this test alone."""
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    settings.FILES_ROOT = settings.HOME / "files"
    settings.BACKUPS = tmp_path / "backups"
    settings.BACKUPS.mkdir()
    settings.PG_PROGRAMS = programs()
