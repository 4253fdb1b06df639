"""Files of this folder lie in a place of their own, and the clocks of the law are loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.trouble import load_topics


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    """Where the files of records and releases lie."""
    settings.FILES_ROOT = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture(autouse=True)
def library(db: None) -> None:
    """The clocks, the holidays and the grounds for keeping something back."""
    load_topics()
