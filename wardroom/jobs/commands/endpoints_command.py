"""Read from other Open311 servers, send to them, or compare, at once and not by the clock.

What the worker does by itself:
    wardroom endpoints read        the servers that are due, a little further each
    wardroom endpoints send        what waits to be sent to them
    wardroom endpoints follow      ask for numbers, and how far they are
    wardroom endpoints compare     hold the mirror and our matters to what they say

And what there is:
    wardroom endpoints list
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

from wardroom.access.actor import SYSTEM
from wardroom.jobs import endpoints
from wardroom.jobs.cli import DONE, FAILED
from wardroom.service_requests.queries import endpoint_list

WAYS: dict[str, tuple[Callable[[], int], str]] = {
    "read": (endpoints.read_endpoints, "{:,} read to their end"),
    "send": (endpoints.send_submissions, "{:,} tried"),
    "follow": (endpoints.follow_submissions, "{:,} asked after"),
    "compare": (endpoints.compare_nightly, "{:,} new on the list of drift"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the call."""
    parser.add_argument("way", choices=("list", *WAYS), help="what to do")


def run(args: argparse.Namespace) -> int:
    """Do it, or list the endpoints with how their last reading went."""
    if args.way != "list":
        act, words = WAYS[args.way]
        print(words.format(act()))
    rows = endpoint_list(SYSTEM)
    for row in rows:
        state = row.error or ("rests" if row.paused else "in order")
        print(f"{row.code}: {row.name}, {state}")
    return FAILED if any(row.error for row in rows) else DONE
