"""The District's own boundaries make its 46 commissions and 345 seats, as the law counts them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tests.cast import HOUSE, Cast
from wardroom.city.actions import load_boundaries
from wardroom.city.gateways import read_features
from wardroom.directory.actions import make_commissions
from wardroom.directory.models import Party, Seat

pytestmark = [pytest.mark.django_db, pytest.mark.real_data]
D2013, D2023 = date(2013, 1, 1), date(2023, 1, 2)
# How many districts each commission has from 2023 on: D.C. Law 24-148.
MEMBERS = {
    "1A": 10, "1B": 9, "1C": 9, "1D": 7, "1E": 7, "2A": 9, "2B": 9, "2C": 4, "2D": 2, "2E": 8,
    "2F": 8, "2G": 6, "3A": 5, "3B": 6, "3C": 8, "3D": 7, "3E": 8, "3F": 6, "3/4G": 7, "4A": 7,
    "4B": 10, "4C": 7, "4D": 8, "4E": 6, "5A": 9, "5B": 7, "5C": 7, "5D": 9, "5E": 6, "5F": 7,
    "6A": 7, "6B": 9, "6C": 7, "6D": 8, "6E": 9, "7B": 9, "7C": 9, "7D": 10, "7E": 7, "7F": 8,
    "8A": 7, "8B": 7, "8C": 8, "8D": 8, "8E": 9, "8F": 5,
}  # fmt: skip


def load(shared: Path, name: str, kind: str, day: date) -> None:
    path = shared / "boundaries" / f"{name}.geojson.gz"
    features, digest = read_features(path, kind=kind)
    load_boundaries(
        None,
        kind=kind,
        valid_from=day,
        features=features,
        source=path.name,
        digest=digest,
        stamp=HOUSE,
    )


def test_city_has_46_commissions_and_345_seats(director: Cast, shared_data: Path) -> None:
    load(shared_data, "wards_2022", "ward", date(2022, 1, 1))
    load(shared_data, "ancs_2013", "anc", D2013)
    load(shared_data, "smds_2013", "smd", D2013)
    load(shared_data, "ancs_2023", "anc", D2023)
    load(shared_data, "smds_2023", "smd", D2023)
    assert make_commissions(None, stamp=director.stamp) == 345
    seats = Seat.objects.filter(until_on=None, district__isnull=False)
    held = Counter(seats.values_list("organisation__area_code", flat=True))
    found = {code.removeprefix("6/"): count for code, count in held.items()}
    assert found == MEMBERS
    assert Party.objects.filter(organisation_kind="anc").count() == 46
    wards = seats.filter(organisation__area_code="3/4G").values_list("ward_code", flat=True)
    assert set(wards) == {"3", "4"}
    assert set(seats.values_list("ward_code", flat=True)) == set("12345678")
