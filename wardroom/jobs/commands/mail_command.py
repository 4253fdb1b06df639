"""Take in e-mail: one message that a mail server pipes in, or what lies in the mailbox.

From a mail server, with the message on standard input:
    wardroom mail pipe --recipient office+k3@city.example --sender neighbor@example.org

From the mailbox of WARDROOM_IMAP_HOST, as the worker does every minute:
    wardroom mail fetch

After a restoration, when it is known when Wardroom stopped before it:
    wardroom mail release --stopped "2026-11-18 15:00"

What was due until then went out, and is set aside; the rest goes out now. What Wardroom wrote
by the clock in the lost time is written again first, and set aside with it. Where it was said
already, on the page The house, the same moment said here does the rest right away; --change
says another one.

The pipe ends with the codes that mail servers understand: 0 kept, or kept before; 75 try
again later; 65 nothing that could be kept: no bytes, or more than 25 MB. The envelope tells
best where an answer belongs, and an empty --sender marks a mail server's own notice.
"""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.timezone import localtime

from wardroom.casework.actions import take_mail
from wardroom.jobs.cli import DONE, FAILED, TRY_LATER, UNREADABLE
from wardroom.jobs.fetching import look_into
from wardroom.jobs.lost_time import let_mail_go
from wardroom.jobs.stamps import shell_stamp
from wardroom.kernel.errors import Refused
from wardroom.notices.actions import release_mail
from wardroom.notices.gateways import MailboxClosed, mailbox_setup
from wardroom.notices.queries import get_mail_hold
from wardroom.notices.rules import MOST_BYTES


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the call."""
    ways = parser.add_subparsers(dest="way", metavar="WAY", required=True)
    pipe = ways.add_parser("pipe", help="one message on standard input")
    pipe.add_argument("--recipient", default="", help="to whom the envelope was addressed")
    pipe.add_argument("--sender", default=None, help="the envelope's sender, empty for a notice")
    ways.add_parser("fetch", help="what lies in the mailbox")
    release = ways.add_parser("release", help="let mail go out again after a restoration")
    release.add_argument(
        "--stopped", required=True, metavar="WHEN", help="when Wardroom stopped, in its zone"
    )
    release.add_argument("--change", action="store_true", help="though another was said before")


def run(args: argparse.Namespace) -> int:
    """Take in one message, or all that lie in the mailbox."""
    if args.way == "release":
        return _release(args.stopped, change=args.change)
    return _pipe(args) if args.way == "pipe" else _fetch()


def _pipe(args: argparse.Namespace) -> int:
    raw = sys.stdin.buffer.read(MOST_BYTES + 1)
    if not raw.strip() or len(raw) > MOST_BYTES:
        why = "larger than 25 MB" if raw.strip() else "empty"
        print(f"wardroom: the message is {why} and was not taken", file=sys.stderr)
        return UNREADABLE
    try:
        take_mail(raw, recipient=args.recipient, sender=args.sender, stamp=shell_stamp())
    except Refused as no:
        print(f"wardroom: {no.sentence}", file=sys.stderr)
        return TRY_LATER
    return DONE


def _fetch() -> int:
    setup = mailbox_setup()
    if setup is None:
        raise Refused("no_mailbox", "No mailbox is set up. WARDROOM_IMAP_HOST says where it is.")
    try:
        done = look_into(setup)
    except MailboxClosed as no:
        raise Refused("mailbox_closed", str(no)) from no
    stuck = f", {done.stuck:,} not moved" if done.stuck else ""
    print(f"{done.taken:,} new, {done.known:,} kept before, {done.failed:,} not kept{stuck}")
    return FAILED if done.failed or done.stuck else DONE


def _release(stopped: str, *, change: bool) -> int:
    try:
        at = datetime.fromisoformat(stopped)
    except ValueError:
        raise Refused("bad_moment", f"{stopped!r} is no moment such as 2026-11-18 15:00.") from None
    hold = get_mail_hold()
    if hold is None:
        raise Refused("not_held", "Mail is not held: it goes out.")
    moment = at if at.tzinfo else at.replace(tzinfo=ZoneInfo(settings.TIME_ZONE))
    said = hold.stopped_at and _minute(hold.stopped_at)
    if said and said != _minute(moment) and not change:
        raise Refused(
            "said_already",
            f"It was said already that Wardroom stopped at {said}. Say it with --change where "
            "that is wrong.",
        )
    if said != _minute(moment):
        release_mail(hold, stopped_at=moment, stamp=shell_stamp())
    gone = let_mail_go()
    if gone is None:
        print("Mail goes out again as soon as the worker is through with the lost time.")
        return DONE
    going, aside = gone
    print(f"Mail goes out again: {going:,} messages wait, {aside:,} were set aside as sent before.")
    return DONE


def _minute(moment: datetime) -> str:
    return f"{localtime(moment):%Y-%m-%d %H:%M}"
