"""Find and rank the places where trouble keeps coming back.

    wardroom detect
    wardroom detect --ward 5 --top 10
    wardroom detect --as-of 2026-06-30 --out candidates.csv

Finds the places whose trouble is out of the ordinary, with a bound on how many of them are
ordinary after all, and orders them by the episodes a month over the ordinary. Prints the best
of them with their reasons; --out writes every place that was weighed and kept as CSV.
"""

from __future__ import annotations

import argparse
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
from wardroom.kernel.cells import SafeWriter
from wardroom.kernel.errors import Refused
from wardroom.problems.gateways import detect
from wardroom.problems.queries import CandidateRow, candidate_rows

COLUMNS = (
    "rank", "ward", "place", "flagged", "q_value", "p_value", "score", "excess_per_month",
    "episodes", "expected", "active_months", "returns", "reporters", "agencies", "topics",
    "label", "severity", "past_due", "latitude", "longitude", "radius_m", "sentence",
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
    sure = [row for row in rows if row.flagged]
    print(f"{len(sure)} candidates, data as of {localtime(detection.data_as_of):%Y-%m-%d %H:%M}")
    print(f"{len(rows) - len(sure)} more were weighed and are not sure enough")
    if detection.left_out:
        print(f"{detection.left_out:,} requests without a usable point were left out")
    for row in sure[: max(0, args.top)]:
        print(f"{row.rank:>5}  Ward {row.ward_code or '-':<3} {row.label}")
        print(f"       {row.sentence}")
    if args.out:
        with args.out.open("w", newline="", encoding="utf-8") as file:
            writer = SafeWriter(file)
            writer.writerow(COLUMNS)
            writer.writerows(_line(row) for row in rows)
        print(f"Written: {args.out}")
    return DONE


def _line(r: CandidateRow) -> tuple[object, ...]:
    chances = ("" if v is None else f"{v:.4g}" for v in (r.q_value, r.p_value))
    return (
        r.rank, r.ward_code, r.label, "yes" if r.flagged else "no", *chances, f"{r.score:.3f}",
        f"{r.excess_a_month:.3f}", r.episodes, f"{r.expected:.3f}", r.active_months, r.returns,
        "" if r.reporters is None else r.reporters, " ".join(r.agencies), "; ".join(r.topics),
        r.course, r.severity, r.overdue, f"{r.latitude:.6f}", f"{r.longitude:.6f}", r.radius_m,
        r.sentence,
    )  # fmt: skip


def _end_of(day: str | None) -> datetime | None:
    if day is None:
        return None
    try:
        on = date.fromisoformat(day)
    except ValueError:
        raise Refused("bad_day", f"'{day}' is not a day such as 2026-06-30.") from None
    midnight = datetime.combine(on + timedelta(days=1), time(), ZoneInfo(settings.TIME_ZONE))
    return midnight - timedelta(seconds=1)
