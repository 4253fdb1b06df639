"""What is right: how files are laid out, and how another endpoint is read and written to."""

from __future__ import annotations

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

__all__ = [
    "CLOCKS",
    "FIELDS",
    "KINDS",
    "LIVE",
    "NEEDED",
    "NOT_MEASURED",
    "OPEN",
    "POINT",
    "STANDINGS",
    "STATUSES",
    "WORDS",
    "WRITTEN_CLOCKS",
    "Layout",
    "layout_from_toml",
    "status_after_closing",
    "status_of",
]
