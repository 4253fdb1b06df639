"""Look at the house and say what is fine, what to look at, and what is wrong.

    wardroom doctor
    wardroom doctor --json

Each check is one line: what was found, and below it what to do. The mail server, the
certificate of the site and the time server are asked too, where they are set. Exit code 0 says
that all is fine, 1 that somebody should look, 2 that something is wrong.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from wardroom.jobs.stamps import shell_stamp
from wardroom.upkeep.queries import house_findings
from wardroom.upkeep.rules import Finding, worst

WORDS = ("All is fine.", "Somebody should look.", "Something is wrong.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the call."""
    parser.add_argument("--json", action="store_true", help="print one JSON object instead")


def run(args: argparse.Namespace) -> int:
    """Run every check and give the rank of the worst as exit code."""
    found = house_findings(at=shell_stamp().at, outside=True)
    rank = worst(found)
    if args.json:
        checks = [{"name": one.name, **asdict(one)} for one in found]
        print(json.dumps({"rank": rank, "checks": checks}, indent=2, ensure_ascii=False))
        return rank
    width = max(len(one.name) for one in found)
    for one in found:
        print(_line(one, width))
    print(f"\n{WORDS[rank]}")
    return rank


def _line(one: Finding, width: int) -> str:
    line = f"{one.standing.value:5}  {one.name:{width}}  {one.sentence}"
    return f"{line}\n{'':{width + 9}}{one.advice}" if one.advice else line
