"""Invariant 8: a district is worked out from the point and kept with its boundary's version;
nobody types it, and a new version reassigns nothing that is past.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from shapely.geometry import box

from tests.casework.intake import later, take
from tests.cast import HOUSE, Cast
from tests.ground import Ground
from wardroom.casework.actions import placing
from wardroom.casework.models import Complaint
from wardroom.city.actions import Feature, load_boundaries
from wardroom.matters.models import Matter

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("office")]


def typed_seven_at_a_place_in_five(who: Cast, ground: Ground) -> Complaint:
    """Somebody types Ward 7 for a place whose point lies in Ward 5."""
    return take(who, ground, ward_code="7", title="Typed otherwise")


def test_the_point_says_the_ward_whatever_is_typed(
    ground: Ground, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = typed_seven_at_a_place_in_five(liaison5, ground).matter
    assert (matter.ward_code, matter.ward) == ("5", ground.wards["5"])
    monkeypatch.setattr(placing, "spot_at", lambda *_: (None, None))
    assert typed_seven_at_a_place_in_five(liaison5, ground).matter.ward_code == "7"


def swap_the_wards(day: date) -> None:
    """From a day on, Ward 5 lies where Ward 7 was, and the other way round."""
    load_boundaries(
        None, kind="ward", valid_from=day, source="a test", digest="1" * 64, schematic=True,
        features=[
            Feature("7", "Ward 7", box(-77.02, 38.90, -76.98, 38.94)),
            Feature("5", "Ward 5", box(-76.98, 38.90, -76.94, 38.94)),
        ],
        stamp=HOUSE,
    )  # fmt: skip


def test_what_was_keeps_its_version_and_what_comes_gets_the_new_one(
    ground: Ground, liaison5: Cast
) -> None:
    old = take(liaison5, ground).matter
    day = liaison5.stamp.at.date() + timedelta(days=10)
    swap_the_wards(day)
    old = Matter.objects.get(pk=old.pk)
    assert (old.ward_code, old.ward) == ("5", ground.wards["5"])
    assert old.ward is not None
    assert old.ward.boundary_set.valid_until == day - timedelta(days=1)
    before = take(liaison5, ground, title="Before", stamp=later(liaison5, 9)).matter
    after = take(liaison5, ground, title="After", stamp=later(liaison5, 10)).matter
    assert (before.ward_code, after.ward_code) == ("5", "7")
    assert after.ward is not None
    assert after.ward.boundary_set.valid_from == day
