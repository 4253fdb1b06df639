"""Reports as they come in from outside."""

from __future__ import annotations

from typing import Any

from tests.conftest import NOON
from wardroom.access.actor import NOBODY, Stamp, Window
from wardroom.casework.actions import take_report
from wardroom.casework.models import Report
from wardroom.casework.rules import ReportDraft

OUTSIDE = Stamp(actor=NOBODY, at=NOON, window=Window.WEB)
RATS: dict[str, Any] = {
    "channel": "web",
    "topic_code": "rodents",
    "said": "Rats run out of the vacant house at night.",
    "latitude": 38.92123,
    "longitude": -77.00345,
    "answers": {"seen": ("live", "burrows")},
}


def rats(**more: Any) -> ReportDraft:
    """Rats in ward 5, unless said otherwise."""
    return ReportDraft(**{**RATS, **more})


def report(*, stamp: Stamp = OUTSIDE, **more: Any) -> Report:
    """The same, taken in."""
    return take_report(None, draft=rats(**more), stamp=stamp)
