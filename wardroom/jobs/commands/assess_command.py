"""Judge whether what was done at some places worked, from any city's file of requests.

    wardroom assess requests.csv --kinds kinds.csv --sites sites.csv --out verdicts.csv

Needs no database. SITES is a CSV with the columns id, lon, lat and start (the day on which
something began there), and if wanted plan (sites of one plan and month are judged together),
kinds (separated by ;) and radius_m; without these the scan's own at that place are taken.

Each site is compared with the places that passed the same gate on the same day, lie over 400 m
away and have no site. The verdict goes by the 90 % interval of the effect: "worked", "no better
than ordinary", "made worse", or "cannot tell yet"; a single site nearly always gets the last.
a_a_rate is how often as many places with no plan at all would have looked helped, at 5 %.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict, fields
from pathlib import Path

from wardroom.jobs.cli import DONE
from wardroom.jobs.commands.scan_command import SEED, add_file_arguments, read_file
from wardroom.jobs.progress import Progress
from wardroom.kernel.cells import SafeWriter
from wardroom.kernel.errors import Refused
from wardroom.problems.gateways.assessing import Assessed, assess_file, read_sites
from wardroom.problems.gateways.request_files import end_of_day

YEAR = 12


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the call."""
    add_file_arguments(parser)
    parser.add_argument("--sites", type=Path, required=True, help="a CSV of id, lon, lat, start")
    parser.add_argument("--as-of", help="as the data stood at the end of a day (2024-12-31)")
    parser.add_argument("--months", type=int, default=YEAR, help="at most so many months after")
    parser.add_argument("--seed", type=int, default=SEED, help="of the draws")
    parser.add_argument("--out", type=Path, required=True, help="where the verdicts go, as CSV")


def run(args: argparse.Namespace) -> int:
    """Read, judge, and write a row for each plan and site."""
    if not 1 <= args.months <= 3 * YEAR:
        raise Refused("bad_months", f"--months is from 1 to {3 * YEAR}.")
    sites = read_sites(args.sites)
    file = read_file(args)
    as_of = end_of_day(args.as_of, file.zone) if args.as_of else None
    progress = Progress("Judging")
    progress.at(0)
    verdicts = []
    for told in assess_file(file, sites, as_of=as_of, months=args.months, seed=args.seed):
        verdicts.append(told)
        progress.at(len(verdicts))
    with args.out.open("w", newline="", encoding="utf-8") as out:
        writer = SafeWriter(out)
        writer.writerow(field.name for field in fields(Assessed))
        writer.writerows(asdict(told).values() for told in verdicts)
    progress.done(f"{len(sites):,} sites")
    for told in verdicts:
        if told.sites > 1 or len(verdicts) == 1:
            print(f"{told.plan or 'All sites'} ({told.start}): {told.sentence}")
    print(f"Written: {args.out}")
    return DONE
