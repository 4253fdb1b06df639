"""Programs that call the API in somebody's place."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.ground import Ground
from tests.trouble import load_topics
from wardroom.directory.actions import OFFICE, add_party, hold_seat, make_key
from wardroom.directory.rules import LIAISON_SEAT

ROOT = "/api/v1"
ALL = ("read", "write", "hooks")


@dataclass(frozen=True)
class Program:
    """A program with a key: it sends JSON and reads JSON."""

    token: str
    client: Client

    def get(self, path: str, **headers: str) -> Any:
        """Read an address below the root of the API."""
        return self.client.get(ROOT + path, headers=self._headers(headers))

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        """Send something to an address below the root of the API."""
        return self.client.post(
            ROOT + path,
            data="" if body is None else json.dumps(body),
            content_type="application/json",
            headers=self._headers(headers),
        )

    def data(self, path: str) -> Any:
        """What is answered at an address that has to answer."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        named = {name.replace("_", "-"): value for name, value in more.items()}
        return {"Authorization": f"Bearer {self.token}", **named}


def program_of(who: Cast, *scopes: str, limit: int = 1000) -> Program:
    """A program with a key of somebody of the cast."""
    made = make_key(
        who.user, name="A program", scopes=scopes or ALL, hourly_limit=limit, stamp=HOUSE
    )
    return Program(made.token, Client(enforce_csrf_checks=True))


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """It is the fixed noon, and no call was counted yet."""
    clock = SimpleNamespace(now=lambda: NOON, localdate=timezone.localdate)
    monkeypatch.setattr("wardroom.web.edge.timezone", clock)
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def liaison_program(liaison5: Cast) -> Program:
    return program_of(liaison5)


@pytest.fixture
def other_program(liaison7: Cast) -> Program:
    return program_of(liaison7)


@pytest.fixture
def office(ground: Ground, director: Cast, liaison5: Cast, liaison7: Cast) -> Ground:
    """The library is filled; wards 5 and 7 have their liaisons."""
    return open_office(ground, {"5": liaison5, "7": liaison7})


def open_office(ground: Ground, liaisons: Mapping[str, Cast]) -> Ground:
    """Fill the library and seat the liaisons of wards."""
    load_topics()
    house = add_party(None, kind="organisation", name=OFFICE, stamp=HOUSE)
    for ward, who in liaisons.items():
        hold_seat(
            house,
            title=LIAISON_SEAT,
            holder=who.party,
            since_on=date(2026, 1, 1),
            ward_code=ward,
            stamp=HOUSE,
        )
    return ground
