"""Measure the requests we mirror: done on time, time to close, backlog, what came back.

The figures are kept, frozen with their definitions, and shown on the page Measures. This also
runs by itself after an import and every night.

  wardroom measure                       as the data stand now
  wardroom measure --as-of 2026-06-30    as they stood at the end of a day
  wardroom measure --by kind --ward 5    print the kinds of trouble of one ward
"""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from django.conf import settings
from django.utils.timezone import localdate, localtime

from wardroom.access.actor import SYSTEM
from wardroom.city.queries import districts
from wardroom.jobs.cli import DONE
from wardroom.jobs.progress import Progress
from wardroom.jobs.stamps import shell_stamp
from wardroom.kernel.errors import Refused
from wardroom.problems.gateways.request_files import end_of_day
from wardroom.reporting.gateways import measure
from wardroom.reporting.queries.measured import MeasureRow, measure_page


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the call."""
    parser.add_argument("--as-of", help="as the data stood at the end of a day (2026-06-30)")
    parser.add_argument("--by", choices=("agency", "kind"), default="agency", help="what to print")
    parser.add_argument("--ward", default="", help="print one ward instead of the whole city")


def run(args: argparse.Namespace) -> int:
    """Measure, keep, and print the share done on time and the time to close."""
    wards = [d.code for d in districts("ward", localdate())]
    if args.ward and args.ward not in wards:
        raise Refused(
            "ward_unknown", f"There is no Ward {args.ward}; the wards are {', '.join(wards)}."
        )
    progress = Progress("Measuring")
    progress.at(0)
    kept = measure(as_of=_end_of(args.as_of), stamp=shell_stamp())
    progress.done(f"{kept.requests:,} requests")
    print(f"Data as of {localtime(kept.data_as_of):%Y-%m-%d %H:%M}, {kept.method}")
    page = measure_page(SYSTEM, by=args.by, ward=args.ward, measurement_id=kept.pk)
    print(f"{'':<34} {'on time':>8} {'of':>9} {'median days':>12} {'open':>9}")
    for row in page.rows:
        print(_line(row))
    return DONE


def _end_of(day: str | None) -> datetime | None:
    if day is None:
        return None
    return datetime.fromtimestamp(end_of_day(day, settings.TIME_ZONE), tz=UTC)


def _line(row: MeasureRow) -> str:
    on_time, median = row.on_time["value"], row.time["median"]["value"]
    share = "-" if on_time is None else f"{100 * on_time:.0f} %"
    days = "-" if median is None else f"{median:.1f}"
    of, still = row.on_time["of"], row.backlog["open"]
    return f"{row.name[:34]:<34} {share:>8} {of:>9,} {days:>12} {still:>9,}"
