"""What anybody may download: the columns of each file, and how a row is written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from wardroom.city.rules import block_point
from wardroom.kernel.addresses import block_of
from wardroom.kernel.cells import csv_line

VERSION = 1
TEXT, WHOLE, NUMBER, DAY, INSTANT = "string", "integer", "number", "date", "datetime"
Row = tuple[Any, ...]
FORMATS: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "geojson": "application/geo+json",
    "parquet": "application/vnd.apache.parquet",
}
MARK = "\ufeff"
STATUSES: Mapping[str, str] = {
    "open": "Open",
    "in_progress": "In progress",
    "closed": "Closed",
    "duplicate_open": "Duplicate of an open request",
    "duplicate_closed": "Closed as a duplicate",
    "transferred": "Closed, transferred",
    "incomplete": "Closed, incomplete",
    "cancelled": "Closed, canceled",
    "unknown": "Not known",
}


@dataclass(frozen=True)
class Column:
    """One column of a file: its name, its type by the Table Schema, and what it means."""

    name: str
    kind: str
    meaning: str


@dataclass(frozen=True)
class Dataset:
    """What can be downloaded as a file in three formats."""

    code: str
    title: str
    about: str
    columns: tuple[Column, ...]

    @property
    def point(self) -> tuple[int, int]:
        """Where latitude and longitude stand."""
        names = [column.name for column in self.columns]
        return names.index("lat"), names.index("long")


PLACE = (
    Column("address", TEXT, "The block, never a house number or an apartment."),
    Column("ward", TEXT, "Ward, by the boundaries on the day."),
    Column("anc", TEXT, "Advisory Neighborhood Commission."),
    Column("smd", TEXT, "Single-member district."),
    Column("lat", NUMBER, "Latitude (WGS 84), to about 100 meters."),
    Column("long", NUMBER, "Longitude (WGS 84), to about 100 meters."),
)
REQUESTS = Dataset(
    "requests",
    "Service requests",
    "Requests to the city's 311 system as we last read them. The 311 system owns them; "
    "a closed request was closed there, which is not the same as fixed.",
    (
        Column("service_request_id", TEXT, "The number in the 311 system."),
        Column("feed", TEXT, "Which 311 system the number belongs to."),
        Column("service_code", TEXT, "The code of the service that was asked for."),
        Column("service_name", TEXT, "Its name."),
        Column("agency_responsible", TEXT, "The agency that has to do it, by its code."),
        Column("status", TEXT, "open or closed."),
        Column("status_description", TEXT, "The status in more detail."),
        Column("requested_datetime", INSTANT, "When it was asked for."),
        Column("expected_datetime", INSTANT, "When the 311 system promised it, if it did."),
        Column("closed_date", INSTANT, "When the 311 system closed it."),
        Column("updated_datetime", INSTANT, "When the 311 system last changed it, if it says."),
        Column("source", TEXT, "How it was asked for, such as phone or web, if known."),
        Column("calls", WHOLE, "How many people asked for it under this number."),
        Column("parent_service_request_id", TEXT, "The request that this one repeats, if any."),
        *PLACE,
        Column("zipcode", TEXT, "ZIP code, if known."),
    ),
)
LOCATIONS = Dataset(
    "locations",
    "Persistent locations",
    "Places where trouble kept coming back and that the office works on with agencies. Only "
    "places with a text that was written and approved for the public.",
    (
        Column("location_id", WHOLE, "Our number of the location."),
        Column("topics", TEXT, "What the trouble is, separated by semicolons."),
        Column("text", TEXT, "The text for the public, as it was approved."),
        Column("approved_at", INSTANT, "When the text was approved."),
        Column("opened_on", DAY, "Since when the office works on the place."),
        Column("closed_on", DAY, "When that ended, if it did."),
        Column("outcome", TEXT, "How it ended, if it did."),
        Column("plan_adopted_on", DAY, "When the first work plan was adopted."),
        Column("plan_agencies", TEXT, "The agencies in that plan, separated by semicolons."),
        Column("last_checked_on", DAY, "When somebody of the office last looked."),
        Column("last_finding", TEXT, "What was found then."),
        *PLACE,
    ),
)
REPORTS = Dataset(
    "reports",
    "Reports to the office",
    "What people reported to this office through its public page or an Open311 app. A report is "
    "closed once the office has told the people who reported what became of it.",
    (
        Column("service_request_id", TEXT, "The number of the report."),
        Column("service_code", TEXT, "The code of what was reported."),
        Column("service_name", TEXT, "What was reported."),
        Column("status", TEXT, "open or closed."),
        Column("outcome", TEXT, "What became of it, once it is closed."),
        Column("requested_datetime", INSTANT, "When it was reported."),
        Column("updated_datetime", INSTANT, "When it came in or, once it is closed, was closed."),
        Column("source", TEXT, "How it was reported: web or open311."),
        Column("address", TEXT, "The block, never a house number or an apartment."),
        Column("ward", TEXT, "Ward of the issue that it belongs to."),
        Column("lat", NUMBER, "Latitude (WGS 84), to about 100 meters."),
        Column("long", NUMBER, "Longitude (WGS 84), to about 100 meters."),
    ),
)
DATASETS: Mapping[str, Dataset] = {d.code: d for d in (REQUESTS, REPORTS, LOCATIONS)}


@lru_cache(maxsize=50_000)
def public_address(address: str) -> str:
    """An address by its block."""
    return block_of(address)


def public_place(latitude: float | None, longitude: float | None) -> Row:
    """A point to some 100 meters, whatever it is the point of."""
    return block_point(latitude, longitude) or (None, None)


def header(dataset: Dataset) -> str:
    """The first line of the CSV file, with the mark by which spreadsheets know UTF-8."""
    return MARK + ",".join(column.name for column in dataset.columns) + "\r\n"


def csv_lines(rows: Iterable[Row]) -> str:
    """Rows as CSV (RFC 4180); words that a spreadsheet would run as a formula are set off."""
    return "".join(csv_line(map(_cell, row)) for row in rows)


def json_lines(dataset: Dataset, rows: Iterable[Row]) -> str:
    """Rows as JSON, a line each, with every word as it is: for a program that knows the types."""
    names = [column.name for column in dataset.columns]
    return "".join(
        json.dumps(dict(zip(names, map(_plain, row), strict=True)), ensure_ascii=False) + "\n"
        for row in rows
    )


def features(dataset: Dataset, rows: Iterable[Row]) -> list[str]:
    """Rows as features of GeoJSON (RFC 7946); a row without a point has no geometry."""
    latitude, longitude = dataset.point
    names = [column.name for column in dataset.columns]
    return [_feature(dict(zip(names, row, strict=True)), row[latitude], row[longitude])
            for row in rows]  # fmt: skip


def package(site: str, files: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """What the files are, as a Data Package: each a dataset and a format."""
    return {
        "name": "wardroom-open-data",
        "title": "Open data of the Mayor's Office of Community Relations",
        "version": str(VERSION),
        "resources": [
            {
                "name": f"{code}-{form}",
                "title": DATASETS[code].title,
                "description": DATASETS[code].about,
                "path": f"{site}/open-data/{code}.{form}",
                "format": form,
                "mediatype": FORMATS[form].partition(";")[0],
                "schema": {
                    "fields": [
                        {"name": c.name, "type": c.kind, "description": c.meaning}
                        for c in DATASETS[code].columns
                    ]
                },
            }
            for code, form in files
        ],
    }


def _feature(said: dict[str, Any], latitude: Any, longitude: Any) -> str:
    placed = latitude is not None and longitude is not None
    point = {"type": "Point", "coordinates": [longitude, latitude]} if placed else None
    properties = {
        name: _plain(value) for name, value in said.items() if name not in ("lat", "long")
    }
    feature = {"type": "Feature", "geometry": point, "properties": properties}
    return json.dumps(feature, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        at = value if value.tzinfo is UTC else value.astimezone(UTC)
        return at.isoformat()[: -len("+00:00")] + "Z"
    return value.isoformat() if isinstance(value, date) else value


def _cell(value: Any) -> Any:
    return _plain(value) if isinstance(value, date) else value
