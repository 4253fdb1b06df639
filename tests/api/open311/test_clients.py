"""Clients that other people wrote read the server, over the wire; and Schemathesis tries it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from georeport import GeoReport  # type: ignore[import-untyped]
from hypothesis import HealthCheck, Phase, settings
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.api.open311.conftest import Program, key_of
from tests.ground import Ground
from wardroom.api.open311.description import openapi
from wardroom.config.wsgi import application

SCHEMA = schemathesis.openapi.from_dict(openapi("http://127.0.0.1/open311/v2"))
SCHEMA.app = application


@pytest.fixture
def over_the_wire(live_server: LiveServer, settings: Settings) -> str:
    """The server on a port of its own."""
    settings.ALLOWED_HOSTS = ["*"]
    return f"{live_server.url}/open311/v2"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("form", ["json", "xml"])
def test_georeport_reads_services_definitions_and_requests(
    over_the_wire: str, mirror: None, program: Program, form: str
) -> None:
    number = program.sent()
    city = GeoReport(over_the_wire, jurisdiction="dc.gov", output_format=form)
    services = city.get_service_list()
    by_code = {service["service_code"]: service for service in services}
    assert by_code["rodents"]["service_name"] == "Rats and other vermin"
    told = city.get_service_definition("rodents")
    assert told["service_code"] == "rodents"
    found = city.get_service_requests(status="open", start_date="2026-11-01T00:00:00Z")
    assert [row["service_request_id"] for row in found] == [number, "26-3", "26-1"]
    one = city.get_service_request("26-2")
    row = one[0] if isinstance(one, list) else one
    assert row["service_request_id"] == "26-2"


@pytest.fixture
def kept_open() -> Iterator[None]:
    """The site keeps the test's connection, as it does for the test client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def token(office: Ground, kept_open: None) -> str:
    return key_of(hourly_limit=100_000)


@pytest.mark.django_db
@SCHEMA.parametrize()
@settings(
    max_examples=12,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_answers_are_as_described(case: Any, token: str) -> None:
    # What the office refuses by its own rules, no description can say.
    case.call_and_validate(headers={"X-API-Key": token}, excluded_checks=[positive_data_acceptance])
