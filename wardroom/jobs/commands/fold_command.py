"""Fold the requests of any city's file into episodes: one trouble, however many reports.

    wardroom fold requests.csv --out episodes.csv
    wardroom fold requests.parquet --layout plain --kinds kinds.csv --out episodes.csv

Needs no database. A request is a repeat where one of the same kind within 40 m (reach_m in
the list of kinds) was still open when it came in. The answer has the columns id, episode (the
id of the request that began it) and repeat (yes or no), in the order of the file.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from wardroom.jobs.cli import DONE
from wardroom.jobs.commands.scan_command import add_file_arguments, read_file
from wardroom.jobs.progress import Progress
from wardroom.kernel.cells import SafeWriter
from wardroom.problems.gateways.scanning import fold_file


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the call."""
    add_file_arguments(parser)
    parser.add_argument("--out", type=Path, required=True, help="where the episodes go, as CSV")


def run(args: argparse.Namespace) -> int:
    """Read, fold, and write each request with its episode."""
    file = read_file(args, with_ids=True)
    progress, repeats, n = Progress("Folding", total=len(file.reports)), 0, 0
    with args.out.open("w", newline="", encoding="utf-8") as out:
        writer = SafeWriter(out)
        writer.writerow(("id", "episode", "repeat"))
        for n, folded in enumerate(fold_file(file), start=1):
            writer.writerow((folded.id, folded.episode, "yes" if folded.repeat else "no"))
            repeats += folded.repeat
            progress.at(n)
    progress.done(f"{n:,} requests")
    print(f"{n - repeats:,} episodes of {n:,} requests. Written: {args.out}")
    return DONE
