"""The time between a backup and the end of the old house, lived through again without sending.

What the old house wrote by the clock in that time (digests, letters to many, reminders, the
steps of the ladder) is not in its backup, but it went out. So before mail goes out again, every
routine that writes to people is run as of each moment at which the old house ran it. What is
written then is dated then, and `end_hold` sets aside what was due before the old house stopped.
Decision 024 says why.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.module_loading import import_string

from wardroom.jobs.delivery import sweep
from wardroom.jobs.reliving import RELIVED
from wardroom.jobs.schedule import ROUTINES, Routine, first_run
from wardroom.jobs.stamps import at_moment, worker_stamp
from wardroom.kernel.errors import Refused
from wardroom.ledger.reactions import waits_from_before
from wardroom.notices.actions import drop_lease, end_hold, keep_lease, take_hold_to_end
from wardroom.notices.queries import mail_hold

logger = logging.getLogger(__name__)
STEP = timedelta(hours=1)
KEPT_SECONDS = 60.0


def let_mail_go() -> tuple[int, int] | None:
    """Let mail go out again where somebody said when the old house stopped.

    Gives how many messages go out and how many were set aside; None where nothing is to be done
    yet. Where somebody changes the moment meanwhile, the next worker goes on as it says then.
    """
    hold = take_hold_to_end(stamp=worker_stamp())
    stopped_at = hold.stopped_at if hold else None
    if hold is None or stopped_at is None:
        return None
    began = hold.lived_until or datetime.min.replace(tzinfo=UTC)
    moments = moments_between(hold.taken_at, stopped_at)
    left = ((moment, routines) for moment, routines in moments if moment > began)
    _live_again(
        takewhile(lambda _: _stands(stopped_at), left),
        lambda until: keep_lease(hold, stamp=worker_stamp(), lived_until=until),
    )
    if waits_from_before(hold.since):
        logger.info("mail waits for what failed in the lost time and is tried again")
        drop_lease(hold)
        return None
    try:
        return end_hold(hold, lived_to=stopped_at, stamp=worker_stamp())
    except Refused as no:
        logger.info("mail is not let go: %s", no.sentence)
        drop_lease(hold)
        return None


def _live_again(
    left: Iterable[tuple[datetime, tuple[Routine, ...]]], keep: Callable[[datetime | None], None]
) -> None:
    """Run what the old house ran at these moments, and keep the place and the lease meanwhile.

    What fails on the way is tried again after a pause, and is dated in the lost time then too.
    """
    keep_on = _now_and_then(lambda: keep(None))
    sweep(math.inf, between=keep_on)
    for moment, routines in left:
        for routine in routines:
            with at_moment(moment):
                _run(routine)
            keep_on()
        sweep(math.inf, between=keep_on)
        keep(moment)


def _stands(stopped_at: datetime) -> bool:
    """Whether nobody has changed meanwhile when the old house stopped."""
    hold = mail_hold()
    return hold is not None and hold.stopped_at == stopped_at


def _now_and_then(do: Callable[[], None]) -> Callable[[], None]:
    """The same, done once a minute at most however often it is called."""
    done = time.monotonic()

    def run() -> None:
        nonlocal done
        if time.monotonic() - done > KEPT_SECONDS:
            do()
            done = time.monotonic()

    return run


def moments_between(
    after: datetime, until: datetime
) -> Iterator[tuple[datetime, tuple[Routine, ...]]]:
    """When the old house ran what writes to people, in order, with what it ran then.

    What runs every few minutes is run once an hour, and once more at the end. Nothing where it
    stopped before the backup was made.
    """
    if until < after:
        return
    found: dict[datetime, list[Routine]] = {}
    for routine in relived_routines():
        for moment in _moments(routine, after, until):
            found.setdefault(moment, []).append(routine)
    for moment in sorted(found):
        yield moment, tuple(found[moment])


def relived_routines() -> tuple[Routine, ...]:
    """The routines of the schedule that write to people because their day came."""
    return tuple(each for each in ROUTINES if hasattr(import_string(each.runs), RELIVED))


def _moments(routine: Routine, after: datetime, until: datetime) -> Iterator[datetime]:
    zone = ZoneInfo(settings.TIME_ZONE)
    step = None if routine.at else max(STEP, timedelta(minutes=routine.minutes))
    moment = after + step if step else first_run(routine, now=after, zone=zone)
    while moment < until:
        yield moment
        moment = moment + step if step else first_run(routine, now=moment, zone=zone)
    if step or moment == until:
        yield until


def _run(routine: Routine) -> None:
    run: Callable[..., Any] = import_string(routine.runs)
    try:
        run()
    except Exception:
        logger.exception("%s could not be lived through again", routine.name)
