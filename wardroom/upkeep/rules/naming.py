"""What backups are called in their folder, and which of them are one too many."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime

USUAL, BEFORE = "wardroom", "wardroom-before-upgrade"
PLAIN, SEALED = ".tar", ".tar.sealed"
_NAME = re.compile(
    rf"(?P<series>{USUAL}|{BEFORE})-(?P<at>\d{{8}}-\d{{6}})(-(?P<turn>\d+))?(?P<end>\.tar(\.sealed)?)"
)


def file_name(series: str, at: datetime, *, sealed: bool, turn: int = 1) -> str:
    """The name of a backup of this instant; ``turn`` tells those of one second apart."""
    again = f"-{turn}" if turn > 1 else ""
    return f"{series}-{at.astimezone(UTC):%Y%m%d-%H%M%S}{again}{SEALED if sealed else PLAIN}"


def too_many(names: Iterable[str], *, series: str, keep: int) -> list[str]:
    """The backups of one series beyond the newest ``keep``; no other file is ever named."""
    return _newest_first(names, series)[keep:]


def newest(names: Iterable[str], *, series: str) -> str | None:
    """The newest backup of a series; None where there is none."""
    return next(iter(_newest_first(names, series)), None)


def _newest_first(names: Iterable[str], series: str) -> list[str]:
    dated = []
    for name in names:
        found = _NAME.fullmatch(name)
        if found and found["series"] == series:
            dated.append((found["at"], int(found["turn"] or 1), name))
    return [name for _, _, name in sorted(dated, reverse=True)]
