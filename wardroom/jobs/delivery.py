"""Delivering what is due: reactions to facts, then the messages that wait.

The truth of what is undelivered is in the database (receipts and the outbox). A task in the
queue is only a nudge that makes delivery prompt; where a nudge is lost, the sweep of every
minute finds the work.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from django_q.tasks import async_task

from wardroom.casework.actions.ending import note_letter_goes
from wardroom.jobs.stamps import worker_stamp
from wardroom.ledger.reactions import deliver_receipt, due_moments, due_receipts
from wardroom.notices import actions as notices
from wardroom.notices.gateways import AddressRefused, Letter, send_letter
from wardroom.notices.queries import due_messages, mail_hold

AT_ONCE = 200
SWEEP_SECONDS = 45.0


def queue_delivery(entry_id: int) -> None:
    """Nudge the worker: this line of the ledger has receipts that are due."""
    async_task("wardroom.jobs.delivery.deliver_entry", entry_id, task_name=f"line {entry_id}")


def queue_quick() -> None:
    """Nudge the worker: somebody is called, and the message stands in the outbox."""
    async_task("wardroom.jobs.delivery.send_quick", task_name="quick mail")


def send_quick() -> int:
    """Send the messages that call somebody; returns how many the mail server took."""
    return send_waiting(quick=True)


def deliver_entry(entry_id: int) -> int:
    """Run what follows from one line, then send the messages that wait."""
    due = due_receipts(at=worker_stamp().at, most=AT_ONCE, entry_id=entry_id)
    moments = _lost_moments(due)
    done = sum(_deliver(each, moments.get(each)) for each in due)
    send_waiting()
    return done


def sweep(seconds: float = SWEEP_SECONDS, *, between: Callable[[], None] = lambda: None) -> int:
    """Run every reaction that is still due, whoever lost it; stops after ``seconds``.

    ``between`` is called after each.
    """
    until = time.monotonic() + seconds
    done = 0
    tried: set[int] = set()
    while time.monotonic() < until:
        due = due_receipts(at=worker_stamp().at, most=AT_ONCE)
        fresh = [receipt for receipt in due if receipt not in tried]
        if not fresh:
            break
        moments = _lost_moments(fresh)
        for receipt in fresh:
            tried.add(receipt)
            done += _deliver(receipt, moments.get(receipt))
            between()
            if time.monotonic() >= until:
                break
    return done


def _lost_moments(receipts: Sequence[int]) -> dict[int, datetime]:
    """When what follows fell due before the house was restored, while mail is held.

    The old house did it then; done again at that moment, its mail is told from what is new.
    """
    hold = mail_hold() if receipts else None
    return due_moments(receipts, until=hold.since) if hold else {}


def _deliver(receipt: int, moment: datetime | None) -> bool:
    now = worker_stamp()
    stamp = replace(now, at=moment) if moment else now
    return deliver_receipt(receipt, stamp=stamp, now=now.at)


def send_waiting(seconds: float = SWEEP_SECONDS, *, quick: bool = False) -> int:
    """Send the messages whose time has come; returns how many the mail server took.

    It goes on until none is left or the time is up: a letter to many is thousands. With
    ``quick`` only what cannot wait behind those.
    """
    until = time.monotonic() + seconds
    sent = 0
    while due := due_messages(at=worker_stamp().at, most=AT_ONCE, quick=quick):
        for message in due:
            letter = notices.claim_message(message, stamp=worker_stamp())
            if letter is not None:
                note_letter_goes(message, stamp=worker_stamp())
                sent += _send(message, letter)
            if time.monotonic() >= until:
                return sent
    return sent


def _send(message: int, letter: Letter) -> bool:
    try:
        send_letter(letter)
    except AddressRefused as no:
        notices.note_refused(message, error=str(no), stamp=worker_stamp())
        return False
    except Exception as error:
        why = f"{type(error).__name__}: {error}"
        notices.note_try_failed(message, error=why, stamp=worker_stamp())
        return False
    notices.note_sent(message, stamp=worker_stamp())
    return True
