"""The office as it works: topics, the calendar, and each liaison in the seat of the ward."""

from __future__ import annotations

from datetime import date

import pytest

from tests.cast import HOUSE, Cast
from tests.ground import Ground
from wardroom.directory.actions import OFFICE, add_party, hold_seat
from wardroom.directory.rules import LIAISON_SEAT
from wardroom.library.actions import load_reference_data


@pytest.fixture
def office(ground: Ground, director: Cast, liaison5: Cast, liaison7: Cast) -> None:
    """The library is filled; wards 5 and 7 have their liaisons."""
    load_reference_data(None, stamp=HOUSE)
    house = add_party(None, kind="organisation", name=OFFICE, stamp=HOUSE)
    for ward, who in (("5", liaison5), ("7", liaison7)):
        hold_seat(
            house,
            title=LIAISON_SEAT,
            holder=who.party,
            since_on=date(2026, 1, 1),
            ward_code=ward,
            stamp=HOUSE,
        )
