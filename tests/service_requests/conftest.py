"""A city's server that runs as long as a test, and settings that let it be reached."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.service_requests.city_server import City, serving
from tests.service_requests.endpoints import endpoint_at
from tests.service_requests.submitting import taken
from wardroom.service_requests.models import Endpoint


@pytest.fixture
def city(settings: Settings, tmp_path: Path) -> Iterator[City]:
    settings.ENDPOINTS_PRIVATE = True
    settings.ENDPOINT_KEYS = ["chicago=sesame"]
    settings.HOME = tmp_path
    with serving(City()) as running:
        yield running


@pytest.fixture
def endpoint(city: City) -> Endpoint:
    city.takes = taken
    return endpoint_at(city, mode="submit")
