"""Feeds, readings, mirrored requests; endpoints, what was sent on, and what drifted."""

from __future__ import annotations

from wardroom.service_requests.models.endpoints import (
    Drift,
    Endpoint,
    Submission,
    Tie,
)
from wardroom.service_requests.models.mirror import (
    CELLS_A_DEGREE,
    ROW_STEP,
    STILL_OPEN,
    Cell,
    Feed,
    ImportRun,
    RequestQuerySet,
    ServiceRequest,
    Status,
    StatusChange,
)

__all__ = [
    "CELLS_A_DEGREE",
    "ROW_STEP",
    "STILL_OPEN",
    "Cell",
    "Drift",
    "Endpoint",
    "Feed",
    "ImportRun",
    "RequestQuerySet",
    "ServiceRequest",
    "Status",
    "StatusChange",
    "Submission",
    "Tie",
]
