"""Webhooks: what is due is gathered from the ledger and sent, each webhook until it fails."""

from __future__ import annotations

import time

from wardroom.directory.actions import forget_calls
from wardroom.jobs.stamps import worker_stamp
from wardroom.notices import actions as notices
from wardroom.notices.gateways import send_posting
from wardroom.notices.queries import due_deliveries

AT_ONCE = 200
SWEEP_SECONDS = 45.0


def send_hooks(seconds: float = SWEEP_SECONDS) -> int:
    """Gather the new lines and send what is due; returns how many were taken.

    One that fails rests, and keeps none of the others waiting.
    """
    until = time.monotonic() + seconds
    while notices.gather_lines(stamp=worker_stamp()) and time.monotonic() < until:
        pass
    sent, failed = 0, set[int]()
    while due := due_deliveries(at=worker_stamp().at, most=AT_ONCE):
        fresh = [(delivery, hook) for delivery, hook in due if hook not in failed]
        if not fresh:
            break
        for delivery, hook in fresh:
            if time.monotonic() >= until:
                return sent
            if hook not in failed:
                taken = _send(delivery)
                sent += taken is True
                failed |= {hook} if taken is False else set()
    return sent


def forget_named_calls() -> int:
    """Forget the names of calls of a day ago: until then a call that is sent again is known."""
    return forget_calls(at=worker_stamp().at)


def _send(delivery: int) -> bool | None:
    """Send one; none where there was nothing to send after all."""
    posting = notices.claim_delivery(delivery, stamp=worker_stamp())
    if posting is None:
        return None
    receipt = send_posting(posting)
    notices.note_delivery(delivery, receipt=receipt, stamp=worker_stamp())
    return receipt.taken
