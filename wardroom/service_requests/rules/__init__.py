"""What is right: how files are laid out, and how another endpoint is read and written to."""

from __future__ import annotations

from wardroom.service_requests.rules.drift import DRIFT_STATES, DRIFTS
from wardroom.service_requests.rules.endpoints import FORMATS, MODES, READS_BY, EndpointDraft
from wardroom.service_requests.rules.layouts import (
    CLOCKS,
    FIELDS,
    KINDS,
    LIVE,
    NEEDED,
    NOT_MEASURED,
    OPEN,
    POINT,
    STANDINGS,
    STATUSES,
    WORDS,
    WRITTEN_CLOCKS,
    Layout,
    layout_from_toml,
    status_after_closing,
    status_of,
)
from wardroom.service_requests.rules.submissions import (
    SUBMISSION_MOVES,
    SubmissionDraft,
)

__all__ = [
    "CLOCKS",
    "DRIFTS",
    "DRIFT_STATES",
    "FIELDS",
    "FORMATS",
    "KINDS",
    "LIVE",
    "MODES",
    "NEEDED",
    "NOT_MEASURED",
    "OPEN",
    "POINT",
    "READS_BY",
    "STANDINGS",
    "STATUSES",
    "SUBMISSION_MOVES",
    "WORDS",
    "WRITTEN_CLOCKS",
    "EndpointDraft",
    "Layout",
    "SubmissionDraft",
    "layout_from_toml",
    "status_after_closing",
    "status_of",
]
