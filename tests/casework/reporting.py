"""Reports as they come in from outside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.remembered import remembered
from tests.trouble import load_topics
from wardroom.access.actor import NOBODY, Stamp, Window
from wardroom.casework.actions import take_report
from wardroom.casework.models import Report
from wardroom.casework.rules import ReportDraft
from wardroom.directory.actions import OFFICE, add_party, hold_seat
from wardroom.directory.rules import LIAISON_SEAT

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


@remembered
def staffed(liaisons: Mapping[str, Cast]) -> None:
    """The library is filled, and each liaison sits in the seat of a ward."""
    load_topics()
    house = add_party(None, kind="organisation", name=OFFICE, stamp=HOUSE)
    for ward, who in liaisons.items():
        hold_seat(
            house,
            title=LIAISON_SEAT,
            holder=who.party,
            since_on=date(2026, 1, 1),
            ward_code=ward,
            stamp=HOUSE,
        )
