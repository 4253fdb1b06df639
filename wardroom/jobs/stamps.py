"""Stamps for what is done from the shell or by the worker."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

from wardroom.access.actor import SYSTEM, Stamp, Window

_MOMENT: ContextVar[datetime | None] = ContextVar("moment", default=None)


def shell_stamp() -> Stamp:
    """A stamp for the operator at the shell: the house itself, now."""
    return Stamp(actor=SYSTEM, at=timezone.now(), window=Window.SHELL)


def worker_stamp() -> Stamp:
    """A stamp for the worker: the house itself, now, or at the moment it lives through again."""
    return Stamp(actor=SYSTEM, at=_MOMENT.get() or timezone.now(), window=Window.WORKER)


@contextmanager
def at_moment(moment: datetime) -> Iterator[None]:
    """Let the worker's clock stand at a moment that is over."""
    token = _MOMENT.set(moment)
    try:
        yield
    finally:
        _MOMENT.reset(token)


def lives_again() -> bool:
    """Whether the worker's clock stands at a moment that is over."""
    return _MOMENT.get() is not None
