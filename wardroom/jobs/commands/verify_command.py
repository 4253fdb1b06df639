"""Check that the ledger is what the house wrote, line by line from the first.

    wardroom verify
    wardroom verify --head DIGEST

It prints the digest at the end of the chain. Keep that away from this machine and give it
back with --head at the next check: then lines that were cut off at the end show too. Exit
code 1 names the first line that was changed, taken out, put in or put in another place.
"""

from __future__ import annotations

import argparse
import re

from wardroom.jobs.cli import DONE
from wardroom.jobs.progress import Progress
from wardroom.kernel.errors import Refused
from wardroom.ledger.queries import verified_chain


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the call."""
    parser.add_argument("--head", default="", help="the digest that an earlier check printed")


def run(args: argparse.Namespace) -> int:
    """Walk the chain and say what was found."""
    head = args.head.strip().lower()
    if head and not re.fullmatch(r"[0-9a-f]{64}", head):
        raise Refused("bad_head", "--head is a digest of 64 figures, as printed before.")
    progress = Progress("Checking the ledger")
    found = verified_chain(head=head, tell=progress.at)
    progress.done(f"{found.lines:,} lines")
    if found.broken is not None:
        raise Refused("ledger_broken", found.broken.sentence)
    print(f"The ledger is whole: {found.lines:,} lines.")
    print(f"End of the chain: {found.head}")
    return DONE
