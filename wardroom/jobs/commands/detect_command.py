"""Find and rank the places where trouble keeps coming back.

    wardroom detect
    wardroom detect --ward 5 --top 10
    wardroom detect --as-of 2026-06-30 --out candidates.csv

Ranks every place of the city by how surely it has more episodes of trouble than is ordinary
for a place of its kind, and keeps those that meet the office's rule. Prints the best of them
with their reasons; --out writes all of them as CSV.
"""

from __future__ import annotations

import argparse
import csv
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.timezone import localdate, localtime

from wardroom.access.actor import SYSTEM
from wardroom.city.queries import districts
from wardroom.jobs.cli import DONE
from wardroom.jobs.progress import Progress
from wardroom.jobs.stamps import shell_stamp
from wardroom.kernel.errors import Refused
from wardroom.problems.gateways import detect
from wardroom.problems.queries import candidate_rows

COLUMNS = (
    "rank", "ward", "place", "score", "episodes", "expected", "ratio", "active_months", "returns",
    "reporters", "agencies", "topics", "latitude", "longitude",
)  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the call."""
    parser.add_argument("--as-of", help="rank as the data stood at the end of a day (2026-06-30)")
    parser.add_argument("--ward", help="print this ward's candidates only")
    parser.add_argument("--top", type=int, default=20, help="how many to print (default 20)")
    parser.add_argument("--out", type=Path, help="write all candidates to a CSV file")


def run(args: argparse.Namespace) -> int:
    """Rank, keep, and print the best."""
    wards = [d.code for d in districts("ward", localdate())]
    if args.ward and wards and args.ward not in wards:
        raise Refused(
            "ward_unknown", f"There is no Ward {args.ward}; the wards are {', '.join(wards)}."
        )
    progress = Progress("Ranking places")
    progress.at(0)
    detection = detect(as_of=_end_of(args.as_of), stamp=shell_stamp())
    progress.done(f"{detection.episodes:,} episodes at {detection.places:,} places")
    rows = candidate_rows(SYSTEM, on=localdate(), ward=args.ward, detection=detection)
    print(f"{len(rows)} candidates, data as of {localtime(detection.data_as_of):%Y-%m-%d %H:%M}")
    for row in rows[: max(0, args.top)]:
        print(f"{row.rank:>5}  Ward {row.ward_code or '-':<3} {row.label}")
        print(f"       {row.summary}")
    if args.out:
        with args.out.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            writer.writerows(
                (
                    r.rank, r.ward_code, r.label, f"{r.score:.6f}", r.episodes,
                    f"{r.expected:.3f}", f"{r.ratio:.3f}", r.active_months, r.returns,
                    "" if r.reporters is None else r.reporters, " ".join(r.agencies),
                    "; ".join(r.topics), r.latitude, r.longitude,
                )
                for r in rows
            )  # fmt: skip
        print(f"Written: {args.out}")
    return DONE


def _end_of(day: str | None) -> datetime | None:
    if day is None:
        return None
    try:
        on = date.fromisoformat(day)
    except ValueError:
        raise Refused("bad_day", f"'{day}' is not a day such as 2026-06-30.") from None
    midnight = datetime.combine(on + timedelta(days=1), time(), ZoneInfo(settings.TIME_ZONE))
    return midnight - timedelta(seconds=1)
