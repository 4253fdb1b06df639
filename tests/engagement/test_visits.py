"""A request for the Mayor on the database: what becomes of its tasks where nobody goes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.conftest import NOON
from tests.ground import Ground
from wardroom.calendar.actions import cancel_event
from wardroom.engagement.actions import (
    RequestDraft,
    decide_event_request,
    follow_cancelled_visit,
    take_event_request,
)
from wardroom.engagement.models import EventRequest
from wardroom.jobs.delivery import sweep
from wardroom.kernel.errors import Refused
from wardroom.matters.actions import add_task
from wardroom.matters.models import Ask

pytestmark = [pytest.mark.django_db]
SOON = NOON + timedelta(days=12)


def asked(ground: Ground, who: Cast) -> EventRequest:
    """Somebody in Ward 5 asks for the Mayor."""
    draft = RequestDraft(
        title="Opening of the hall",
        asked_name="The market",
        wanted="mayor",
        starts_at=SOON,
        ends_at=SOON + timedelta(hours=2),
    )
    return take_event_request(
        None, draft=draft, owner=who.party, ward=ground.wards["5"], stamp=who.stamp
    )


def states(row: EventRequest) -> set[str]:
    return set(Ask.objects.filter(matter=row.matter).values_list("state", flat=True))


def test_event_that_the_calendar_canceled_closes_its_request_and_its_tasks(
    ground: Ground, liaison5: Cast, director: Cast
) -> None:
    row = asked(ground, liaison5)
    row = decide_event_request(row.matter, decision="accepted", stamp=director.stamp)
    with pytest.raises(Refused, match="still has this event"):
        follow_cancelled_visit(row.matter, stamp=director.stamp)
    assert row.event is not None
    cancel_event(row.event, reason="A storm", stamp=director.stamp)
    sweep()
    row.matter.refresh_from_db()
    assert (row.matter.outcome, states(row)) == ("called_off", {"withdrawn"})
    sweep()


def test_declined_request_leaves_nothing_to_do(
    ground: Ground, liaison5: Cast, director: Cast
) -> None:
    row = asked(ground, liaison5)
    add_task(
        row.matter,
        party=liaison5.party,
        wording="Ask how many come",
        due_on=NOON.date(),
        stamp=liaison5.stamp,
    )
    decide_event_request(
        row.matter, decision="declined", words="The day is full", stamp=director.stamp
    )
    row.matter.refresh_from_db()
    assert (row.matter.outcome, states(row)) == ("declined", {"withdrawn"})
