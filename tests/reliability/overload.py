"""More people at the site's door than it can serve at once, and what it costs it."""

from __future__ import annotations

import http.client
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

import psutil

PATIENCE = 30.0
HUNG = 0


@dataclass
class Rush:
    """What came back: how often each status, and the slowest sign of life in between."""

    statuses: Counter[int] = field(default_factory=Counter)
    slowest_life: float = 0.0


def ask(host: str, port: int, path: str) -> int:
    """One request on a connection of its own; its status, or `HUNG` where none came in time."""
    line = http.client.HTTPConnection(host, port, timeout=PATIENCE)
    try:
        line.request("GET", path)
        answer = line.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException):
        return HUNG
    else:
        return answer.status
    finally:
        line.close()


def rush(host: str, port: int, paths: list[str], *, people: int, each: int, life: str) -> Rush:
    """So many people ask for one page after another, and somebody asks for a sign of life."""
    found, over = Rush(), threading.Event()
    counted = threading.Lock()

    def visit(number: int) -> None:
        for n in range(each):
            status = ask(host, port, paths[(number + n) % len(paths)])
            with counted:
                found.statuses[status] += 1

    def look() -> None:
        while not over.is_set():
            begun = time.monotonic()
            status = ask(host, port, life)
            with counted:
                found.statuses[status] += 1
                found.slowest_life = max(found.slowest_life, time.monotonic() - begun)
            over.wait(0.5)

    looker = threading.Thread(target=look)
    visitors = [threading.Thread(target=visit, args=(n,)) for n in range(people)]
    for thread in (looker, *visitors):
        thread.start()
    for thread in visitors:
        thread.join()
    over.set()
    looker.join()
    return found


def site_processes() -> list[psutil.Process]:
    """The processes of the site that this one started: gunicorn and its workers."""
    children = psutil.Process().children(recursive=True)
    return [each for each in children if any("gunicorn" in word for word in each.cmdline())]


def size_of_site() -> tuple[float, int]:
    """Megabytes that are the site's own, each page shared counted by its part; open files."""
    processes = site_processes()
    pss = sum(process.memory_full_info().pss for process in processes)
    return pss / 1e6, sum(process.num_fds() for process in processes)
