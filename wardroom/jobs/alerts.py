"""Alerts of other authorities: read by the clock, and ended when their time is over."""

from __future__ import annotations

import logging

from django.conf import settings

from wardroom.incidents.actions import end_alert
from wardroom.incidents.queries import get_alerts_to_end
from wardroom.jobs.each import do_each
from wardroom.jobs.stamps import worker_stamp
from wardroom.kernel.errors import Refused

logger = logging.getLogger(__name__)


def read_alerts() -> int:
    """Take in what is new at the address of WARDROOM_ALERTS_ADDRESS; gives how many were new."""
    end_alerts_over()
    if not settings.ALERTS_ADDRESS:
        return 0
    from wardroom.incidents.gateways.polling import read_feed

    try:
        return read_feed(settings.ALERTS_ADDRESS, stamp=worker_stamp())
    except Refused as no:
        logger.warning("no alerts were read: %s", no.sentence)
        return 0


def end_alerts_over() -> int:
    """Take alerts whose time ran out off the lists; gives how many."""
    stamp = worker_stamp()
    drafts = get_alerts_to_end(at=stamp.at)
    return do_each(drafts, lambda draft: end_alert(draft, stamp=stamp), told="alert")
