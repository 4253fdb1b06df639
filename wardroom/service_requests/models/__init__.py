"""Feeds, readings, mirrored requests; endpoints, what was sent on, and what drifted."""

from __future__ import annotations

from wardroom.service_requests.models.mirror import (
    Feed,
    ImportRun,
    RequestQuerySet,
    ServiceRequest,
    Status,
    StatusChange,
)

__all__ = [
    "Feed",
    "ImportRun",
    "RequestQuerySet",
    "ServiceRequest",
    "Status",
    "StatusChange",
]
