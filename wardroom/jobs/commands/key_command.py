"""Make, list and end the API keys by which other programs are let in.

    wardroom key make "City 311 app" --scope open311 --publishes
    wardroom key make "Weather desk" --scope alerts
    wardroom key make "My script" --scope read --scope write --holder l5@city.example
    wardroom key list
    wardroom key end 12

The token is printed once, when the key is made, and kept nowhere. A key with a holder reads
and does what its holder may, and ends with the holder's sign-in; any other is for an app.
"""

from __future__ import annotations

import argparse

from wardroom.access.actor import SYSTEM
from wardroom.access.queries.api_keys import get_key, get_key_holder, key_page
from wardroom.access.rules import HOURLY, SCOPES
from wardroom.directory.actions import end_key, make_key
from wardroom.jobs.cli import DONE
from wardroom.jobs.stamps import shell_stamp
from wardroom.kernel.errors import NotFound, Refused


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the call."""
    what = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    make = what.add_parser("make", help="make a key and print its token")
    make.add_argument("name", help="what the key is for")
    make.add_argument(
        "--scope", action="append", required=True, choices=tuple(SCOPES), help="what it may do"
    )
    make.add_argument("--holder", default="", help="the e-mail address of who it acts for")
    make.add_argument("--jurisdiction", default="", help="the one it sends reports to")
    make.add_argument("--limit", type=int, default=HOURLY, help="the calls it has in an hour")
    make.add_argument(
        "--publishes",
        action="store_true",
        help="the app tells its users that what they send is public",
    )
    what.add_parser("list", help="the keys that are live")
    end = what.add_parser("end", help="end a key at once")
    end.add_argument("number", type=int, help="its number in the list")


def run(args: argparse.Namespace) -> int:
    """Do what was asked."""
    return {"make": _make, "list": _list, "end": _end}[args.what](args)


def _make(args: argparse.Namespace) -> int:
    try:
        holder = get_key_holder(args.holder) if args.holder else None
    except NotFound:
        raise Refused("nobody", f"Nobody signs in as {args.holder}.", field="holder") from None
    made = make_key(
        holder,
        name=args.name,
        scopes=args.scope,
        publishes=args.publishes,
        jurisdiction=args.jurisdiction,
        hourly_limit=args.limit,
        stamp=shell_stamp(),
    )
    print(f"Key {made.key.pk}, {made.key.name}. This is the only time that it is shown:")
    print(made.token)
    return DONE


def _list(_: argparse.Namespace) -> int:
    number, pages = 1, 1
    while number <= pages:
        found = key_page(SYSTEM, page=number)
        for row in found.rows:
            used = f"last used {row.last_used_on}" if row.last_used_on else "never used"
            print(
                f"{row.id:<6} wr_{row.hint}...  {row.name}, {row.holder or 'an app'}:"
                f" {', '.join(row.scopes)}, {row.hourly_limit} an hour, {used}"
            )
        number, pages = number + 1, found.pages
    return DONE


def _end(args: argparse.Namespace) -> int:
    try:
        key = get_key(args.number, SYSTEM)
    except NotFound:
        raise Refused("no_such_key", f"There is no key {args.number}.", field="number") from None
    end_key(key, stamp=shell_stamp())
    print(f"{key.name} is let in no longer.")
    return DONE
