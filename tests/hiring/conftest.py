"""Files of this folder lie in a place of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cast import Cast, hire
from wardroom.access.actor import Role


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    """Where the files of resumes lie."""
    settings.FILES_ROOT = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def second_director(db: None) -> Cast:
    """A director who keeps no hiring."""
    return hire("director2", "The Other Director", Role.DIRECTOR)
