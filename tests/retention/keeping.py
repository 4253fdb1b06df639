"""Makers of schedules, holds and disposals, each through the house's own actions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.cast import Cast
from tests.conftest import NOON
from wardroom.access.gate import guard_pass
from wardroom.records.models import RecordsRequest
from wardroom.records.rules import WITHDRAWN
from wardroom.retention.actions import adopt_schedule, place_hold, prepare_disposal
from wardroom.retention.models import LegalHold, Schedule
from wardroom.retention.rules import DESTROY
from wardroom.retention.rules.classes import REQUESTS
from wardroom.retention.rules.holds import Scope

TODAY = NOON.date()
LAW = "D.C. Code 2-1706"


def adopted(who: Cast, code: str = REQUESTS, **given: Any) -> Schedule:
    """A schedule that was approved for a class of records."""
    words: dict[str, Any] = {
        "class_code": code,
        "months": 72,
        "fate": DESTROY,
        "number": "MOCRS-7",
        "basis": LAW,
        "from_on": TODAY,
    }
    return adopt_schedule(None, **{**words, **given}, stamp=who.stamp)


def held(who: Cast, *, since_on: date = TODAY, **scope: Any) -> LegalHold:
    """A legal hold over what its scope says."""
    return place_hold(
        None,
        reason="A case before the Superior Court",
        asked_by="The Attorney General",
        since_on=since_on,
        scope=Scope(**scope),
        stamp=who.stamp,
    )


def over(years: int = 7, **given: Any) -> RecordsRequest:
    """A request for records that was withdrawn so many years ago."""
    came = TODAY.replace(year=TODAY.year - years)
    words: dict[str, Any] = {
        "name": "Ida Former",
        "email": "ida@example.net",
        "words": "Letters about the old alley.",
        "state": WITHDRAWN,
        "channel": "web",
        "received_on": came,
        "noted_at": NOON,
        "due_on": came + timedelta(days=21),
        "ended_on": came + timedelta(days=2),
        "first_due_on": came + timedelta(days=21),
        "why_due": {},
    }
    with guard_pass("it came years ago"):
        row: RecordsRequest = RecordsRequest.objects.create(**{**words, **given})
    return row


def put_together(who: Cast) -> int:
    """The number of a disposal that waits for a second person, with one old request on it."""
    adopted(who)
    over()
    return prepare_disposal(None, class_code=REQUESTS, stamp=who.stamp).pk
