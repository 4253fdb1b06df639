"""What the worker does by the clock; `wardroom.jobs.schedule` says when."""

from __future__ import annotations

import logging

from django.utils import timezone

from wardroom.city.queries import districts
from wardroom.jobs.stamps import worker_stamp
from wardroom.kernel.errors import Refused
from wardroom.problems.gateways import detect
from wardroom.reporting.actions import draft_weekly_report
from wardroom.reporting.queries import this_week

logger = logging.getLogger(__name__)


def detect_nightly() -> None:
    """Rank the places again with all that came in during the day."""
    try:
        detect(stamp=worker_stamp())
    except Refused as no:
        logger.warning("no ranking tonight: %s", no.sentence)


def draft_weekly_reports() -> int:
    """Draft this week's report of every ward that has none yet; returns how many."""
    stamp = worker_stamp()
    week = this_week(stamp.at).name
    drafted = 0
    for ward in districts("ward", timezone.localdate(stamp.at)):
        try:
            draft_weekly_report(None, ward_code=ward.code, week=week, stamp=stamp)
        except Refused as no:
            logger.info("ward %s: %s", ward.code, no.sentence)
        else:
            drafted += 1
    return drafted
