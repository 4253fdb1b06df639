"""News by the clock: boundaries that came into force, digests that are due, letters to many.

Each step is a commit of its own with its own receipt, so a worker that is killed costs delay,
never loss or repetition.
"""

from __future__ import annotations

import logging
import math
import time
from datetime import timedelta
from typing import Any

from django.utils import timezone

from wardroom.engagement import actions
from wardroom.engagement.queries.news_due import (
    circulars_to_send,
    get_circular_to_send,
    moves_due,
    subscribers_due,
)
from wardroom.engagement.queries.public_news import public_news
from wardroom.engagement.queries.wards import wishes_in_other_wards
from wardroom.engagement.rules.digests import LATE_BY
from wardroom.jobs.each import do_each
from wardroom.jobs.reliving import relived
from wardroom.jobs.stamps import lives_again, worker_stamp
from wardroom.kernel.errors import Refused

logger = logging.getLogger(__name__)
FARTHEST = timedelta(days=35) + LATE_BY
SECONDS = 45.0


@relived
def move_subscribers() -> int:
    """Let subscribers follow the boundaries that came into force; returns how many moved."""
    stamp = worker_stamp()
    today = timezone.localdate(stamp.at)

    def move(due: tuple[Any, Any]) -> None:
        subscription, boundary_set = due
        actions.move_subscription(subscription, boundary_set=boundary_set, stamp=stamp)

    moved = do_each(moves_due(on=today), move, told="subscription")
    wishes = wishes_in_other_wards(on=today)
    do_each(wishes, lambda wish: actions.follow_ward(wish, stamp=stamp), told="subscription")
    return moved


@relived
def write_digests() -> int:
    """Write every digest that is due and was not written yet; returns how many were.

    A day, a week or a month that the worker missed is made up for with the next run.
    """
    stamp = worker_stamp()
    news = public_news(stamp.at - FARTHEST, stamp.at)

    def write(due: tuple[Any, str]) -> None:
        subscriber, frequency = due
        actions.write_digest(subscriber, frequency=frequency, news=news, stamp=stamp)

    due = subscribers_due(on=timezone.localdate(stamp.at))
    return do_each(due, write, told="digest of subscriber")


@relived
def send_circulars(seconds: float = SECONDS) -> int:
    """Put the copies of letters whose time has come into the outbox; returns how many letters.

    It stops after ``seconds``; the next run goes on where this one was.
    """
    until = time.monotonic() + (math.inf if lives_again() else seconds)
    done = 0
    for circular_id in circulars_to_send(at=worker_stamp().at):
        try:
            done += _send_one(circular_id, until)
        except Refused as no:
            logger.info("letter %s: %s", circular_id, no)
        except Exception:
            logger.exception("letter %s stopped at an error", circular_id)
    return done


def _send_one(circular_id: int, until: float) -> bool:
    circular = get_circular_to_send(circular_id)
    if circular.state == "approved":
        actions.open_circular(circular, stamp=worker_stamp())
    left = 1
    while left and time.monotonic() < until:
        left = actions.send_copies(circular, stamp=worker_stamp())
    return not left
