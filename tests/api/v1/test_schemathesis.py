"""Schemathesis calls the API as its description allows, and as it does not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.api.v1.conftest import program_of
from tests.cast import Cast
from tests.ground import Ground
from wardroom.api.v1.urls import api
from wardroom.config.wsgi import application

pytestmark = pytest.mark.django_db
SCHEMA = schemathesis.openapi.from_dict(api.get_openapi_schema())
SCHEMA.app = application


@pytest.fixture
def kept_open() -> Iterator[None]:
    """The site keeps the test's connection, as it does for the test client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def token(office: Ground, director: Cast, kept_open: None) -> str:
    """A key that may do all that a director may, as often as it likes."""
    return program_of(director, limit=100_000).token


@SCHEMA.parametrize()
@settings(
    max_examples=12,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_answers_are_as_described(case: Any, token: str) -> None:
    # What the office refuses by its own rules, no description can say.
    case.call_and_validate(
        headers={"Authorization": f"Bearer {token}"}, excluded_checks=[positive_data_acceptance]
    )
