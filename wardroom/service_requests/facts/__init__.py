"""What can happen to the mirror and to what we sent on."""

from __future__ import annotations

from wardroom.service_requests.facts.mirror import (
    FeedAdded,
    ImportFailed,
    ImportStarted,
    RequestsImported,
    RequestsPlaced,
    RequestsRead,
    RunFact,
)

__all__ = [
    "FeedAdded",
    "ImportFailed",
    "ImportStarted",
    "RequestsImported",
    "RequestsPlaced",
    "RequestsRead",
    "RunFact",
]
