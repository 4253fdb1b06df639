"""Districts with commissioners, a plan for them, and contacts with somebody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from shapely.geometry import box

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.ground import NEXT, Ground
from tests.remembered import remembered
from wardroom.access.actor import Stamp
from wardroom.calendar.actions import EventDraft, add_participation, plan_event, record_attendance
from wardroom.calendar.models import Event
from wardroom.city.actions import Feature, load_boundaries
from wardroom.directory.actions import fill_seat, make_commissions, note_person
from wardroom.directory.models import Party, Seat
from wardroom.engagement.actions import adopt_outreach_plan
from wardroom.ledger.models import Entry
from wardroom.matters.actions import log_contact
from wardroom.matters.models import Matter

TODAY = NOON.date()
LINES = "Each SMD: 2 in 60 days\nAmharic: 1 in 90 days\nTenant association: 1 in 30 days"


@remembered
def make_districts(ground: Ground) -> None:
    """ANC 5B with three districts in Ward 5 and ANC 7C with one in Ward 7, seats and all."""
    shapes = {
        "anc": [
            ("5B", box(-77.02, 38.90, -76.98, 38.94)),
            ("7C", box(-76.98, 38.90, -76.94, 38.94)),
        ],
        "smd": [
            ("5B01", box(-77.02, 38.90, -77.01, 38.94)),
            ("5B02", box(-77.01, 38.90, -76.995, 38.94)),
            ("5B03", box(-76.995, 38.90, -76.98, 38.94)),
            ("7C01", box(-76.98, 38.90, -76.94, 38.94)),
        ],
    }
    for kind, areas in shapes.items():
        load_boundaries(
            None,
            kind=kind,
            valid_from=date(2023, 1, 2),
            features=[Feature(code, f"{kind.upper()} {code}", shape) for code, shape in areas],
            source="a test",
            digest="1" * 64,
            schematic=True,
            stamp=HOUSE,
        )
    make_commissions(None, stamp=HOUSE)


@remembered
def commissioner(smd: str, name: str) -> Party:
    """Somebody who sits for a district since last year."""
    person = note_person(None, name=name, email=f"{smd.lower()}@example.org", stamp=HOUSE)
    seat = Seat.objects.get(smd_code=smd, district__isnull=False)
    fill_seat(seat, holder=person, since_on=date(2025, 1, 2), stamp=HOUSE)
    return person


def ago(who: Cast, days: int) -> Stamp:
    return replace(who.stamp, at=NOON - timedelta(days=days))


def touched(who: Cast, party: Party, days: int, **changes: Any) -> Entry:
    """A call with somebody, so many days ago."""
    sound: dict[str, Any] = {"channel": "phone", "text": "Asked how the alley is", "ward_code": ""}
    return log_contact(None, party=party, **{**sound, **changes}, stamp=ago(who, days))


def planned(ground: Ground, who: Cast, ward: str = "", **changes: Any) -> Matter:
    """A plan of a quarter for a ward, or for the city."""
    sound: dict[str, Any] = {
        "title": "The autumn outreach plan",
        "starts_on": TODAY - timedelta(days=10),
        "ends_on": TODAY + timedelta(days=80),
        "reserve": 33,
        "targets": LINES,
        "owner": who.party,
        "next_on": NEXT,
    }
    district = ground.wards[ward] if ward else None
    return adopt_outreach_plan(district, **{**sound, **changes}, stamp=who.stamp).matter


def met(who: Cast, party: Party, *, attended: str = "present", days: int = 3) -> Event:
    """An event that somebody was at, or was not."""
    starts = NOON - timedelta(days=days)
    early = replace(who.stamp, at=starts - timedelta(days=1))
    draft = EventDraft(
        kind="meeting",
        title="Meeting of the block",
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
        ward_code="5",
    )
    event = plan_event(draft, stamp=early)
    row = add_participation(event, party=party, stamp=early)
    record_attendance(row, attended=attended, stamp=who.stamp)
    return event
