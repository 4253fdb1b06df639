"""Complaints as the office takes them in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.cast import Cast
from tests.conftest import NOON
from tests.ground import Ground
from wardroom.access.actor import Stamp, Window
from wardroom.casework.actions import take_complaint
from wardroom.casework.models import Complaint

SAID = "Rats run out of the vacant house at night."


def take(who: Cast, ground: Ground, **more: Any) -> Complaint:
    """A telephone call about rats in ward 5, unless said otherwise."""
    words: dict[str, Any] = {
        "said": SAID,
        "channel": "phone",
        "topic_code": "rodents",
        "reporter_typed": "A neighbour",
        "stamp": who.stamp,
    }
    place = more.pop("place", ground.places["5"])
    return take_complaint(place, **{**words, **more})


def later(who: Cast, days: int) -> Stamp:
    """A stamp of this person some days after noon of the first day."""
    return Stamp(actor=who.actor, at=NOON + timedelta(days=days), window=Window.WEB)
