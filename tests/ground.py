"""Ground to stand on: two schematic wards, a place in each, and a matter at each place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import pytest
from shapely.geometry import box

from tests.cast import HOUSE, Cast
from tests.remembered import remembered
from wardroom.city.actions import Feature, load_boundaries, note_place
from wardroom.city.models import District, Place
from wardroom.directory.models import Party
from wardroom.matters.actions import open_matter, propose_ask, request_ask
from wardroom.matters.models import Ask, Matter

NEXT = date(2026, 11, 25)
DUE = date(2026, 12, 1)
FRIDAY = date(2026, 12, 4)


@dataclass(frozen=True)
class Ground:
    """The wards by code and one place in each."""

    wards: Mapping[str, District]
    places: Mapping[str, Place]


@pytest.fixture
def ground(db: None) -> Ground:
    return make_ground()


@remembered
def make_ground() -> Ground:
    """Wards 5 and 7, side by side, with an alley each."""
    made = load_boundaries(
        None,
        kind="ward",
        valid_from=date(2022, 1, 1),
        features=[
            Feature("5", "Ward 5", box(-77.02, 38.90, -76.98, 38.94)),
            Feature("7", "Ward 7", box(-76.98, 38.90, -76.94, 38.94)),
        ],
        source="a test",
        digest="0" * 64,
        schematic=True,
        stamp=HOUSE,
    )
    places = {
        code: note_place(
            None,
            key=1000 + int(code),
            label=f"Alley behind the {code}00 block",
            latitude=38.92,
            longitude=longitude,
            stamp=HOUSE,
        )
        for code, longitude in (("5", -77.0), ("7", -76.96))
    }
    return Ground(wards={d.code: d for d in made.districts.all()}, places=places)


@remembered
def open_at(ground: Ground, who: Cast, ward: str, *, kind: str = "persistent_location") -> Matter:
    """A matter at the alley of a ward, opened and owned by this person."""
    return open_matter(
        ground.places[ward],
        kind=kind,
        title=f"Dumping in the alley of ward {ward}",
        owner=who.party,
        next_on=NEXT,
        next_step="Walk the alley",
        ward=ground.wards[ward],
        public_text="The city works on this alley.",
        stamp=who.stamp,
    )


@pytest.fixture
def matter5(ground: Ground, liaison5: Cast) -> Matter:
    """An open persistent location in ward 5."""
    return open_at(ground, liaison5, "5")


@pytest.fixture
def matter7(ground: Ground, liaison7: Cast) -> Matter:
    """An open persistent location in ward 7."""
    return open_at(ground, liaison7, "7")


@pytest.fixture
def proposed(matter5: Matter, agencies: Mapping[str, Party], liaison5: Cast) -> Ask:
    """An ask to DPW in ward 5 that DPW has not been shown."""
    return write_ask(matter5, agencies["DPW"], liaison5)


@remembered
def write_ask(matter: Matter, agency: Party, who: Cast) -> Ask:
    """An ask that the agency has not been shown."""
    return propose_ask(
        matter,
        party=agency,
        wording="Clear the alley",
        authority="DPW cleans public alleys",
        due_on=DUE,
        stamp=who.stamp,
    )


@pytest.fixture
def requested(proposed: Ask, liaison5: Cast) -> Ask:
    """The same ask, put to DPW."""
    return put_ask(proposed, liaison5)


@remembered
def put_ask(ask: Ask, who: Cast) -> Ask:
    """An ask that the agency is shown."""
    return request_ask(ask, stamp=who.stamp)


AskMaker = Callable[..., Ask]


@pytest.fixture
def ask_in(agencies: Mapping[str, Party]) -> AskMaker:
    """Makes an ask of an agency in a matter, put to it or only written."""

    def make(matter: Matter, who: Cast, agency: str, *, asked: bool = True) -> Ask:
        ask = propose_ask(
            matter,
            party=agencies[agency],
            wording=f"One thing for {agency}",
            authority="",
            due_on=DUE,
            stamp=who.stamp,
        )
        return request_ask(ask, stamp=who.stamp) if asked else ask

    return make
