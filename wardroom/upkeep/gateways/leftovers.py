"""What a backup, a restoration or a trial leaves behind that was killed: copies of the office."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings

WORKPLACE, TRIAL, RESTORING, HALF = ".backup-", ".trial-", ".restoring-", ".half"
FORGOTTEN = 24 * 60 * 60
_HALF = re.compile(r"\..+\.\d+\.half")
_RESTORING = re.compile(r"\..+\.restoring-\d+")


def sweep(*folders: Path) -> int:
    """Remove what is a day old of runs that were killed, at home and in folders of backups.

    Gives how many there were. What a run of today left may still be in use, and stays, and so
    does what another user of the machine left.
    """
    found = list(leftovers(*folders))
    for left in found:
        with suppress(OSError):
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)
    return len(found)


def leftovers(*folders: Path) -> Iterator[Path]:
    """What of it is older than a day."""
    home = Path(settings.HOME)
    for folder in dict.fromkeys((home, home.parent, *folders)):
        for path in folder.glob(".*") if folder.is_dir() else ():
            with suppress(OSError):
                if _is_ours(path, home) and time.time() - path.stat().st_mtime > FORGOTTEN:
                    yield path


def _is_ours(path: Path, home: Path) -> bool:
    if not path.is_dir():
        return bool(_HALF.fullmatch(path.name))
    if path.parent == home and path.name.startswith((WORKPLACE, TRIAL)):
        return True
    return bool(_RESTORING.fullmatch(path.name))
