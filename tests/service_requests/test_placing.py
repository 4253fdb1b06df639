"""Requests that were read before their boundaries find their districts when these are loaded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from shapely.geometry import box

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.service_requests.samples import counts, row, take, write
from wardroom import reactions
from wardroom.access.actor import Stamp
from wardroom.city.actions import Feature, load_boundaries
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger import reactions as ledger
from wardroom.ledger.models import Entry
from wardroom.ledger.reactions import deliver_receipt, due_receipts, register_reactions
from wardroom.problems.models import Detection
from wardroom.service_requests.actions import place_requests, placing
from wardroom.service_requests.gateways.measured import read_measured
from wardroom.service_requests.gateways.snapshot import current_snapshot, forget_copies
from wardroom.service_requests.models import ServiceRequest

pytestmark = pytest.mark.django_db
LATER = replace(HOUSE, at=NOON + timedelta(hours=1))
WEST, EAST = box(-77.02, 38.90, -76.98, 38.94), box(-76.98, 38.90, -76.94, 38.94)


@pytest.fixture(autouse=True)
def house_list() -> Iterator[None]:
    before = dict(ledger._BY_KIND)
    register_reactions(reactions.FOLLOWS)
    yield
    ledger._BY_KIND.clear()
    ledger._BY_KIND.update(before)


def load(kind: str, day: date, **shapes: object) -> None:
    load_boundaries(
        None,
        kind=kind,
        valid_from=day,
        features=[Feature(code[1:], code, shape) for code, shape in shapes.items()],  # type: ignore[arg-type]
        source="a test",
        digest=f"{kind} {day} {sorted(shapes)}",
        stamp=LATER,
    )


def work(stamp: Stamp = HOUSE) -> None:
    """What the worker does until nothing is due."""
    while due := due_receipts(at=stamp.at, most=100):
        for receipt in due:
            assert deliver_receipt(receipt, stamp=stamp)


def wards() -> dict[str, str]:
    return dict(ServiceRequest.objects.values_list("external_id", "ward_code"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    rows = [
        row("west"),
        row("east", lon="-76.96"),
        row("outside", lon="-76.5"),
        row("nowhere", lon="", lat=""),
        row("last night", opened="2022-01-01T04:59:59Z"),
    ]
    return write(tmp_path / "requests.csv", rows)


@pytest.mark.parametrize("at_once", [1, 2, 20_000])
def test_requests_find_the_ward_of_their_own_day(
    at_once: int, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placing, "AT_ONCE", at_once)
    take(file)
    work()
    ranked, copied = Detection.objects.count(), current_snapshot()
    load("ward", date(2022, 1, 1), w5=WEST, w7=EAST)
    work(LATER)
    none = {"outside": "", "nowhere": ""}
    assert wards() == {"west": "5", "east": "7", "last night": "", **none}
    assert Detection.objects.count() == ranked + 1
    assert current_snapshot() != copied
    load("ward", date(2012, 1, 1), w3=WEST)
    work(LATER)
    assert wards() == {"west": "5", "east": "7", "last night": "3", **none}
    placed = ServiceRequest.objects.select_related("ward")
    assert {r.ward_code for r in placed} == {r.ward.code if r.ward else "" for r in placed}
    assert counts(take(file)) == (5, 0, 0, 5, 0)


@pytest.mark.any_database
def test_copy_has_the_wards_that_were_found_since(file: Path) -> None:
    forget_copies()
    take(file)
    work()
    current_snapshot()
    load("ward", date(2012, 1, 1), w5=WEST, w7=EAST)
    work(LATER)
    told = read_measured(current_snapshot(), opened_from=0, going_on_from=0)
    assert sorted(told.ward_codes[n] for n in told.ward) == sorted(wards().values())


def test_request_that_has_a_ward_keeps_it(file: Path) -> None:
    load("ward", date(2012, 1, 1), w5=WEST)
    take(file)
    load("ward", date(2020, 1, 1), w8=WEST, w7=EAST)
    work(LATER)
    assert wards()["west"] == "5"
    assert wards()["east"] == "7"


def test_anc_and_smd_are_found_as_the_ward_is(file: Path) -> None:
    take(file)
    load("anc", date(2013, 1, 1), a5A=WEST)
    load("smd", date(2013, 1, 1), s5A01=WEST)
    work(LATER)
    west = ServiceRequest.objects.select_related("anc", "smd").get(external_id="west")
    assert west.anc is not None
    assert west.smd is not None
    assert (west.anc.code, west.smd.code, west.ward_code) == ("5A", "5A01", "")


def test_nothing_is_done_where_nothing_waits(file: Path) -> None:
    load("ward", date(2012, 1, 1), w5=WEST)
    load("psa", date(2012, 1, 1), p502=WEST)
    work(LATER)
    take(file)
    load("psa", date(2019, 1, 1), p501=WEST)
    work(LATER)
    assert not Entry.objects.filter(kind="RequestsPlaced").exists()


def test_requests_are_placed_by_the_house_in_kinds_they_have(liaison5: Cast) -> None:
    with pytest.raises(NotAllowed):
        place_requests(None, kind="ward", after_id=0, placed=0, stamp=liaison5.stamp)
    with pytest.raises(Refused, match="placed in ward, anc, smd"):
        place_requests(None, kind="psa", after_id=0, placed=0, stamp=HOUSE)
