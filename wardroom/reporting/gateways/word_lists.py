"""The sections of sentences that a Word template can show, by their code."""

from __future__ import annotations

LISTS = (
    *("clocks", "changes", "exceptions", "places", "notices", "walks"),
    *("improvements", "meetings"),
)
