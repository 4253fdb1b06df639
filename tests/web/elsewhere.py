"""Another city's server that nobody calls, what was sent to it, and where it says otherwise."""

from __future__ import annotations

from datetime import date

from tests.cast import HOUSE, Cast
from wardroom.casework.actions import send_matter_on
from wardroom.matters.models import Matter
from wardroom.service_requests.actions import (
    add_endpoint,
    claim_submission,
    compare_submission,
    note_unclear,
)
from wardroom.service_requests.models import Drift, Endpoint, Submission
from wardroom.service_requests.rules import EndpointDraft
from wardroom.service_requests.rules.drift import Seen


def other_system(director: Cast) -> Endpoint:
    """A server of another system, which is read and sent to."""
    draft = EndpointDraft(
        code="elsewhere",
        name="Elsewhere 311",
        url="https://311.example/open311/v2",
        mode="both",
        key_name="elsewhere",
        since_on=date(2026, 11, 1),
    )
    return add_endpoint(None, draft=draft, stamp=director.stamp)


def sent_on(matter: Matter, who: Cast, endpoint: Endpoint) -> Submission:
    """Something that was sent there, and nobody knows whether it arrived."""
    row = send_matter_on(
        matter,
        endpoint=endpoint,
        service_code="BULK",
        description=f"Mattresses in the alley of ward {matter.ward_code}.",
        stamp=who.stamp,
    )
    claim_submission(row.pk, stamp=HOUSE)
    row.refresh_from_db()
    return note_unclear(row, reason="no answer came.", stamp=HOUSE)


def drifted(row: Submission) -> Drift:
    """That it is closed there and open here."""
    compare_submission(row, now=Seen(is_open=False), open_here=True, stamp=HOUSE)
    return Drift.objects.get(submission=row)
