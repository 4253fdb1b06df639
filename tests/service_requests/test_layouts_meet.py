"""A narrower file of the same feed changes what it carries, and nothing else."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from shapely.geometry import box

from tests.cast import HOUSE
from tests.service_requests.samples import counts, mirror, row, take, write
from wardroom.city.actions import Feature, load_boundaries
from wardroom.directory.models import Service
from wardroom.service_requests.models import ServiceRequest, StatusChange

pytestmark = pytest.mark.django_db
HEADER = (
    "SERVICEREQUESTID,SERVICECODE,SERVICECODEDESCRIPTION,ORGANIZATIONACRONYM,SERVICEORDERSTATUS,"
    "SERVICEORDERDATE,RESOLUTIONDATE,SERVICEDUEDATE,STREETADDRESS,ZIPCODE,"
    "MARADDRESSREPOSITORYID,LATITUDE,LONGITUDE,WARD,PRIORITY,SERVICECALLCOUNT\n"
)
OPENED_MS = 1793642400000
FULL = {
    "external_id": "id", "opened": "opened", "closed": "closed", "due": "due",
    "service_code": "kind", "service_name": "kind_name", "agency": "agency",
    "longitude": "lon", "latitude": "lat", "address": "address", "address_id": "address_id",
    "reporter": "reporter", "status": "status", "calls": "calls",
}  # fmt: skip
EVERY = {"external_id": "id", "opened": "opened", "service_code": "kind"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "requests.csv"


def narrow(path: Path, columns: dict[str, str], *rows: dict[str, str]) -> str:
    """Write a file with these columns only, and its mapping; returns the mapping's name."""
    mapping = path.with_suffix(".toml")
    named = "\n".join(f'{field} = "{column}"' for field, column in columns.items())
    mapping.write_text(f'feed = "plain"\n[time]\nclock = "instant"\n[columns]\n{named}\n')
    lines = [",".join(columns.values())]
    lines += [",".join(r[c] for c in columns.values()) for r in rows]
    path.write_text("\n".join(lines) + "\n")
    return str(mapping)


def one() -> ServiceRequest:
    return ServiceRequest.objects.get()


def test_snapshot_of_the_live_feed_keeps_what_the_portal_said(
    file: Path, tmp_path: Path, ground: object
) -> None:
    """The snapshot has no address id, no service code and no agency."""
    lines = [
        f"26-{n},S{n % 4},Kind of {n % 2},DPW,Open,2026-11-02T14:00:00Z,,2026-11-09T14:00:00Z,"
        f"{500 + n} TEST STREET NE,20002,{9000 + n},38.92,-77.0,5,STANDARD,2\n"
        for n in range(20)
    ]
    file.write_text(HEADER + "".join(lines))
    assert take(file).layout == "dc-2015"
    before = mirror("dc")
    services = Service.objects.count()
    snapshot = tmp_path / "snapshot.geojson"
    features = [
        {
            "geometry": {"coordinates": [-77.0, 38.92]},
            "properties": {
                "SERVICEREQUESTID": f"26-{n}",
                "SERVICECODEDESCRIPTION": f"Kind of {n % 2}",
                "SERVICEORDERSTATUS": "Closed" if n == 7 else "Open",
                "add_ms": OPENED_MS,
                "res_ms": OPENED_MS + 86_400_000 if n == 7 else None,
                "STREETADDRESS": f"{500 + n} TEST STREET NE",
                "WARD": "5",
            },
        }
        for n in range(20)
    ]
    snapshot.write_text(json.dumps({"features": features}))
    assert counts(take(snapshot)) == (20, 0, 1, 19, 0)
    assert Service.objects.count() == services
    moved = {"status", "status_given", "closed_at"}
    for was, now in zip(before, mirror("dc"), strict=True):
        changed = {k for k in now if now[k] != was[k]} - {"content_digest"}
        assert changed == (moved if now["external_id"] == "26-7" else set())
    assert counts(take(snapshot)) == (20, 0, 0, 20, 0)
    assert counts(take(file)) == (20, 0, 1, 19, 0)
    assert kept_of(mirror("dc")) == kept_of(before)


def kept_of(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{k: v for k, v in r.items() if k != "content_digest"} for r in rows]


@pytest.mark.parametrize("lacking", sorted(set(FULL) - set(EVERY)))
def test_column_that_a_file_lacks_changes_nothing(lacking: str, file: Path, ground: object) -> None:
    """Nor what follows from it: the place, the ward, the service, the status."""
    given = row("a", status="CLOSED", closed="2026-11-03T12:00:00Z", due="2026-11-09T12:00:00Z")
    take(write(file, [given]))
    before = kept_of(mirror())
    columns = {f: c for f, c in FULL.items() if f != lacking}
    layout = narrow(file, columns, given)
    assert counts(take(file, layout_word=layout)) == (1, 0, 0, 1, 0)
    assert kept_of(mirror()) == before
    layout = narrow(file, columns, {**given, "opened": "2026-11-02T15:00:00Z"})
    assert counts(take(file, layout_word=layout)) == (1, 0, 1, 0, 0)
    later = {"opened_at": datetime(2026, 11, 2, 15, tzinfo=UTC)}
    assert kept_of(mirror()) == [{**before[0], **later}]
    assert not StatusChange.objects.exists()


