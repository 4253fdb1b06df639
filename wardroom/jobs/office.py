"""What the worker does by the clock about the people who work here."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from wardroom.jobs.each import do_each
from wardroom.jobs.reliving import relived
from wardroom.jobs.stamps import worker_stamp
from wardroom.office import actions, queries


@relived
def keep_terms() -> int:
    """Write down whose time here has ended, and tell ahead what ends; gives how often.

    It tells of terms, of residency that is to be proved, and of certificates that run out.
    """
    stamp = worker_stamp()
    today = timezone.localdate(stamp.at)
    told: tuple[tuple[str, Callable[..., tuple[Any, ...]], Callable[..., Any]], ...] = (
        ("term", queries.get_terms_that_ended, actions.note_term_over),
        ("end of term", queries.get_terms_to_remind, actions.remind_of_term),
        ("residency", queries.get_residency_to_remind, actions.remind_of_residency),
        ("recheck", queries.get_rechecks_to_remind, actions.remind_of_recheck),
        ("certificate", queries.get_certificates_to_remind, actions.remind_of_certificate),
    )
    done = 0
    for word, due, act in told:
        rows = due(on=today)
        done += do_each(rows, functools.partial(act, stamp=stamp), told=word)
    return done
