"""Running the web server and the worker side by side, as one thing that lives or ends."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from wardroom.jobs.cluster import end_with_parent

GRACE_SECONDS = 30.0
PAUSE_SECONDS = 0.2
LAST_LINES = 25
LARGEST_LOG = 10_000_000


@dataclass(frozen=True)
class Part:
    """One program to keep running."""

    name: str
    argv: Sequence[str]


class Supervisor:
    """Starts every part; when one dies, or when told to stop, ends them all.

    Told to stop is also: the standard input ends, where it was promised to last as long as
    whoever started this. `keep` are files that every part holds open while it lives.
    """

    def __init__(
        self,
        parts: Sequence[Part],
        *,
        logs: Path | None,
        ends_with_input: bool = False,
        on_ending: Callable[[], None] = lambda: None,
        keep: Sequence[int] = (),
    ) -> None:
        self.parts = parts
        self.logs = logs
        self.ends_with_input = ends_with_input
        self.on_ending = on_ending
        self.keep = tuple(keep)
        self.stopping = False
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def run(self) -> int:
        """Run until a signal (0), or until a part dies (1, with the last lines of its log)."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            if signal.getsignal(number) is not signal.SIG_IGN:  # nohup keeps its promise
                signal.signal(number, self._stop)
        with ExitStack() as open_logs:
            try:
                for part in self.parts:
                    self.running[part.name] = self._start(part, open_logs)
                return self._watch()
            finally:
                self._end_all()

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _start(self, part: Part, open_logs: ExitStack) -> subprocess.Popen[bytes]:
        log = None
        if self.logs is not None:
            log = open_logs.enter_context(_fresh_log(self.logs, part.name).open("ab"))
        me = os.getpid()
        return subprocess.Popen(
            part.argv,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT if log else None,
            start_new_session=True,
            pass_fds=self.keep,
            preexec_fn=lambda: end_with_parent(me),
        )

    def _watch(self) -> int:
        while not self.stopping:
            for name, child in self.running.items():
                if child.poll() is not None and not self.stopping:
                    self._mourn(name, child.returncode)
                    return 1
            self._wait()
        return 0

    def _wait(self) -> None:
        if not self.ends_with_input:
            time.sleep(PAUSE_SECONDS)
        elif select.select([sys.stdin], [], [], PAUSE_SECONDS)[0]:
            self.stopping = self.stopping or not os.read(sys.stdin.fileno(), 1024)

    def _mourn(self, name: str, code: int) -> None:
        print(f"\nwardroom: the {name} ended by itself (exit code {code})", file=sys.stderr)
        if self.logs is not None:
            path = self.logs / f"{name}.log"
            lines = path.read_text(errors="replace").splitlines()[-LAST_LINES:]
            print(f"the last lines of {path}:", file=sys.stderr)
            print("\n".join(f"  {line}" for line in lines), file=sys.stderr, flush=True)

    def _end_all(self) -> None:
        self.on_ending()
        for child in self.running.values():
            if child.poll() is None:
                child.terminate()
        until = time.monotonic() + GRACE_SECONDS
        for child in self.running.values():
            try:
                child.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def _fresh_log(folder: Path, name: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.log"
    if path.exists() and path.stat().st_size > LARGEST_LOG:
        path.replace(path.with_suffix(".log.1"))
    return path
