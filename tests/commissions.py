"""ANC 5B with two districts, side by side in Ward 5, and its seats in the directory."""

from __future__ import annotations

from datetime import date

import pytest
from shapely.geometry import box

from tests.cast import HOUSE, Cast
from tests.ground import Ground
from tests.remembered import remembered
from wardroom.city.actions import Feature, load_boundaries
from wardroom.directory.actions import make_commissions
from wardroom.directory.models import Party


@remembered
def make_commission(director: Cast) -> Party:
    """The commission of the whole of Ward 5; the alley of Ward 5 lies in its second district."""
    shapes = {
        "anc": {"5B": box(-77.02, 38.90, -76.98, 38.94)},
        "smd": {
            "5B01": box(-77.02, 38.90, -77.005, 38.94),
            "5B02": box(-77.005, 38.90, -76.98, 38.94),
        },
    }
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
    return Party.objects.get(organisation_kind="anc", area_code="5B")


@pytest.fixture
def anc5b(ground: Ground, director: Cast) -> Party:
    """ANC 5B, with its two seats."""
    return make_commission(director)
