"""A city with an Open311 server: a mirror of 311, our own reports, and a program with a key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from lxml import etree

from tests.api.v1.conftest import office as office
from tests.cast import HOUSE
from tests.conftest import NOON
from tests.ground import Ground
from tests.service_requests.samples import row, take, write
from wardroom.api.open311 import door
from wardroom.directory.actions import make_key
from wardroom.library.actions import sort_services

V2, TRIAL = "/open311/v2", "/open311/test/v2"
HERE = {"lat": "38.92123", "long": "-77.00345"}


@dataclass
class Program:
    """A program that speaks GeoReport: it reads both formats and sends forms."""

    token: str
    client: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True))

    def get(self, path: str, base: str = V2, **given: str) -> Any:
        """An answer at an address below the endpoint."""
        return self.client.get(base + path, given)

    def json(self, path: str, **given: str) -> Any:
        """What is answered as JSON, where it has to be answered."""
        answer = self.get(f"{path}.json", **given)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def xml(self, path: str, **given: str) -> Any:
        """The same as XML."""
        answer = self.get(f"{path}.xml", **given)
        assert answer.status_code == 200, answer.content
        return etree.fromstring(answer.content)

    def send(self, base: Any = V2, ending: Any = "json", **given: Any) -> Any:
        """Report a rat, unless said otherwise; what is None is left out."""
        words: dict[str, Any] = {
            "api_key": self.token,
            "service_code": "rodents",
            "description": "Rats run out of the vacant house at night.",
            "attribute[seen]": "live",
            **HERE,
            **given,
        }
        kept = {name: text for name, text in words.items() if text is not None}
        return self.client.post(f"{base}/requests.{ending}", kept)

    def sent(self, **given: Any) -> str:
        """The number of a report that was sent."""
        answer = self.send(**given)
        assert answer.status_code == 200, answer.content
        return str(answer.json()[0]["service_request_id"])


def said(answer: Any) -> list[str]:
    """The sentences of an error."""
    return [error["description"] for error in answer.json()]


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """It is the fixed noon, and no call was counted yet."""
    clock = SimpleNamespace(now=lambda: NOON, localdate=timezone.localdate)
    monkeypatch.setattr("wardroom.web.edge.timezone", clock)
    door._calls.clear()
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def mirror(office: Ground, agencies: Any, tmp_path: Path) -> None:
    """Five requests of the city's own: two closed, one a test, two too old."""
    rows = [
        row("26-1", opened="2026-11-02T14:00:00Z"),
        row(
            "26-2",
            opened="2026-11-03T14:00:00Z",
            closed="2026-11-05T16:30:00Z",
            due="2026-11-09T22:00:00Z",
            status="CLOSED",
            lon="-76.96",
        ),
        row(
            "26-3",
            opened="2026-11-04T14:00:00Z",
            kind="RODENT",
            kind_name="Rodents & <rats>",
            lon="-77.0014",
        ),
        row("26-4", opened="2026-05-01T14:00:00Z"),
        row("26-5", opened="2026-11-06T14:00:00Z", kind="TEST", kind_name="Test SR"),
        row("26-6", opened="2026-01-02T14:00:00Z", kind="BULK", kind_name="Bulk Collection"),
    ]
    take(write(tmp_path / "requests.csv", rows), layout_word="plain-full", feed_code="dc-311")
    sort_services(None, stamp=HOUSE)


def key_of(**more: Any) -> str:
    """The token of a new key to send reports with."""
    words: dict[str, Any] = {"name": "A city app", "scopes": ("open311",), **more}
    return make_key(None, stamp=HOUSE, **words).token


@pytest.fixture
def program(office: Ground) -> Program:
    """A program with a key; its users do not know what they send to be public."""
    return Program(key_of())


@pytest.fixture
def publisher(office: Ground) -> Program:
    """A program whose users know that what they send is public."""
    return Program(key_of(name="A public map", publishes=True))
