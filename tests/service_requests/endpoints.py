"""Endpoints for tests, made as the office makes them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from tests.cast import HOUSE
from tests.conftest import NOON
from tests.service_requests.city_server import City
from wardroom.access.actor import Stamp
from wardroom.service_requests.actions import add_endpoint, claim_endpoint
from wardroom.service_requests.gateways.endpoint_reading import read_endpoint
from wardroom.service_requests.models import Endpoint
from wardroom.service_requests.rules import EndpointDraft


def draft_of(url: str, **more: Any) -> EndpointDraft:
    """What somebody fills in about a city's server."""
    given = EndpointDraft(
        code="chicago",
        name="Chicago 311",
        url=url,
        mode="both",
        key_name="chicago",
        since_on=date(2026, 11, 16),
    )
    return replace(given, **more)


def endpoint_at(city: City, **more: Any) -> Endpoint:
    """The endpoint of a server that runs."""
    return add_endpoint(None, draft=draft_of(city.url, **more), stamp=HOUSE)


def later(moment: datetime = NOON, **more: float) -> Stamp:
    """The house, some time after the fixed noon."""
    return replace(HOUSE, at=moment + timedelta(**more))


def read(endpoint: Endpoint, stamp: Stamp = HOUSE, **more: Any) -> bool:
    """One reading, as the worker does it."""
    claimed = claim_endpoint(endpoint.pk, stamp=stamp)
    assert claimed is not None
    done = read_endpoint(claimed, stamp=stamp, **more)
    endpoint.refresh_from_db()
    return done
