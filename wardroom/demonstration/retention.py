"""A made schedule, a legal hold, and an old request for records that may go."""

from __future__ import annotations

from datetime import timedelta

from django.utils.timezone import localdate

from wardroom.access.gate import guard_pass
from wardroom.demonstration.loader import Plan, stamp_of
from wardroom.demonstration.records import OFFICER
from wardroom.records.models import RecordsRequest
from wardroom.records.rules import WITHDRAWN
from wardroom.retention.actions import adopt_schedule, place_hold, prepare_disposal
from wardroom.retention.models import LegalHold, Schedule
from wardroom.retention.rules import DESTROY
from wardroom.retention.rules.classes import CLASSES, REQUESTS
from wardroom.retention.rules.holds import Scope

NUMBER = "Example 2026-7"
LONG_AGO = timedelta(days=8 * 365)
OLD = (("Ottoline Brandvold", "Letters about the old market."), ("Casimir Dufresne", "Minutes."))


def show_retention(plan: Plan) -> int:
    """A schedule that was adopted, a hold, and a list that waits for a second person."""
    if Schedule.objects.exists():
        return LegalHold.objects.count()
    officer = stamp_of(OFFICER, plan.now - timedelta(hours=20))
    proposed = CLASSES[REQUESTS]
    adopt_schedule(
        None,
        class_code=REQUESTS,
        months=proposed.months,
        fate=DESTROY,
        number=NUMBER,
        basis="D.C. Code 2-1706",
        from_on=localdate(officer.at),
        stamp=officer,
    )
    came = localdate(plan.now - LONG_AGO)
    with guard_pass("made requests of long ago"):
        for name, words in OLD:
            RecordsRequest.objects.create(
                name=name,
                words=words,
                channel="letter",
                received_on=came,
                noted_at=plan.now - LONG_AGO,
                state=WITHDRAWN,
                ended_on=came + timedelta(days=9),
                due_on=came + timedelta(days=21),
                first_due_on=came + timedelta(days=21),
                why_due={},
            )
    place_hold(
        None,
        reason="A case about the old market, still before the court.",
        asked_by="The office of the Attorney General",
        since_on=localdate(officer.at),
        scope=Scope(words="old market"),
        stamp=officer,
    )
    prepare_disposal(None, class_code=REQUESTS, stamp=officer)
    return LegalHold.objects.count()
