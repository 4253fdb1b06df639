"""The cast: people with fixed powers, made through the house's own actions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from tests.conftest import NOON
from tests.remembered import remembered
from wardroom.access.actor import NOBODY, SYSTEM, Actor, Role, Stamp, Window
from wardroom.access.models import User
from wardroom.access.queries import actor_for
from wardroom.directory.actions import (
    add_contact_point,
    add_party,
    add_user,
    cover_ward,
    grant_role,
)
from wardroom.directory.models import Party

PASSWORD = "walk-the-alley-twice"
HOUSE = Stamp(actor=SYSTEM, at=NOON, window=Window.SHELL)
AGENCIES = {
    "DPW": "Department of Public Works",
    "DDOT": "Department of Transportation",
    "DOB": "Department of Buildings",
}


@dataclass(frozen=True)
class Cast:
    """One person of the cast."""

    actor: Actor
    party: Party
    user: User
    email: str
    password: str = PASSWORD

    @property
    def stamp(self) -> Stamp:
        """A stamp of this person at the fixed noon, through the web."""
        return Stamp(actor=self.actor, at=NOON, window=Window.WEB)


@remembered
def hire(word: str, name: str, role: Role, *, ward: str = "", agency: str = "") -> Cast:
    """A person with one role, made as the office would."""
    email = f"{word}@example.org"
    party = add_user(None, email=email, name=name, password=PASSWORD, stamp=HOUSE)
    grant_role(
        party,
        role=role,
        ward_code=ward,
        agency_code=agency,
        valid_from=NOON.date().replace(month=1, day=1),
        stamp=HOUSE,
    )
    user = User.objects.get(email=email)
    return Cast(actor=actor_for(user, on=NOON.date()), party=party, user=user, email=email)


def on_day(who: Cast, day: date) -> Cast:
    """The same person as the site knows them on a day."""
    return replace(who, actor=actor_for(who.user, on=day))


@remembered
def make_agencies() -> Mapping[str, Party]:
    """Three agencies, each with an address for its post."""
    made = {}
    for code, name in AGENCIES.items():
        party = add_party(None, kind="organisation", name=name, code=code, agency=True, stamp=HOUSE)
        add_contact_point(
            party, channel="email", value=f"{code.lower()}@example.org", consent=True, stamp=HOUSE
        )
        made[code] = party
    return made


HIRES: Mapping[str, Callable[[], Cast]] = {
    "director": lambda: hire("director", "The Director", Role.DIRECTOR),
    "liaison5": lambda: hire("liaison5", "Liaison of Ward 5", Role.LIAISON, ward="5"),
    "liaison7": lambda: hire("liaison7", "Liaison of Ward 7", Role.LIAISON, ward="7"),
    "partner_dpw": lambda: hire("partner.dpw", "Partner at DPW", Role.PARTNER, agency="DPW"),
    "partner_ddot": lambda: hire("partner.ddot", "Partner at DDOT", Role.PARTNER, agency="DDOT"),
    "records_officer": lambda: hire("records", "The Records Officer", Role.RECORDS),
}


@pytest.fixture
def agencies(db: None) -> Mapping[str, Party]:
    return make_agencies()


@pytest.fixture
def director(db: None) -> Cast:
    return HIRES["director"]()


@pytest.fixture
def liaison5(db: None) -> Cast:
    return HIRES["liaison5"]()


@pytest.fixture
def liaison7(db: None) -> Cast:
    return HIRES["liaison7"]()


@pytest.fixture
def partner_dpw(agencies: Mapping[str, Party]) -> Cast:
    return HIRES["partner_dpw"]()


@pytest.fixture
def partner_ddot(agencies: Mapping[str, Party]) -> Cast:
    return HIRES["partner_ddot"]()


@pytest.fixture
def records_officer(db: None) -> Cast:
    return HIRES["records_officer"]()


@pytest.fixture
def cover5(db: None) -> Cast:
    """A second liaison of Ward 7, on the last day of looking after Ward 5 for a colleague."""
    today = NOON.date()
    who = hire("cover5", "Second liaison of Ward 7", Role.LIAISON, ward="7")
    cover_ward(
        who.party,
        ward_code="5",
        valid_from=today - timedelta(days=2),
        valid_until=today,
        stamp=HOUSE,
    )
    return on_day(who, today)


@pytest.fixture
def staff(db: None) -> Cast:
    return hire("staff", "The Front Desk", Role.STAFF)


@pytest.fixture
def auditor(db: None) -> Cast:
    return hire("auditor", "The Auditor", Role.AUDITOR)


@pytest.fixture
def roleless(db: None) -> Cast:
    """Somebody who can sign in and holds no role."""
    party = add_user(
        None, email="roleless@example.org", name="Without a role", password=PASSWORD, stamp=HOUSE
    )
    user = User.objects.get(email="roleless@example.org")
    actor = actor_for(user, on=NOON.date())
    return Cast(actor=actor, party=party, user=user, email=user.email)


@pytest.fixture
def nobody() -> Actor:
    """A visitor who has not signed in."""
    return NOBODY
