"""A small city with trouble in it: requests that were imported, and a ranking over them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cast import HOUSE
from tests.conftest import NOON
from tests.ground import Ground
from tests.remembered import remembered, remembered_with_files
from wardroom.access import gate
from wardroom.access.actor import SYSTEM, Stamp, Window
from wardroom.library.actions import load_reference_data, sort_services
from wardroom.library.queries import services_without_topic
from wardroom.problems.gateways import detect
from wardroom.problems.models import Candidate, Detection
from wardroom.service_requests.gateways.importing import Summary, import_file
from wardroom.service_requests.gateways.snapshot import forget_copies

HEADER = (
    "id", "opened", "closed", "due", "kind", "kind_name", "agency", "lon", "lat", "address",
    "address_id", "reporter", "status", "calls",
)  # fmt: skip
KINDS = {
    "DUMP": ("Illegal Dumping", "DPW"),
    "RODENT": ("Rodent Inspection and Treatment", "DOH"),
    "GRAF": ("Graffiti Removal", "DPW"),
    "BULK": ("Bulk Collection", "DPW"),
    "LIGHT": ("Streetlight Repair", "DDOT"),
    "HOLE": ("Pothole", "DDOT"),
    "TRASH": ("Trash Collection - Missed", "DPW"),
    "NOISE": ("Noise Complaint", "MPD"),
}
EVERYDAY = ("LIGHT", "HOLE", "TRASH", "NOISE", "GRAF", "DUMP", "RODENT")
WARD_LONGITUDES = {"5": -77.0195, "7": -76.9795}
COLUMNS, EAST, NORTH = 25, 0.0015, 0.00138
MONTH = timedelta(days=30)


@dataclass(frozen=True)
class Report:
    """One request as the feed has it; place is the number of an address in its ward."""

    place: int
    opened: datetime
    closed: datetime | None = None
    due: datetime | None = None
    ward: str = "5"
    kind: str = "DUMP"
    reporter: int = 0
    status: str = ""

    @property
    def label(self) -> str:
        return f"{self.place} ALLEY STREET NE"


def monthly(place: int, *, ward: str = "5", months: int = 12, kind: str = "DUMP") -> list[Report]:
    """A report every thirty days up to last week, each closed after two days."""
    reports = []
    for back in range(months):
        opened = NOON - timedelta(days=7) - back * MONTH
        reports.append(
            Report(
                place,
                opened,
                opened + timedelta(days=2),
                opened + timedelta(days=7),
                ward=ward,
                kind=kind,
                reporter=back % 5 + 1,
            )
        )
    return reports


def ordinary(ward: str, *, places: int = 40, first: int = 500) -> Iterator[Report]:
    """One report at each of many places, of every kind in turn."""
    for n in range(places):
        opened = NOON - timedelta(days=20 + 5 * n)
        yield Report(
            first + n,
            opened,
            opened + timedelta(days=3),
            ward=ward,
            kind=EVERYDAY[n % len(EVERYDAY)],
            reporter=90 + n,
        )


def bring_in(folder: Path, reports: Iterable[Report], *, at: datetime = NOON) -> Summary:
    """Import the reports as a file of the feed, and sort their services under topics."""
    path = folder / f"requests-{at:%Y%m%d%H%M%S}.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(_line(report) for report in reports)
    stamp = Stamp(actor=SYSTEM, at=at, window=Window.SHELL)
    summary = import_file(path, layout_word="plain-full", schematic=True, stamp=stamp)
    if services_without_topic():
        sort_services(None, stamp=stamp)
    return summary


def point_of(ward: str, place: int) -> tuple[float, float]:
    """Where an address lies: on a grid in its ward, over a hundred metres from the next."""
    row, column = divmod(place, COLUMNS)
    return round(WARD_LONGITUDES[ward] + column * EAST, 6), round(38.9005 + row * NORTH, 6)


def _line(r: Report) -> tuple[Any, ...]:
    name, agency = KINDS[r.kind]
    number = f"{r.ward}-{r.place}-{r.kind}-{int(r.opened.timestamp())}-{r.reporter}"
    status = r.status or ("CLOSED" if r.closed else "OPEN")
    address_id = int(r.ward) * 100_000 + r.place
    return (
        number, _instant(r.opened), _instant(r.closed), _instant(r.due), r.kind, name, agency,
        *point_of(r.ward, r.place), r.label, address_id,
        r.reporter or "", status, 1,
    )  # fmt: skip


def _instant(at: datetime | None) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if at else ""


@contextmanager
def set_up() -> Iterator[None]:
    """Rows as an older house or another feed would have left them; no action makes them."""
    token = gate._pass.set("test set-up")
    try:
        yield
    finally:
        gate._pass.reset(token)
        forget_copies()


@dataclass(frozen=True)
class Trouble:
    """A ranked city: two places in trouble in ward 5, one in ward 7, all others ordinary."""

    detection: Detection
    folder: Path

    @property
    def candidates(self) -> list[Candidate]:
        return list(self.detection.candidates.order_by("rank"))

    def candidate(self, place: int) -> Candidate:
        """The candidate at one address."""
        return self.detection.candidates.get(place__label=f"{place} ALLEY STREET NE")


def city_reports() -> list[Report]:
    """Every request of the small city."""
    return [
        *monthly(1, months=30),
        *monthly(1, months=24, kind="TRASH"),
        *monthly(1, months=9, kind="GRAF"),
        *monthly(2, months=24, kind="RODENT"),
        *monthly(2, months=15),
        *monthly(3, ward="7", months=24),
        *monthly(4, months=20, kind="BULK"),
        *ordinary("5"),
        *ordinary("7", first=600),
    ]


@pytest.fixture
def small_city(ground: Ground, tmp_path: Path, settings: Any) -> Path:
    """The ground with topics and a folder of its own, but no requests yet."""
    settings.FILES_ROOT = tmp_path / "home" / "files"
    load_topics()
    return tmp_path


@remembered
def load_topics() -> None:
    """The house's own topics, rules and promises."""
    load_reference_data(None, stamp=HOUSE)


@pytest.fixture
def trouble(small_city: Path, agencies: object) -> Trouble:
    return make_trouble(small_city)


def make_trouble(folder: Path) -> Trouble:
    """The small city with its requests imported and its places ranked."""
    return Trouble(ranked_city(folder), folder)


@remembered_with_files
def ranked_city(folder: Path) -> Detection:
    """The ranking over the small city, whose requests are in."""
    bring_in(folder, city_reports())
    return detect(stamp=HOUSE)
