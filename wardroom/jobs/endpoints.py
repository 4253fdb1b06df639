"""Other Open311 servers by the clock: read, sent to, asked after, and compared at night."""

from __future__ import annotations

import logging
import time

from wardroom.casework.queries import get_held_requests, get_open_matters
from wardroom.jobs.stamps import worker_stamp
from wardroom.kernel.errors import Refused
from wardroom.service_requests.actions import claim_endpoint, compare_ties
from wardroom.service_requests.queries import (
    get_endpoints_to_check,
    get_endpoints_to_read,
    get_submissions_to_follow,
    get_submissions_to_send,
)

logger = logging.getLogger(__name__)
AT_ONCE = 50
SECONDS, READ_SECONDS = 45.0, 240.0


def read_endpoints() -> int:
    """Read every endpoint that is due a little further; gives how many came to their end.

    One that fails is written down and stops no other.
    """
    from wardroom.service_requests.gateways.endpoint_reading import is_being_read, read_endpoint

    done = 0
    for endpoint_id in get_endpoints_to_read(worker_stamp().at):
        stamp = worker_stamp()
        endpoint = claim_endpoint(endpoint_id, stamp=stamp)
        if endpoint is None or (endpoint.feed and is_being_read(endpoint.feed, stamp=stamp)):
            continue
        try:
            done += read_endpoint(endpoint, stamp=stamp, seconds=READ_SECONDS)
        except Exception:
            logger.exception("endpoint %s could not be read", endpoint.code)
    return done


def send_submissions() -> int:
    """Send what waits, and look for what may have been cut off; gives how many were tried."""
    from wardroom.service_requests.gateways.endpoint_sending import send_submission

    until = time.monotonic() + SECONDS
    tried = 0
    for submission_id in get_submissions_to_send(worker_stamp().at, AT_ONCE):
        try:
            send_submission(submission_id, stamp=worker_stamp())
        except Exception:
            logger.exception("submission %s could not be sent", submission_id)
        tried += 1
        if time.monotonic() >= until:
            break
    return tried


def follow_submissions() -> int:
    """Ask after what was sent on: its number, its state; gives how many were asked after."""
    from wardroom.service_requests.gateways.endpoint_sending import follow_submission

    until = time.monotonic() + SECONDS
    rows = get_submissions_to_follow(worker_stamp().at, AT_ONCE)
    here = get_open_matters({row.matter_id for row in rows})
    asked = 0
    for row in rows:
        try:
            follow_submission(row, open_here=row.matter_id in here, stamp=worker_stamp())
        except Refused as no:
            logger.info("submission %s: %s", row.pk, no)
        except Exception:
            logger.exception("submission %s could not be asked after", row.pk)
        asked += 1
        if time.monotonic() >= until:
            break
    return asked


def compare_nightly() -> int:
    """Hold what we mirror and what we sent on to what the others say; gives the new drifts.

    An endpoint that fails is written down and stops no other.
    """
    from wardroom.service_requests.gateways.endpoint_checking import check_endpoint_requests

    stamp = worker_stamp()
    held = get_held_requests(stamp.at)
    tied = {one.request_id for one in held}
    for endpoint in get_endpoints_to_check():
        try:
            check_endpoint_requests(endpoint, tied=tied, stamp=worker_stamp())
        except Exception:
            logger.exception("endpoint %s could not be checked", endpoint.code)
    return compare_ties(None, held=held, stamp=worker_stamp())
