"""The District's, Chicago's and Los Angeles's real files come in whole, quirks and all."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.cast import HOUSE, Cast
from wardroom.city.actions import load_boundaries
from wardroom.city.gateways import read_features
from wardroom.city.rules import ward_code
from wardroom.service_requests.gateways.importing import Summary, import_file
from wardroom.service_requests.models import ServiceRequest, StatusChange
from wardroom.service_requests.queries import RequestFilters, requests_behind

pytestmark = [pytest.mark.django_db, pytest.mark.real_data]


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


def take(shared: Path, name: str, tmp_path: Path) -> Summary:
    path = shared / "requests" / name
    return import_file(path, rejects_path=tmp_path / "rejects.csv", stamp=HOUSE)


def adds_up(s: Summary) -> bool:
    return s.read == s.new + s.changed + s.same + s.rejected


def test_ward_of_2015_is_the_ward_of_its_own_day(shared_data: Path, tmp_path: Path) -> None:
    """README point 9: 99.83 % against the wards of 2012, though those of 2022 are loaded too."""
    load(shared_data, "wards_2022", "ward", date(2022, 1, 1))
    load(shared_data, "wards_2012", "ward", date(2012, 1, 1))
    load(shared_data, "smds_2013", "smd", date(2013, 1, 1))
    summary = take(shared_data, "dc_2015_sep_oct.csv.gz", tmp_path)
    assert (summary.layout, summary.new, summary.rejected) == ("dc-2015", 11473, 0)
    rows = list(ServiceRequest.objects.exclude(latitude=None).select_related("ward__boundary_set"))
    known = [r for r in rows if ward_code(r.ward_given)]
    agree = sum(r.ward_code == ward_code(r.ward_given) for r in known)
    assert agree / len(known) >= 0.998
    assert {r.ward.boundary_set.valid_from for r in rows if r.ward} == {date(2012, 1, 1)}
    unnamed = [r for r in rows if r.ward_given == "NULL"]
    assert len(unnamed) == 36
    assert sum(bool(r.ward_code) for r in unnamed) >= 30


def test_times_of_2015_are_four_hours_from_utc_and_1970_is_no_time(
    shared_data: Path, tmp_path: Path
) -> None:
    take(shared_data, "dc_2015_sep_oct.csv.gz", tmp_path)
    first = ServiceRequest.objects.get(external_id="15-00259642")
    assert first.opened_at == datetime(2015, 9, 11, 9, 50, 21, tzinfo=UTC)
    assert first.due_at == datetime(2015, 9, 14, 21, 0, tzinfo=UTC)
    assert ServiceRequest.objects.filter(closed_at=None).count() == 4671
    assert not ServiceRequest.objects.filter(closed_at__year__lt=2000).exists()
    assert not ServiceRequest.objects.filter(due_at__year__lt=2000).exists()
    given = Counter(ServiceRequest.objects.values_list("status", flat=True))
    assert given["in_progress"] == 1752
    assert given["duplicate_open"] == 337
    assert given["cancelled"] == 56
    assert given["incomplete"] == 4
    assert given["unknown"] == 0
    assert ServiceRequest.objects.filter(zip_code="20011").exists()
    assert not ServiceRequest.objects.filter(zip_code__contains=".").exists()


def test_old_feed_of_2014_comes_in(shared_data: Path, tmp_path: Path) -> None:
    summary = take(shared_data, "dc_2014_feb.csv.gz", tmp_path)
    assert (summary.layout, summary.new, summary.rejected) == ("dc-2014", 1855, 0)
    first = ServiceRequest.objects.get(external_id="14-00029168")
    assert first.opened_at == datetime(2014, 2, 7, 15, 0, tzinfo=UTC)
    assert first.address_id == 0 or first.place_key is not None
    nowhere = ServiceRequest.objects.filter(latitude=None)
    assert nowhere.count() == 14
    assert not ServiceRequest.objects.filter(latitude=0).exists()


def test_file_of_2025_comes_in(shared_data: Path, tmp_path: Path) -> None:
    summary = take(shared_data, "dc_2025_jan.csv.gz", tmp_path)
    assert (summary.layout, summary.read, summary.rejected) == ("dc-2025", 1000, 0)
    first = ServiceRequest.objects.get(external_id="25-00000002")
    assert first.opened_at == datetime(2025, 1, 1, 5, 22, 23, tzinfo=UTC)
    assert first.zip_code == "20003"
    assert first.ward_given == "Ward 6"
    assert ServiceRequest.objects.filter(status="transferred").count() == 1


@pytest.mark.parametrize(
    ("name", "layout"),
    [
        ("los_angeles_2017.csv.gz", "los-angeles"),
        ("chicago_sanitation_2000_2014.csv.gz", "chicago"),
    ],
)
def test_another_city_comes_in_by_its_mapping(
    shared_data: Path, tmp_path: Path, name: str, layout: str
) -> None:
    first = take(shared_data, name, tmp_path)
    assert first.layout == layout
    assert adds_up(first)
    assert first.rejected < first.read * 0.01
    assert not ServiceRequest.objects.filter(status="unknown").exists()
    again = take(shared_data, name, tmp_path)
    assert (again.new, again.changed) == (0, 0)
    assert again.same == first.new


def test_snapshots_of_a_live_feed_are_replayed(shared_data: Path, tmp_path: Path) -> None:
    """A record that left the window is not closed; a status that moved keeps its history."""
    folder = shared_data / "requests" / "dc_2026_snow_snapshots"
    names = sorted(p.name for p in folder.iterdir())
    seen: dict[str, str] = {}
    moved = 0
    for name in names:
        before = dict(ServiceRequest.objects.values_list("external_id", "status"))
        summary = take(shared_data, f"dc_2026_snow_snapshots/{name}", tmp_path)
        assert adds_up(summary)
        after = dict(ServiceRequest.objects.values_list("external_id", "status"))
        assert set(before) <= set(after)
        moved += sum(before[k] != after[k] for k in before)
        seen.update(after)
    assert moved > 0
    assert StatusChange.objects.count() == moved
    assert ServiceRequest.objects.count() == len(seen)


def test_office_sees_only_its_ward(
    shared_data: Path, tmp_path: Path, liaison5: Cast, partner_dpw: Cast, director: Cast
) -> None:
    load(shared_data, "wards_2012", "ward", date(2012, 1, 1))
    take(shared_data, "dc_2015_sep_oct.csv.gz", tmp_path)
    mine = requests_behind(liaison5.actor)
    assert 1700 < mine.total < 1900
    assert {r.ward_code for r in mine.rows} == {"5"}
    assert requests_behind(liaison5.actor, RequestFilters(ward="7")).total == 0
    assert requests_behind(director.actor).total == 11473
    assert requests_behind(partner_dpw.actor).total == 0
