"""The site served over loopback as an office runs it, and what a request costs there.

Two web processes with four threads each, real sockets, every answer looked at. CPU is that of
all web processes and, on PostgreSQL, of the whole server; one client after the other, then
eight at once. Beside it an empty page of Django, served the same way in the same minutes.
"""

from __future__ import annotations

import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psutil

from bench.figures import ROOT

CALLS, WARM, TOGETHER = 120, 16, 8
EMPTY = "bench.office.empty_page:application"
Request = tuple[str, str, Mapping[str, str] | None]
_LED_TO: set[str] = set()


def prepare() -> None:
    """Django stands before the clock starts."""
    from bench.office.pages import prepare as stand

    stand()
    os.environ["WARDROOM_HOSTS"] = "127.0.0.1"


def measure(*, made: dict[str, int]) -> dict[str, Any]:
    """Each kind of page by its name, the empty page before and after, the memory of the web."""
    from django.db import connection

    from bench.office.pages import DIRECTOR, WORST
    from wardroom.matters.models import Matter

    around = [_empty()]
    with served(_site) as (port, web):
        wholes = [web, *_database(connection)]
        before = Matter.objects.count()
        found = {
            name: _cost(port, wholes, sent, said)
            for name, sent, said in _pages(WORST, DIRECTOR, made)
        }
        came = Matter.objects.count() - before
        memory = _memory(web)
    if came != WARM + 2 * CALLS:
        raise RuntimeError(f"{came} matters came of {WARM + 2 * CALLS} forms")
    around.append(_empty())
    return {"pages": found, "empty": statistics.mean(around), "memory": memory}


def _pages(
    ward: str, director: str, made: dict[str, int]
) -> Iterator[tuple[str, Callable[[int], Request], bytes]]:
    """What is asked for, with what has to stand in each answer."""
    from bench.office.looks import TOKEN, Visitor
    from bench.office.pages import NOW, SEARCHES
    from bench.office.taking import Taking
    from wardroom.matters.models import Matter

    visitor = Visitor(f"liaison{ward}@wardroom.example")
    cookie = {"Cookie": visitor.cookie}
    anybody = {"Cookie": Visitor(director).cookie}
    mine = Matter.objects.filter(ward_code=ward, state="open", asks__kind="referral")
    keys = list(mine.filter(restricted=False).order_by("-pk").values_list("pk", flat=True)[:40])
    word = SEARCHES["a common word"]
    yield "list", lambda n: ("/issues/", "", anybody), b"<table"
    yield "search", lambda n: (f"/search/?q={word}", "", anybody), b"Found by"
    yield "page", lambda n: (f"/issues/{keys[n % len(keys)]}/", "", cookie), b"timeline"
    forms = _forms(Taking(visitor, ward, NOW), TOKEN)
    yield "create", lambda n: ("/issues/new/", next(forms), cookie), b""


def _forms(taking: Any, token: str) -> Iterator[str]:
    for _ in count():
        yield urlencode({**taking.known(), "csrfmiddlewaretoken": token})


def _cost(
    port: int, wholes: list[psutil.Process], sent: Callable[[int], Request], said: bytes
) -> dict[str, float]:
    requests = [sent(n) for n in range(WARM + 2 * CALLS)]
    for request in requests[:WARM]:
        _ask(port, request, said)
    before, began = _cpu(wholes), time.perf_counter()
    walls = sorted(_ask(port, request, said) for request in requests[WARM : WARM + CALLS])
    seconds, cpu = time.perf_counter() - began, _cpu(wholes) - before
    began = time.perf_counter()
    crowd = sorted(_at_once(port, requests[WARM + CALLS :], said))
    return {
        "cpu_ms": 1000 * cpu / CALLS,
        "p50_ms": 1000 * walls[CALLS // 2],
        "p95_ms": 1000 * walls[CALLS * 95 // 100],
        "a_second": CALLS / seconds,
        "crowd_p50_ms": 1000 * crowd[CALLS // 2],
        "crowd_p95_ms": 1000 * crowd[CALLS * 95 // 100],
        "crowd_a_second": CALLS / (time.perf_counter() - began),
    }


def _at_once(port: int, requests: list[Request], said: bytes) -> list[float]:
    """Eight clients that share the requests; every answer counts."""
    waiting, walls, broken = iter(requests), [], []
    lock = threading.Lock()

    def work() -> None:
        try:
            while True:
                with lock:
                    request = next(waiting, None)
                if request is None:
                    return
                walls.append(_ask(port, request, said))
        except BaseException as error:
            broken.append(error)

    clients = [threading.Thread(target=work) for _ in range(TOGETHER)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    if broken:
        raise broken[0]
    return walls


def _ask(port: int, request: Request, said: bytes) -> float:
    """Send one and look at what came; gives the seconds it took."""
    path, body, headers = request
    began = time.perf_counter()
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
    line.request("POST" if body else "GET", path, body or None, {**(headers or {}), **kind})
    answer = line.getresponse()
    text = answer.read()
    line.close()
    took = time.perf_counter() - began
    if body:
        right = answer.status == 302 and _is_new(answer.getheader("Location", ""))
    else:
        right = answer.status == 200 and said in text
    if not right:
        raise RuntimeError(f"{path} answered {answer.status}: {text[:300]!r}")
    return took


def _is_new(address: str) -> bool:
    """Whether a form led to a matter that no other form of this run led to."""
    new = re.match(r"/issues/\d+/", address) is not None and address not in _LED_TO
    _LED_TO.add(address)
    return new


def _empty() -> float:
    """CPU ms of an empty page of Django, served alike."""
    with served(_bare) as (port, web):
        cost = _cost(port, [web], lambda n: ("/", "", None), b"")
    return cost["cpu_ms"]


def _site(port: int) -> list[str]:
    words = ("serve", "--port", str(port), "--workers", "2", "--threads", "4")
    return [sys.executable, "-m", "wardroom.jobs.cli", *words]


def _bare(port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "gunicorn", EMPTY, "--bind", f"127.0.0.1:{port}"),
        *("--worker-class", "gthread", "--workers", "2", "--threads", "4", "--preload"),
        *("--no-control-socket", "--log-level", "warning"),
    ]


@contextmanager
def served(words: Callable[[int], list[str]]) -> Iterator[tuple[int, psutil.Process]]:
    """A server that answers, for as long as the block runs; its port and its first process."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    child = subprocess.Popen(words(port), cwd=ROOT, stdout=sys.stderr)
    try:
        _until_it_listens(port, child)
        yield port, psutil.Process(child.pid)
    finally:
        child.terminate()
        child.wait()


def _until_it_listens(port: int, child: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 300  # a machine may be busy
    while time.monotonic() < until and child.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not begin to listen")


def _database(connection: Any) -> list[psutil.Process]:
    """The PostgreSQL server itself, where there is one."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = psutil.Process(cursor.fetchone()[0])
    parent = backend.parent()
    return [parent] if parent else []


def _cpu(wholes: list[psutil.Process]) -> float:
    """Seconds of these processes and all below them, those that ended counted too."""
    total = 0.0
    for whole in wholes:
        spent = whole.cpu_times()
        total += spent.user + spent.system + spent.children_user + spent.children_system
        for child in whole.children(recursive=True):
            own = child.cpu_times()
            total += own.user + own.system
    return total


def _memory(web: psutil.Process) -> float:
    """MB that the web processes hold, what they share counted once."""
    total = 0
    for process in (web, *web.children(recursive=True)):
        for line in Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / 1024