def test_file_without_coordinates_leaves_the_ward(file: Path, ground: object) -> None:
    take(write(file, [row("a")]))
    assert one().ward_code == "5"
    layout = narrow(file, {**EVERY, "address": "address"}, row("a", address="9 M STREET SE"))
    assert take(file, layout_word=layout).changed == 1
    made = one()
    assert (made.ward_code, made.latitude, made.address) == ("5", 38.92, "9 M STREET SE")


def test_service_is_that_of_its_code_while_the_name_agrees(file: Path) -> None:
    """Two services of one name: the file that has only names moves no request between them."""
    both = {"kind_name": "Dumping", "status": "OPEN"}
    take(write(file, [row("a", kind="D1", **both), row("b", kind="D2", **both)]))
    columns = {"external_id": "id", "opened": "opened", "service_name": "kind_name"}
    named = [row("a", kind_name="DUMPING"), row("b", kind_name="dumping")]
    assert take(file, layout_word=narrow(file, columns, *named)).same == 2
    codes = ServiceRequest.objects.order_by("external_id").values_list("service__code", flat=True)
    assert list(codes) == ["D1", "D2"]
    other = [row("a", kind_name="Rats"), row("b", kind_name="Dumping")]
    assert take(file, layout_word=narrow(file, columns, *other)).changed == 1
    assert list(codes.all()) == ["Rats", "D2"]


@pytest.mark.parametrize(
    ("word", "closed", "after"),
    [
        ("OPEN", "2026-11-05T14:00:00Z", "closed"),
        ("IN-PROGRESS", "2026-11-05T14:00:00Z", "closed"),
        ("Duplicate (opened)", "2026-11-05T14:00:00Z", "duplicate_closed"),
        ("VOIDED", "2026-11-05T14:00:00Z", "cancelled"),
        ("IN-PROGRESS", "", "in_progress"),
        ("CLOSED", "", "closed"),
    ],
)
def test_closing_time_without_a_word_closes_what_was_live(
    word: str, closed: str, after: str, file: Path
) -> None:
    take(write(file, [row("a", status=word)]))
    layout = narrow(file, {**EVERY, "closed": "closed"}, row("a", closed=closed))
    take(file, layout_word=layout)
    made = one()
    assert (made.status, made.status_given) == (after, word)
    assert (made.closed_at is not None) == bool(closed)


def test_closing_time_that_is_gone_reopens(file: Path) -> None:
    take(write(file, [row("a", status="CLOSED", closed="2026-11-05T14:00:00Z")]))
    take(file, layout_word=narrow(file, {**EVERY, "closed": "closed"}, row("a")))
    assert (one().status, one().closed_at) == ("open", None)
    assert StatusChange.objects.get().after == "open"


def test_half_a_point_is_no_point(file: Path) -> None:
    take(write(file, [row("a")]))
    layout = narrow(file, {**EVERY, "latitude": "lat"}, row("a", lat="38.99"))
    assert take(file, layout_word=layout).same == 1
    assert (one().latitude, one().longitude) == (38.92, -77.0)


def test_ward_stays_when_another_version_is_loaded_and_the_status_moves(
    file: Path, ground: object
) -> None:
    take(write(file, [row("a")]))
    load_boundaries(
        None,
        kind="ward",
        valid_from=date(2023, 1, 2),
        features=[Feature("8", "Ward 8", box(-77.02, 38.90, -76.94, 38.94))],
        source="a test",
        digest="8" * 64,
        stamp=HOUSE,
    )
    take(write(file, [row("a", status="CLOSED")]))
    assert (one().status, one().ward_code) == ("closed", "5")
    take(write(file, [row("a", status="CLOSED", lat="38.93")]))
    assert one().ward_code == "8"


def test_column_that_another_file_lacks_is_told_from_one_that_is_empty(file: Path) -> None:
    """Same words in the row, other columns in the file: it is looked at again."""
    given = row("a", status="OPEN", closed="2026-11-05T14:00:00Z", address="")
    take(write(file, [given]))
    without = {f: c for f, c in FULL.items() if f != "closed"}
    assert take(file, layout_word=narrow(file, without, given)).same == 1
    assert take(write(file, [{**given, "closed": ""}])).changed == 1
    assert one().closed_at is None
