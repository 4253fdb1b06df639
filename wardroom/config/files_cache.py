"""The cache in files, whose folder is listed now and then instead of at every set."""

from __future__ import annotations

import os
from contextlib import suppress
from itertools import count
from typing import Any, ClassVar

from django.core.cache.backends.filebased import FileBasedCache

LISTED_EVERY = 50


class FilesCache(FileBasedCache):
    """Keeps about as many files as it may, and lets the oldest go; Django's own lets any go."""

    _sets: ClassVar[count[int]] = count()

    def _cull(self) -> None:
        if next(self._sets) % LISTED_EVERY:
            return
        own: Any = self
        files = []
        with os.scandir(own._dir) as folder:
            for file in folder:
                if file.name.endswith(own.cache_suffix):
                    with suppress(FileNotFoundError):  # another process let it go
                        files.append((file.stat().st_mtime, file.path))
        if len(files) >= own._max_entries:
            for _, path in sorted(files)[: len(files) - 2 * own._max_entries // 3]:
                own._delete(path)
