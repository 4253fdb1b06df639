"""An event with the Mayor in a ward: decided, with a line of its run, a guest and a sheet."""

from __future__ import annotations

from datetime import timedelta

from tests.cast import Cast
from tests.conftest import NOON
from wardroom.calendar.actions import add_participation
from wardroom.engagement.actions import (
    RequestDraft,
    decide_event_request,
    keep_sheet,
    take_event_request,
    write_run_line,
)
from wardroom.matters.models import Matter


def visited(matter: Matter, who: Cast, director: Cast) -> Matter:
    """A request for this evening in the ward of a location, accepted by the director."""
    starts_at = NOON + timedelta(hours=4)
    row = take_event_request(
        None,
        draft=RequestDraft(
            title=f"Opening in Ward {matter.ward_code}",
            asked_name="The market",
            wanted="mayor",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=2),
        ),
        owner=who.party,
        ward=matter.ward,
        stamp=who.stamp,
    )
    decided = decide_event_request(row.matter, decision="accepted", stamp=director.stamp)
    event = decided.event
    assert event is not None
    write_run_line(
        event, starts_at=starts_at, minutes=10, text="Ribbon", owner="The Mayor", stamp=who.stamp
    )
    add_participation(event, name="A guest", role="guest", stamp=who.stamp)
    sheet = f"Names of Ward {matter.ward_code}".encode()
    keep_sheet(event, name="sheet.txt", content=sheet, stamp=who.stamp)
    return decided.matter
