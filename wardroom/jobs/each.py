"""One thing done to each of many: what one of them lacks is written down and stops no other."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from wardroom.kernel.errors import NotFound, Refused

logger = logging.getLogger(__name__)
T = TypeVar("T")


def do_each(subjects: Iterable[T], deed: Callable[[T], Any], *, told: str) -> int:
    """Do one thing to each, in a commit of its own; gives how often it was done.

    ``told`` is what the log calls it, such as "digest".
    """
    done = 0
    for subject in subjects:
        try:
            deed(subject)
        except (Refused, NotFound) as no:
            logger.info("%s %s: %s", told, _named(subject), no)
        except Exception:
            logger.exception("%s %s stopped at an error", told, _named(subject))
        else:
            done += 1
    return done


def _named(subject: object) -> object:
    first = subject[0] if isinstance(subject, tuple) else subject
    return getattr(first, "pk", None) or getattr(first, "code", first)
