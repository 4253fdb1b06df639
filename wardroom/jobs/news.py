"""News by the clock: boundaries that came into force, digests that are due, letters to many.

Each step is a commit of its own with its own receipt, so a worker that is killed costs delay,
never loss or repetition.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from wardroom.access.actor import Stamp
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
from wardroom.jobs.stamps import worker_stamp
from wardroom.kernel.errors import Refused

logger = logging.getLogger(__name__)
FARTHEST = timedelta(days=35) + LATE_BY
SECONDS = 45.0


def move_subscribers() -> int:
    """Let subscribers follow the boundaries that came into force; returns how many moved."""
    stamp = worker_stamp()
    today = timezone.localdate(stamp.at)
    moved = 0
    for subscription, boundary_set in moves_due(on=today):
        move = partial(actions.move_subscription, boundary_set=boundary_set)
        moved += _moved(move, subscription, stamp)
    for subscription in wishes_in_other_wards(on=today):
        _moved(actions.follow_ward, subscription, stamp)
    return moved


def _moved(move: Callable[..., Any], subscription: Any, stamp: Stamp) -> bool:
    """Whether it could be done; one that cannot keeps none of the others."""
    try:
        move(subscription, stamp=stamp)
    except Refused as no:
        logger.info("subscription %s: %s", subscription.pk, no.sentence)
    except Exception:
        logger.exception("subscription %s could not be moved", subscription.pk)
    else:
        return True
    return False


def write_digests() -> int:
    """Write every digest that is due and was not written yet; returns how many were.

    A day, a week or a month that the worker missed is made up for with the next run.
    """
    stamp = worker_stamp()
    news = public_news(stamp.at - FARTHEST, stamp.at)
    written = 0
    for subscriber, frequency in subscribers_due(on=timezone.localdate(stamp.at)):
        try:
            actions.write_digest(subscriber, frequency=frequency, news=news, stamp=stamp)
        except Refused as no:
            logger.info("digest of %s: %s", subscriber.pk, no.sentence)
        except Exception:
            logger.exception("the digest of %s could not be written", subscriber.pk)
        else:
            written += 1
    return written


def send_circulars(seconds: float = SECONDS) -> int:
    """Put the copies of letters whose time has come into the outbox; returns how many letters.

    It stops after ``seconds``; the next run goes on where this one was.
    """
    until = time.monotonic() + seconds
    done = 0
    for circular_id in circulars_to_send(at=worker_stamp().at):
        try:
            done += _send_one(circular_id, until)
        except Refused as no:
            logger.info("letter %s: %s", circular_id, no.sentence)
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
