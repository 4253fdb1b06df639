"""Routines that write to people because their day came, and wait while mail is held.

After a restoration their day may have come in the old house already. They are lived through
again before mail goes out; `wardroom.jobs.lost_time` says how.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import Any

from wardroom.jobs.stamps import lives_again
from wardroom.notices.queries import mail_hold

logger = logging.getLogger(__name__)
RELIVED = "is_relived"


def relived(routine: Callable[..., int]) -> Callable[..., int]:
    """Mark a routine: it waits while mail is held, and is lived through again at the release."""

    @functools.wraps(routine)
    def run(*args: Any, **kwargs: Any) -> int:
        if not lives_again() and mail_hold() is not None:
            logger.info("%s waits: mail is held since the restoration", routine.__name__)
            return 0
        return routine(*args, **kwargs)

    setattr(run, RELIVED, True)
    return run
