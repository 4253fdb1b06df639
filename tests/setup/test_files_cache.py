"""The cache in files stays small, keeps what is new, and does not list its folder each time."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from wardroom.config.files_cache import LISTED_EVERY, FilesCache

MOST, SETS = 60, 500


@pytest.fixture
def cache(tmp_path: Path) -> FilesCache:
    return FilesCache(str(tmp_path / "cache"), {"OPTIONS": {"MAX_ENTRIES": MOST}})


def fill(cache: FilesCache, folder: Path) -> None:
    """Set so many that most have to go; each file is a second older than the next."""
    for n in range(SETS):
        cache.set(f"led-{n}", str(n), 3600)
        newest = max((f for f in folder.iterdir()), key=lambda f: f.stat().st_ctime_ns)
        os.utime(newest, (n, n))


def test_it_stays_small_and_the_newest_stay(cache: FilesCache, tmp_path: Path) -> None:
    fill(cache, tmp_path / "cache")
    assert MOST // 2 < len(list((tmp_path / "cache").iterdir())) < MOST + LISTED_EVERY
    newest = range(SETS - MOST // 3, SETS)
    assert [cache.get(f"led-{n}") for n in newest] == [str(n) for n in newest]
    assert cache.get("led-0") is None


def test_the_folder_is_listed_now_and_then(
    cache: FilesCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed, real = [], os.scandir

    def scandir(path: str) -> Any:
        listed.append(path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    for n in range(SETS):
        cache.set(f"led-{n}", str(n), 3600)
    assert len(listed) == SETS // LISTED_EVERY
