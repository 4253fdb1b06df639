"""A file that is older than what we have reopens nothing and writes no history."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.cast import HOUSE
from tests.service_requests.samples import counts, mirror, take
from wardroom.service_requests.gateways.importing import import_file
from wardroom.service_requests.models import ServiceRequest, StatusChange

pytestmark = pytest.mark.django_db
LOS_ANGELES = (
    "SRNumber,CreatedDate,UpdatedDate,Owner,RequestType,Status,RequestSource,ServiceDate,"
    "ClosedDate,Address,ZipCode,Latitude,Longitude,CD\n"
)
FIRST, SECOND, THIRD = "01/02/2018", "01/03/2018", "01/04/2018"


def line(number: str, edited: str, status: str, address: str = "1 A ST") -> str:
    at = f"{edited} 09:00:00 AM" if edited else ""
    closed = f"{edited} 08:00:00 AM" if status == "Closed" and edited else ""
    return (
        f"{number},12/30/2017 08:15:00 AM,{at},BOS,Bulky Items,{status},App,,{closed},{address},"
        "90012,34.05,-118.24,14\n"
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "requests.csv"


def read(file: Path, *lines: str) -> tuple[int, int, int, int, int]:
    file.write_text(LOS_ANGELES + "".join(lines))
    return counts(take(file))


def test_older_row_changes_nothing_and_counts_as_the_same(file: Path) -> None:
    old, new = line("1", FIRST, "Open"), line("1", SECOND, "Closed")
    read(file, old)
    assert read(file, new) == (1, 0, 1, 0, 0)
    before = mirror("los-angeles")
    assert read(file, old, line("2", FIRST, "Open")) == (2, 1, 0, 1, 0)
    assert mirror("los-angeles")[:1] == before
    assert StatusChange.objects.count() == 1
    assert read(file, new) == (1, 0, 0, 1, 0)
    assert read(file, line("1", THIRD, "Open")) == (1, 0, 1, 0, 0)
    assert StatusChange.objects.count() == 2


def test_row_that_was_seen_unchanged_later_is_no_older_than_that(file: Path) -> None:
    read(file, line("1", FIRST, "Open"))
    assert read(file, line("1", THIRD, "Open")) == (1, 0, 0, 1, 0)
    assert read(file, line("1", SECOND, "Closed")) == (1, 0, 0, 1, 0)
    assert not StatusChange.objects.exists()


@pytest.mark.parametrize("edited", [FIRST, ""])
def test_row_of_the_same_instant_or_of_none_is_compared(edited: str, file: Path) -> None:
    read(file, line("1", FIRST, "Open"))
    assert read(file, line("1", edited, "Open", "2 B ST")) == (1, 0, 1, 0, 0)
    assert ServiceRequest.objects.get().address == "2 B ST"
    assert read(file, line("1", "01/01/2018", "Open")) == (1, 0, 0, 1, 0)


def test_change_in_the_future_shuts_out_no_later_file(file: Path) -> None:
    read(file, line("1", "01/02/2098", "Open"))
    assert read(file, line("1", SECOND, "Referred Out")) == (1, 0, 1, 0, 0)
    assert ServiceRequest.objects.get().edited_at is not None


def snapshot(folder: Path, name: str, closed: Iterable[int]) -> Path:
    done = set(closed)
    path = folder / name
    features = [
        {
            "geometry": {"coordinates": [-77.0, 38.92]},
            "properties": {
                "SERVICEREQUESTID": f"26-{n}",
                "SERVICECODEDESCRIPTION": "Snow",
                "SERVICEORDERSTATUS": "Closed" if n in done else "Open",
                "add_ms": 1769800000000,
                "res_ms": 1769803600000 if n in done else None,
                "STREETADDRESS": f"{n} TEST STREET NE",
                "WARD": "5",
            },
        }
        for n in range(10)
    ]
    path.write_text(json.dumps({"features": features}))
    return path


def test_snapshot_is_as_old_as_its_name_says(tmp_path: Path) -> None:
    early = snapshot(tmp_path, "2026-01-31T000012Z.geojson", [])
    late = snapshot(tmp_path, "2026-01-31T235819Z.geojson", range(9))
    take(early)
    assert counts(take(late)) == (10, 0, 9, 1, 0)
    before = mirror("dc")
    assert counts(take(early)) == (10, 0, 0, 10, 0)
    assert mirror("dc") == before
    assert StatusChange.objects.count() == 9
    undated = snapshot(tmp_path, "snapshot.geojson", range(5))
    assert counts(take(undated)) == (10, 0, 4, 6, 0)


@pytest.mark.real_data
def test_first_snapshot_of_a_day_again_reopens_nothing(shared_data: Path, tmp_path: Path) -> None:
    names = sorted((shared_data / "requests" / "dc_2026_snow_snapshots").iterdir())
    first, last = names[0], names[-1]
    read = [
        import_file(p, rejects_path=tmp_path / "rejects.csv", stamp=HOUSE)
        for p in (first, last, first)
    ]
    moved = StatusChange.objects.filter(run_id=read[1].run_id).count()
    assert moved >= 90
    assert (read[2].new, read[2].changed, read[2].same) == (0, 0, read[0].new)
    assert StatusChange.objects.count() == moved
