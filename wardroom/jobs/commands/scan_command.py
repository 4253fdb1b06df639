"""Find and rank the places of any city's file where trouble keeps coming back.

    wardroom scan requests.csv --kinds kinds.csv --as-of 2024-12-31 --out candidates.csv
    wardroom scan requests.parquet --layout plain --out candidates.csv

Needs no database. REQUESTS is CSV (also packed as .gz) or Parquet in a layout as for
`wardroom import`; plain has the columns id, opened, closed, due, kind, agency, lon, lat. KINDS
is a CSV with the columns kind, agency and routine (yes for a service that people order, no
for trouble) and, if wanted, reach_m: within how many meters an open report is the same trouble
(40 where it is blank). Kinds that it does not name count as trouble.

The answer has one row a place, best first; none lies within 100 m of a better one. The same
file and seed give the same answer.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict, fields
from pathlib import Path

from wardroom.jobs.cli import DONE
from wardroom.jobs.progress import Progress
from wardroom.kernel.cells import SafeWriter
from wardroom.problems.gateways.request_files import RequestFile, end_of_day, read_requests
from wardroom.problems.gateways.scanning import PlaceFound, scan_file

SEED = 20_240_101


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the call."""
    add_file_arguments(parser)
    parser.add_argument("--as-of", help="as the data stood at the end of a day (2024-12-31)")
    parser.add_argument("--seed", type=int, default=SEED, help="of the simulated ordinary cities")
    parser.add_argument("--out", type=Path, required=True, help="where the places go, as CSV")


def add_file_arguments(parser: argparse.ArgumentParser) -> None:
    """The words that name a city's file; also for `fold` and `assess`."""
    parser.add_argument("requests", type=Path, metavar="REQUESTS")
    parser.add_argument("--layout", default="auto", help="a known layout, or FILE.toml")
    parser.add_argument("--kinds", type=Path, help="a CSV of kind, agency, routine")


def run(args: argparse.Namespace) -> int:
    """Read, scan, and write the places."""
    file = read_file(args)
    progress = Progress("Scanning")
    progress.at(0)
    as_of = end_of_day(args.as_of, file.zone) if args.as_of else None
    scanned = scan_file(file, as_of=as_of, seed=args.seed)
    with args.out.open("w", newline="", encoding="utf-8") as out:
        writer = SafeWriter(out)
        writer.writerow(field.name for field in fields(PlaceFound))
        for place in scanned.found:
            flagged = "yes" if place.flagged else "no"
            writer.writerow({**asdict(place), "flagged": flagged}.values())
            progress.at(place.rank)
    progress.done(f"{scanned.episodes:,} episodes of {scanned.requests:,} requests")
    print(
        f"{scanned.flagged:,} places out of the ordinary, of {scanned.places:,} looked at. "
        f"Written: {args.out}"
    )
    return DONE


def read_file(args: argparse.Namespace, *, with_ids: bool = False) -> RequestFile:
    """The requests of the call, with a word about what was left out."""
    progress = Progress(f"Reading {args.requests.name}")
    progress.at(0)
    file = read_requests(
        args.requests, layout_word=args.layout, kinds_path=args.kinds, with_ids=with_ids
    )
    progress.done(f"{len(file.reports):,} requests of {len(file.kinds.names):,} kinds")
    for why, number in file.left_out.items():
        print(f"Left out: {number:,} {'row' if number == 1 else 'rows'} {why}", file=sys.stderr)
    return file
