"""Changes to the mirror of the city's requests."""

from __future__ import annotations

from wardroom.service_requests.actions.feeds import add_feed
from wardroom.service_requests.actions.importing import (
    fail_import,
    finish_import,
    start_import,
    take_batch,
)
from wardroom.service_requests.actions.placing import place_requests

__all__ = [
    "add_feed",
    "fail_import",
    "finish_import",
    "place_requests",
    "start_import",
    "take_batch",
]
