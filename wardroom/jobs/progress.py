"""Progress on the terminal for anything that takes over a second."""

from __future__ import annotations

import sys
import time


class Progress:
    """A line on standard error that is rewritten in place, or printed now and then in a log."""

    def __init__(self, what: str, *, total: int | None = None) -> None:
        self.what = what
        self.total = total
        self.started = time.monotonic()
        self._last = 0.0
        self._live = sys.stderr.isatty()

    def at(self, done: int) -> None:
        """Say how far it is; prints at most five times a second, or every five in a log."""
        now = time.monotonic()
        if now - self._last < (0.2 if self._live else 5.0):
            return
        self._last = now
        share = f" of {self.total:,}" if self.total else ""
        self._say(f"{self.what}: {done:,}{share}, {now - self.started:.0f} s")

    def done(self, summary: str) -> None:
        """Close with a summary and the time it took."""
        self._say(f"{self.what}: {summary} in {time.monotonic() - self.started:.1f} s")
        if self._live:
            print(file=sys.stderr)

    def _say(self, line: str) -> None:
        if self._live:
            print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)
        else:
            print(line, file=sys.stderr, flush=True)
