"""Nodes on loopback over one PostgreSQL: sites and workers, each with a folder of its own."""

from __future__ import annotations

import http.client
import itertools
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import psutil

from tests.browser.house import command, free_port
from tests.jobs.test_kill import address_of_test_database

TOKEN = "k" * 32
STARTS_WITHIN = 90.0


@dataclass
class Node:
    """One running program and, of a site, its port."""

    process: psutil.Popen
    port: int = 0

    def kill(self) -> None:
        """End it and all it started at once, as a power cut would."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        for one in self.process.children(recursive=True) if self.process.is_running() else ():
            with suppress(psutil.NoSuchProcess):
                one.kill()
        self.process.wait(10)


@contextmanager
def running(folder: Path, *, sites: int, workers: int, mail: int) -> Iterator[Nodes]:
    """So many of each until the block ends; letters go to this port."""
    nodes = Nodes(folder, mail)
    try:
        nodes.sites = [nodes.start_site(n) for n in range(sites)]
        nodes.workers = [nodes.start_worker(n) for n in range(workers)]
        for site in nodes.sites:
            wait_for("a site", lambda site=site: answers(site.port), STARTS_WITHIN)  # type: ignore[misc]
        yield nodes
    finally:
        for node in (*nodes.sites, *nodes.workers):
            node.kill()


@dataclass
class Nodes:
    """All of them; files and the key are shared, all else is each one's own."""

    folder: Path
    mail: int
    sites: list[Node] = field(default_factory=list)
    workers: list[Node] = field(default_factory=list)

    def start_site(self, number: int) -> Node:
        """A site with two web processes."""
        port = free_port()
        words = ("serve", "--port", str(port), "--workers", "2", "--threads", "4")
        return Node(self._start(f"site{number}", command(*words)), port)

    def start_worker(self, number: int) -> Node:
        """A worker whose waits are short, so that a test need not wait for minutes."""
        return Node(
            self._start(f"worker{number}", [sys.executable, "-m", "tests.reliability.quick_worker"])
        )

    def _start(self, name: str, words: list[str]) -> psutil.Popen:
        home = self.folder / name
        home.mkdir()
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": address_of_test_database(),
            "WARDROOM_HOME": str(home),
            "WARDROOM_FILES": str(self.folder / "files"),
            "WARDROOM_HOSTS": "127.0.0.1",
            "WARDROOM_SMTP_HOST": "127.0.0.1",
            "WARDROOM_SMTP_PORT": str(self.mail),
        }
        with (home / "out.log").open("ab") as log:
            return psutil.Popen(
                words, env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )

    def logs(self) -> str:
        """What all of them wrote down."""
        return "".join(p.read_text(errors="replace") for p in sorted(self.folder.glob("*/out.log")))


def answers(port: int) -> bool:
    """Whether a site at this port says that it lives."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        line.request("GET", "/healthz")
        return line.getresponse().status == 200
    except OSError:
        return False
    finally:
        line.close()


def wait_for(
    what: str, true: Callable[[], bool], seconds: float, logs: Callable[[], str] = str
) -> None:
    """Wait until something is so; AssertionError with the logs where it takes longer."""
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, f"{what} did not come within {seconds:.0f} s: {logs()}"
        time.sleep(0.1)


@dataclass
class Told:
    """What became of one form: the node it was given to, when, and what came back."""

    number: int
    port: int
    began: float
    ended: float
    status: int  # 0: the line broke before an answer


class Balancer:
    """Hands forms to the sites in turn; one that takes no connection is left out from then on."""

    def __init__(self, ports: list[int], cookie: str) -> None:
        self.up, self.cookie = list(ports), cookie
        self.turn = itertools.count()
        self.told: list[Told] = []
        self.lock = threading.Lock()

    def send(self, number: int, path: str, words: Mapping[str, str]) -> Told:
        """Give a form to a site that takes it; what came is kept."""
        began = time.monotonic()
        line = self._connected()
        status = 0
        try:
            body = urlencode({**words, "csrfmiddlewaretoken": TOKEN})
            kind = "application/x-www-form-urlencoded"
            line.request("POST", path, body, {"Cookie": self.cookie, "Content-Type": kind})
            answer = line.getresponse()
            answer.read()
            status = answer.status
        except (OSError, http.client.HTTPException):
            status = 0
        finally:
            line.close()
        one = Told(number, line.port, began, time.monotonic(), status)
        with self.lock:
            self.told.append(one)
        return one

    def _connected(self) -> http.client.HTTPConnection:
        while True:
            with self.lock:
                port = self.up[next(self.turn) % len(self.up)]
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            try:
                line.connect()
            except ConnectionRefusedError:
                with self.lock:
                    if port in self.up and len(self.up) > 1:
                        self.up.remove(port)
            else:
                return line


def at_once(work: Callable[[int], object], numbers: Iterator[int], hands: int) -> None:
    """So many hands that share the work; the first that fails is told of."""
    lock = threading.Lock()
    broken: list[BaseException] = []

    def take() -> None:
        try:
            while not broken:
                with lock:
                    number = next(numbers, None)
                if number is None:
                    return
                work(number)
        except BaseException as error:
            broken.append(error)

    threads = [threading.Thread(target=take) for _ in range(hands)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if broken:
        raise broken[0]
