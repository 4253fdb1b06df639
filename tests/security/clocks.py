"""Browsers at a site whose clock a test moves on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import PASSWORD
from tests.conftest import NOON


@dataclass
class Clock:
    """The time of the edge, the one place that asks it."""

    at: datetime = NOON
    moved: timedelta = field(default_factory=timedelta)

    def now(self) -> datetime:
        return self.at + self.moved

    def go_on(self, **spell: float) -> None:
        self.moved += timedelta(**spell)


def hang_up(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The site goes by this clock from now on."""
    clock = Clock()
    told = SimpleNamespace(now=clock.now, localdate=timezone.localdate)
    monkeypatch.setattr("wardroom.web.edge.timezone", told)
    return clock


def sign_in(email: str, password: str = PASSWORD, client: Client | None = None) -> Client:
    """A browser in which somebody signed in by the form."""
    client = client or Client()
    answer: Any = client.post("/account/login/", {"login": email, "password": password})
    assert answer.status_code == 302, answer.content.decode()
    return client


def is_in(client: Client, path: str = "/account/here/") -> bool:
    """Whether a browser is still signed in."""
    answer = client.get(path)
    assert answer.status_code in {200, 302}
    return answer.status_code != 302
