"""A large office in front of the site as it is served: eight people write and eight read."""

from __future__ import annotations

import http.client
import random
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.db import connections
from django.test import Client
from django.utils.timezone import localdate

from tests.api.live import served_site
from tests.cast import Cast
from tests.reliability.crew import all_at_once
from tests.reliability.crowd import READERS, WRITERS, Day
from wardroom.access.gate import guard_pass

TOKEN = "k" * 32
PATIENCE = 60.0
DONE, SHOWN, NO_ANSWER = 302, 200, 0


def cookie_of(who: Cast) -> str:
    """The cookie of a browser in which somebody signed in."""
    client = Client()
    with guard_pass("signing in"):
        client.force_login(who.user)
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}; {settings.CSRF_COOKIE_NAME}={TOKEN}"


class Browser:
    """One person at the site, and what the day was like."""

    def __init__(self, cookie: str, numbers: range, seed: int) -> None:
        self.cookie, self.numbers = cookie, numbers
        self.chance, self.day = random.Random(seed), Day()

    def write(self, at: tuple[str, int]) -> None:
        """Say what comes next on a matter."""
        words = {
            "next_on": (localdate() + timedelta(days=7)).isoformat(),
            "next_step": f"Call them {self.chance.random()}",
            "csrfmiddlewaretoken": TOKEN,
        }
        self._ask(at, f"/issues/{self._any()}/next/", urlencode(words), wanted=DONE)

    def read(self, at: tuple[str, int]) -> None:
        """Look at the list of the whole office, and open a matter."""
        self._ask(at, "/day/?whose=all")
        self._ask(at, f"/issues/{self._any()}/")

    def _any(self) -> int:
        return self.chance.choice(self.numbers)

    def _ask(self, at: tuple[str, int], path: str, form: str = "", wanted: int = SHOWN) -> None:
        begun = time.monotonic()
        status, text = self._answer(at, path, form)
        self.day.seconds.append(time.monotonic() - begun)
        if status != wanted:
            self.day.broken.append(f"{path}: {status} {text[:500]}")

    def _answer(self, at: tuple[str, int], path: str, form: str) -> tuple[int, str]:
        line = http.client.HTTPConnection(*at, timeout=PATIENCE)
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            line.request("POST" if form else "GET", path, form or None, headers)
            answer = line.getresponse()
            return answer.status, answer.read().decode()
        except (OSError, http.client.HTTPException) as error:
            return NO_ANSWER, str(error)
        finally:
            line.close()


def served_crowd(
    who: Cast, numbers: range, seconds: float, folder: Path
) -> tuple[list[Day], list[Day]]:
    """Eight who write and eight who read at the same time; the days of both."""
    cookies = [cookie_of(who) for _ in range(WRITERS + READERS)]
    crowd = [Browser(cookie, numbers, n) for n, cookie in enumerate(cookies)]
    connections.close_all()
    with served_site(folder) as at:
        for n in range(WRITERS):  # each process and thread has answered before
            Browser(cookies[n], numbers, n).read(at)
        until = time.monotonic() + seconds
        deeds = [*[one.write for one in crowd[:WRITERS]], *[one.read for one in crowd[WRITERS:]]]
        all_at_once([partial(_all_day, deed, at, until) for deed in deeds])
    return [one.day for one in crowd[:WRITERS]], [one.day for one in crowd[WRITERS:]]


def _all_day(deed: Callable[[tuple[str, int]], None], at: tuple[str, int], until: float) -> None:
    while time.monotonic() < until:
        deed(at)
