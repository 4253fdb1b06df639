"""Makers of people on other terms, each by the house's own actions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from wardroom.access.actor import Stamp
from wardroom.directory.actions import note_person
from wardroom.directory.models import Party
from wardroom.kernel.errors import Refused
from wardroom.office.actions import (
    PositionDraft,
    TermDraft,
    TrainingDraft,
    add_position,
    agree_term,
    note_training,
    start_residency_clock,
)
from wardroom.office.models import Position, ResidencyClock, Term, Training

TODAY = NOON.date()
LAST = TODAY + timedelta(days=89)


def day(number: int) -> date:
    """So many days from the tests' own today."""
    return TODAY + timedelta(days=number)


def on(stamp: Stamp, when: date) -> Stamp:
    """The same stamp at noon of another day."""
    return replace(stamp, at=NOON + (when - TODAY))


def house_on(when: date) -> Stamp:
    return on(HOUSE, when)


def detail(**other: Any) -> TermDraft:
    """A detail of ninety days from another employer, as it would be filled in."""
    given: dict[str, Any] = {
        "kind": "detail",
        "since_on": TODAY,
        "until_on": day(89),
        "duties": "Answers the phone",
        "hours_weekly": Decimal(40),
        "home_name": "Department of Parks",
        "memorandum": "MOU 26-114",
    }
    return TermDraft(**{**given, **other})


def volunteer(**other: Any) -> TermDraft:
    """A grown volunteer, looked into, as it would be filled in."""
    given: dict[str, Any] = {
        "kind": "volunteer",
        "since_on": TODAY,
        "until_on": day(59),
        "duties": "Greets people at the door",
        "hours_weekly": Decimal(8),
        "age": "grown",
        "displaces_nobody": True,
        "no_conflict": True,
    }
    return TermDraft(**{**given, **other})


def someone(name: str = "A neighbor who helps") -> Party:
    return note_person(None, name=name, stamp=HOUSE)


def helping(ward: str, director: Cast) -> Term:
    """A volunteer in a ward who does not sign in."""
    person = someone(f"Volunteer in the {ward}th")
    return agree_term(person, draft=volunteer(ward_code=ward), stamp=director.stamp)


def lent(who: Cast, director: Cast, **other: Any) -> Term:
    """Somebody who signs in, on detail."""
    return agree_term(who.party, draft=detail(**other), stamp=director.stamp)


PAPER = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def placed(ward: str, director: Cast) -> Position:
    """A position in a ward that exists and nobody holds."""
    draft = PositionDraft(title="Outreach specialist", fte=Decimal(1), ward_code=ward)
    return add_position(None, draft=draft, since_on=TODAY, stamp=director.stamp)


def learned(who: Cast, director: Cast, **other: Any) -> Training:
    """A certificate of somebody with its paper, which runs out in a hundred days."""
    given: dict[str, Any] = {
        "sort": "certificate",
        "title": "First aid",
        "held_on": day(-30),
        "hours": Decimal(8),
        "provider": "The fire department",
        "cost_reference": "PO 26-17",
        "expires_on": day(100),
        "file_name": "first-aid.pdf",
        "file": PAPER,
    }
    draft = TrainingDraft(**{**given, **other})
    return note_training(who.party, draft=draft, stamp=director.stamp)


def appointed(who: Cast, director: Cast, ago: int = 10) -> ResidencyClock:
    """Somebody's residency, counted from an appointment so many days ago."""
    return start_residency_clock(
        who.party,
        appointed_on=day(-ago),
        appointed_as="Outreach specialist",
        stamp=director.stamp,
    )


def told(refusing: Callable[[], object]) -> tuple[str, str]:
    """The code of a refusal and the field that it is said at."""
    with pytest.raises(Refused) as no:
        refusing()
    return no.value.code, no.value.field or ""
