"""What a web process does beside answering: it says that it lives. Read by gunicorn itself."""

from __future__ import annotations

import gc
import logging
import threading
from typing import Any

from django.utils import timezone

logger = logging.getLogger(__name__)
BEAT_SECONDS = 30.0
_ending = threading.Event()


def when_ready(server: Any) -> None:
    """The site starts: what ended processes counted is thrown away."""
    from wardroom.upkeep.gateways.counts import begin_counting

    begin_counting()
    share_what_all_need()


def share_what_all_need() -> None:
    """Load what every web process needs before they are forked, so that they share it.

    What is frozen is never looked at by the collector of garbage, whose marks would make each
    process keep a copy of its own.
    """
    from django.urls import get_resolver

    get_resolver().reverse_dict  # noqa: B018
    gc.collect()
    gc.freeze()


def post_worker_init(worker: Any) -> None:
    """A web process is about to answer."""
    threading.Thread(target=_beat, name="sign of life", daemon=True).start()


def worker_exit(server: Any, worker: Any) -> None:
    """A web process ends in order."""
    from django.db import DatabaseError, connection

    from wardroom.upkeep.actions import forget_beat

    _ending.set()
    try:
        forget_beat("web")
    except DatabaseError:
        logger.info("no word of the end could be left")
    finally:
        connection.close()


def _beat() -> None:
    from django.db import DatabaseError, connection

    from wardroom.jobs.stamps import worker_stamp
    from wardroom.upkeep.actions import note_beat

    began_at = timezone.now()
    while not _ending.is_set():
        try:
            note_beat("web", began_at=began_at, stamp=worker_stamp())
        except DatabaseError as error:
            logger.warning("no sign of life could be left: %s", error)
        finally:
            connection.close()
        _ending.wait(BEAT_SECONDS)
