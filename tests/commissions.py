"""ANC 5B with two districts, side by side in Ward 5, and its seats in the directory."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from shapely.geometry import box

from tests.cast import HOUSE, Cast
from tests.ground import Ground
from tests.remembered import remembered
from wardroom.city.actions import Feature, load_boundaries
from wardroom.directory.actions import make_commissions
from wardroom.directory.models import Party

WARD_5, WARD_7 = box(-77.02, 38.90, -76.98, 38.94), box(-76.98, 38.90, -76.94, 38.94)


@remembered
def make_commission(director: Cast) -> Party:
    """The commission of the whole of Ward 5; the alley of Ward 5 lies in its second district."""
    smds = {
        "5B01": box(-77.02, 38.90, -77.005, 38.94),
        "5B02": box(-77.005, 38.90, -76.98, 38.94),
    }
    return made_of({"anc": {"5B": WARD_5}, "smd": smds}, director)


def make_shared_commission(director: Cast) -> Party:
    """A commission in two wards, as 3/4G is: a district in Ward 5, and one in Ward 7."""
    smds = {"5/7G01": WARD_5, "5/7G02": WARD_7}
    return made_of({"anc": {"5/7G": WARD_5.union(WARD_7)}, "smd": smds}, director)


def made_of(shapes: Mapping[str, Mapping[str, Any]], director: Cast) -> Party:
    """The one commission that these boundaries have, with its seats."""
    for kind, areas in shapes.items():
        load_boundaries(
            None,
            kind=kind,
            valid_from=date(2023, 1, 2),
            features=[
                Feature(code, f"{kind.upper()} {code}", area) for code, area in areas.items()
            ],
            source="a test",
            digest=kind * 8,
            schematic=True,
            stamp=HOUSE,
        )
    make_commissions(None, stamp=director.stamp)
    return Party.objects.get(organisation_kind="anc", area_code=next(iter(shapes["anc"])))


@pytest.fixture
def anc5b(ground: Ground, director: Cast) -> Party:
    """ANC 5B, with its two seats."""
    return make_commission(director)
