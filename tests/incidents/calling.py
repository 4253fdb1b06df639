"""A night with a fire in it: who is on call, who was called, and whose link is whose."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.ground import Ground
from wardroom.access.actor import NOBODY, SYSTEM, Stamp, Window
from wardroom.calendar.actions import ShiftPlan, place_shifts
from wardroom.calendar.rules.shifts import Turn
from wardroom.city.models import District
from wardroom.directory.actions import add_party, hold_seat
from wardroom.directory.rules import LIAISON_SEAT
from wardroom.incidents.actions import climb_call_out, open_critical_incident
from wardroom.incidents.models import CallOut, Incident
from wardroom.notices.actions import claim_message
from wardroom.notices.models import Message

NIGHT = datetime.fromisoformat("2026-11-19T02:10:00-05:00")
MINUTE = timedelta(minutes=1)


def by(who: Cast, at: datetime = NIGHT) -> Stamp:
    return replace(who.stamp, at=at)


def bearer(at: datetime) -> Stamp:
    return Stamp(actor=NOBODY, at=at, window=Window.WEB)


def seated(who: Cast, ward: str) -> None:
    """Let somebody hold the seat of a ward's liaison."""
    office = add_party(None, kind="organisation", name="The office", stamp=HOUSE)
    since = NOON.date() - timedelta(days=90)
    hold_seat(
        office, title=LIAISON_SEAT, holder=who.party, since_on=since, ward_code=ward, stamp=HOUSE
    )


def house(at: datetime) -> Stamp:
    return Stamp(actor=SYSTEM, at=at, window=Window.WORKER)


def on_call(director: Cast, **held: Cast) -> None:
    """The night from the 18th to the 19th, by role."""
    day = NOON.date()
    turns = {
        Turn(role, "", day, time(20), day + timedelta(days=1), time(8)): who.user.pk
        for role, who in held.items()
    }
    lanes = frozenset({(role, "") for role in held})
    plan = ShiftPlan("1", "the rota", day, day, lanes, turns)
    place_shifts(None, plan=plan, stamp=director.stamp)


def fire(who: Cast, ward: District | None, **more: object) -> Incident:
    return open_critical_incident(
        None,
        kind_code="fire",
        where_text="1300 block of Maple Street NE",
        ward=ward,
        stamp=by(who),
        **more,  # type: ignore[arg-type]
    )


@pytest.fixture
def burning(
    ground: Ground, director: Cast, liaison5: Cast, liaison7: Cast, staff: Cast
) -> Incident:
    """A fire in Ward 5; Ward 7's liaison is on call, and Ward 5's is the backup."""
    seated(liaison5, "5")
    on_call(director, on_call=liaison7, backup=liaison5)
    return fire(staff, ground.wards["5"])


def calls(incident: Incident) -> list[tuple[int, str, str, str]]:
    rows = CallOut.objects.filter(incident=incident).order_by("step").select_related("party")
    return [(row.step, row.rung, row.party.name, row.state) for row in rows]


def token_for(who: Cast, at: datetime) -> str:
    """The token of the newest link that was sent to somebody."""
    return token_to(who.email, at)


def token_to(address: str, at: datetime) -> str:
    found = Message.objects.filter(to_address=address, key__startswith="call_out:").latest("pk")
    letter = claim_message(found.pk, stamp=house(max(at, found.next_try_at)))
    assert letter is not None
    return letter.text.partition("/call/")[2].partition("/")[0]


def climb(incident: Incident, at: datetime) -> CallOut | None:
    incident.refresh_from_db()
    return climb_call_out(incident, stamp=house(at))
