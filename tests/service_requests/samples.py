"""Small files of requests, written by the tests that read them."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.cast import HOUSE
from wardroom.service_requests.gateways.importing import Summary, import_file
from wardroom.service_requests.models import ServiceRequest

ORDINARY = {
    "id": "26-1",
    "opened": "2026-11-02T14:00:00Z",
    "closed": "",
    "due": "",
    "kind": "DUMP",
    "kind_name": "Illegal dumping",
    "agency": "DPW",
    "lon": "-77.0",
    "lat": "38.92",
    "address": "500 TEST STREET NE",
    "address_id": "9001",
    "reporter": "a",
    "status": "OPEN",
    "calls": "1",
}
HEADER = tuple(ORDINARY)


def row(number: object, **given: str) -> dict[str, str]:
    """An ordinary row with this request number, and what the test changes of it."""
    return {**ORDINARY, "id": str(number), **given}


def line(number: object, **given: str) -> str:
    """An ordinary row as a line of CSV, values as they are given."""
    return ",".join(row(number, **given).values())


def write(path: Path, rows: Iterable[dict[str, str]]) -> Path:
    """A file of rows in the plain layout."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, HEADER, lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_lines(path: Path, *lines: str, end: str = "\n") -> Path:
    """A file of lines as they are given, below the header of the plain layout."""
    path.write_bytes("".join(one + end for one in (",".join(HEADER), *lines)).encode())
    return path


def take(path: Path, **given: Any) -> Summary:
    """Read a file into the mirror, its rejects beside it."""
    return import_file(path, stamp=given.pop("stamp", HOUSE), **given)


def rejects(summary: Summary) -> list[tuple[int, str, str, str]]:
    """The rejects file: line, column, value and reason of each row."""
    if summary.rejects_path is None:
        return []
    with summary.rejects_path.open(newline="", encoding="utf-8") as file:
        return [
            (int(r["line"]), r["column"], r["value"], r["reason"]) for r in csv.DictReader(file)
        ]


def counts(s: Summary) -> tuple[int, int, int, int, int]:
    """Read, new, changed, same, rejected."""
    return s.read, s.new, s.changed, s.same, s.rejected


def mirror(feed: str = "plain") -> list[dict[str, Any]]:
    """Every request of a feed as it stands, without what differs from one reading to another."""
    rows = ServiceRequest.objects.filter(feed__code=feed).order_by("external_id").values()
    own = {"id", "feed_id", "first_run_id", "last_run_id"}
    return [{k: v for k, v in r.items() if k not in own} for r in rows]
