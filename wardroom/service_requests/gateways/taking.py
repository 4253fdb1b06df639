"""What one window of an endpoint told goes into the mirror, as any file does."""

from __future__ import annotations

import csv
import re
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

from wardroom.access.actor import Stamp
from wardroom.directory.queries import agency_named
from wardroom.service_requests import actions
from wardroom.service_requests.actions.resolving import Resolver
from wardroom.service_requests.gateways import files
from wardroom.service_requests.gateways.importing import count_malformed, take_rows
from wardroom.service_requests.gateways.rejects import Spill, write_rejects
from wardroom.service_requests.models import Endpoint, ImportRun
from wardroom.service_requests.rules.told import COLUMNS, LONGEST_AGENCY, Told, row_of

LAYOUT = "open311"


def take_told(endpoint: Endpoint, told: Iterable[Told], *, name: str, stamp: Stamp) -> int:
    """Keep the requests that an endpoint told, through the import's own actions.

    Bad rows go to a rejects file in the home of the house. Returns how many rows were read.
    """
    feed = endpoint.feed
    if feed is None:
        return 0
    zone = ZoneInfo(feed.zone)

    @cache
    def agency(word: str) -> str:
        found = agency_named(word)
        return found.code if found else word if len(word) <= LONGEST_AGENCY else ""

    rows = [
        row_of(one, agency=agency(one.agency), prefix=endpoint.prefix, zone=zone) for one in told
    ]
    if not rows:
        return 0
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "told.csv"
        with table.open("w", newline="", encoding="utf-8", errors="replace") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows(rows)
        run = _read(endpoint, table, name, stamp)
    return run.rows_read


def _read(endpoint: Endpoint, table: Path, name: str, stamp: Stamp) -> ImportRun:
    layout = files.shipped_layout(LAYOUT)
    assert endpoint.feed is not None
    run = actions.start_import(
        endpoint.feed,
        layout=layout.name,
        file_name=name,
        digest=files.file_digest(table),
        stamp=stamp,
    )
    try:
        with files.Reading(table, layout, now=stamp.at) as reading, Spill() as spill:
            take_rows(reading, run, Resolver(layout), spill, stamp, lambda _: None)
            count_malformed(reading, run, layout, stamp)
            write_rejects(reading.rejects(iter(spill)), rejects_path(endpoint.code))
    except Exception as error:
        actions.fail_import(run, reason=str(error)[:300], stamp=stamp)
        raise
    return actions.finish_mirroring(run, stamp=stamp)


def rejects_path(code: str) -> Path:
    """Where the rows that could not be kept stand, each with the reason."""
    folder = Path(settings.HOME) / "endpoints"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{re.sub(r'[^a-z0-9-]', '', code)}.rejects.csv"
