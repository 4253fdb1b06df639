"""The worker: a queue cluster under a watchful eye.

django-q2 runs the tasks. This module runs its cluster in a process group of its own and
looks after it: a cluster that dies, or whose queue is jammed because one of its processes
was killed while it held the queue's lock, is ended as a whole and started again. What was
under way is still due in the database and is done again, so this costs only delay.
"""

from __future__ import annotations

import ctypes
import logging
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from multiprocessing.process import BaseProcess
from typing import Any

from django.db import DatabaseError, connections
from django.utils import timezone
from django_q.signals import post_spawn, pre_execute
from django_q.tasks import async_task

from wardroom.jobs.schedule import keep_schedule
from wardroom.jobs.stamps import worker_stamp
from wardroom.upkeep.actions import forget_beat, note_beat
from wardroom.upkeep.rules import BEAT_SECONDS

logger = logging.getLogger(__name__)
FORK = multiprocessing.get_context("fork")
PROOF_SECONDS = 30.0
PATIENCE_DOUBLES = 5
GRACE_SECONDS = 25.0
STARTS_ALLOWED = 10
STARTS_WITHIN_SECONDS = 600.0


@dataclass
class Pulse:
    """When a process of the pool was last made, and when one last took a task."""

    made: Any = field(default_factory=lambda: FORK.Value("d", 0.0))
    took: Any = field(default_factory=lambda: FORK.Value("d", 0.0))

    def listen(self) -> None:
        """Hear from the pool's processes, which inherit this object."""
        post_spawn.connect(self._on_made, dispatch_uid="wardroom-made")
        pre_execute.connect(self._on_took, dispatch_uid="wardroom-took")

    def _on_made(self, **_: object) -> None:
        self.made.value = time.monotonic()

    def _on_took(self, **_: object) -> None:
        self.took.value = time.monotonic()

    def is_jammed(self, starts_in_vain: int = 0) -> bool:
        """Whether a new process has waited for a task longer than one can take to come.

        On a machine that is busy with other things a start in vain says little: after each
        one in a row the wait is twice as long, so that a slow worker is not ended for ever.
        """
        patience = PROOF_SECONDS * 2 ** min(starts_in_vain, PATIENCE_DOUBLES)
        unproven = self.took.value < self.made.value
        return bool(unproven and time.monotonic() - self.made.value > patience)


class Worker:
    """Keeps one cluster running until it is told to stop."""

    def __init__(self) -> None:
        self.pulse = Pulse()
        self.stopping = False
        self.starts: list[float] = []
        self.starts_in_vain = 0
        self.began_at = timezone.now()
        self.beat = float("-inf")

    def run(self) -> int:
        """Run until SIGTERM or SIGINT; 0 after an orderly stop, 1 when it keeps dying."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        self.pulse.listen()
        _prepare()
        while not self.stopping:
            if self._starts_too_often():
                print("wardroom: the worker dies again and again; see the log", file=sys.stderr)
                return 1
            self._watch(self._start())
        _keep_trying(lambda: forget_beat("worker"))
        return 0

    def _stop(self, *_: object) -> None:
        self.stopping = True

    def _starts_too_often(self) -> bool:
        now = time.monotonic()
        self.starts = [s for s in self.starts if now - s < STARTS_WITHIN_SECONDS] + [now]
        return len(self.starts) > STARTS_ALLOWED

    def _start(self) -> BaseProcess:
        connections.close_all()
        self.pulse.made.value = self.pulse.took.value = time.monotonic()
        cluster = FORK.Process(target=_run_cluster, args=(os.getpid(),))
        cluster.start()
        return cluster

    def _watch(self, cluster: BaseProcess) -> None:
        probed_for = 0.0
        while cluster.is_alive() and not self.stopping:
            time.sleep(0.5)
            self._say_alive()
            made = self.pulse.made.value
            if self.pulse.took.value < made and probed_for != made:
                probed_for = made
                probe()
            if self.pulse.took.value > made:
                self.starts_in_vain = 0
            if self.pulse.is_jammed(self.starts_in_vain):
                self.starts_in_vain += 1
                logger.error("the queue is jammed; starting the worker again")
                break
        else:
            if not self.stopping:
                logger.error("the queue's cluster died; starting the worker again")
        if self.stopping:
            _ask_to_end(cluster)
        _end_group(cluster)

    def _say_alive(self) -> None:
        """Leave a sign of life, and when a task was last taken."""
        now = time.monotonic()
        if now - self.beat < BEAT_SECONDS:
            return
        self.beat = now
        idle = timedelta(seconds=max(0.0, now - self.pulse.took.value))
        stamp = worker_stamp()
        took_at: datetime = stamp.at - idle
        _keep_trying(
            lambda: note_beat("worker", began_at=self.began_at, took_at=took_at, stamp=stamp)
        )


def _keep_trying(deed: Callable[[], None]) -> None:
    """Do what the next time does as well, where the database is busy or gone."""
    try:
        deed()
    except DatabaseError as error:
        logger.warning("no sign of life could be left: %s", error)
    finally:
        connections.close_all()


def probe() -> None:
    """Queue a sweep: it proves that tasks are taken, and finds what a killed worker left."""
    async_task("wardroom.jobs.delivery.sweep", task_name="sweep")
    connections.close_all()


def _prepare() -> None:
    keep_schedule(now=timezone.now())
    connections.close_all()


def _run_cluster(parent: int) -> None:
    os.setsid()
    end_with_parent(parent)
    from django_q.cluster import Cluster

    cluster = Cluster()
    cluster.start()
    while cluster.sentinel.is_alive():
        time.sleep(0.3)


def end_with_parent(parent: int) -> None:
    """Ask Linux to end this process when its parent is gone, even by kill -9."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(0)


def _ask_to_end(cluster: BaseProcess) -> None:
    if cluster.pid is not None and cluster.is_alive():
        os.kill(cluster.pid, signal.SIGTERM)
        cluster.join(GRACE_SECONDS)


def _end_group(cluster: BaseProcess) -> None:
    if cluster.pid is not None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(cluster.pid, signal.SIGKILL)
    cluster.join(5)
