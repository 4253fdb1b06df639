"""Run deliveries, schedules and long jobs until stopped.

The worker sends messages, runs what follows from each change (wardroom/reactions.py), and
keeps the schedule (wardroom/jobs/schedule.py). Start as many as you like, on as many
machines as you like; they share the work through the database, or through Redis where
WARDROOM_REDIS_URL is set. SIGTERM ends it in order: what is under way is finished first.
A worker that is killed loses nothing; its work is done again within two minutes.

  wardroom worker            run until stopped
  wardroom worker --once     do what is due now, then end (for cron, and for looking)
"""

from __future__ import annotations

import argparse

from wardroom.jobs.commands.serve_command import check_house


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the words of the call."""
    parser.add_argument("--once", action="store_true", help="do what is due now, then end")


def run(args: argparse.Namespace) -> int:
    """Check the house as the site does, then run the worker."""
    check_house()
    if args.once:
        return _once()
    from wardroom.jobs.cluster import Worker

    return Worker().run()


def _once() -> int:
    from wardroom.jobs.delivery import send_waiting, sweep

    followed = sweep(seconds=3600)
    sent = send_waiting(seconds=3600)
    print(f"{followed} reactions run, {sent} messages sent")
    return 0
