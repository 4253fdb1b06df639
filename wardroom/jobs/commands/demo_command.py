"""Load the schematic demonstration district: people, places, three years of requests, work.

Everything in it is made by a seeded generator: no real person, address or request. Every
page says so. It loads into an empty database only; a second run changes nothing.

  wardroom demo                                  load it, up to today
  wardroom demo --requests 1000000 --seed 7      a larger one
  wardroom demo --csv requests.csv --truth t.json --end 2026-11-18
                                                 only write files, load nothing: the requests,
                                                 and the planted trouble a ranking should find
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

from wardroom.jobs.cli import DONE
from wardroom.jobs.progress import Progress
from wardroom.kernel.errors import Refused


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the words of the call."""
    parser.add_argument("--requests", type=int, default=120_000, help="how many requests")
    parser.add_argument("--seed", type=int, default=5, help="the same seed gives the same city")
    parser.add_argument("--end", help="last day, as 2026-11-18 (default: today)")
    parser.add_argument("--csv", type=Path, help="write the requests to this file, load nothing")
    parser.add_argument("--truth", type=Path, help="write the planted trouble, load nothing")
    parser.add_argument(
        "--when-empty",
        action="store_true",
        help="end quietly where the database holds another city's requests",
    )


def run(args: argparse.Namespace) -> int:
    """Write the files, or load the district."""
    if not 1_000 <= args.requests <= 10_000_000:
        raise Refused("bad_number", "Ask for 1,000 to 10,000,000 requests.")
    end = _last_day(args.end)
    if args.csv or args.truth:
        return _write_files(args, end)
    from wardroom.demonstration import loader, showcase
    from wardroom.jobs.stamps import worker_stamp

    if loader.is_loaded():
        print("The demonstration district is loaded already; nothing was changed.")
        return DONE
    try:
        loader.check_empty()
    except Refused as no:
        if not args.when_empty:
            raise
        print(f"The demonstration was not loaded. {no.sentence}")
        return DONE
    plan = loader.Plan(requests=args.requests, seed=args.seed, end=end)
    loader.load_district(plan, say=_say)
    progress = Progress("requests", total=args.requests)
    summary = loader.load_requests(plan, progress=progress.at)
    progress.done(f"{summary.new:,} imported" if summary else "there already")
    showcase.show_work(plan, say=_say)
    loader.begin_the_clock(worker_stamp().at)
    loader.finish(plan)
    _say(f"the demonstration district is ready, up to {end}")
    return DONE


def _write_files(args: argparse.Namespace, end: date) -> int:
    from wardroom.demonstration.requests import truth, write_csv

    if args.csv:
        progress = Progress("requests", total=args.requests)
        write_csv(args.csv, args.requests, seed=args.seed, end=end, progress=progress.at)
        progress.done(f"{args.requests:,} written to {args.csv}")
    if args.truth:
        places = truth(args.requests, seed=args.seed, end=end)
        args.truth.write_text(json.dumps([p.to_plain() for p in places], indent=1) + "\n")
        _say(f"{len(places)} planted places written to {args.truth}")
    return DONE


def _last_day(given: str | None) -> date:
    if given:
        try:
            return date.fromisoformat(given)
        except ValueError:
            raise Refused("bad_day", f"{given} is not a day like 2026-11-18.") from None
    from wardroom.demonstration.rhythm import ZONE

    now = datetime.now(ZONE)
    return now.date() if now.hour >= 12 else now.date() - timedelta(days=1)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
