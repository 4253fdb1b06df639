"""Stamps for what is done from the shell or by the worker."""

from __future__ import annotations

from django.utils import timezone

from wardroom.access.actor import SYSTEM, Stamp, Window


def shell_stamp() -> Stamp:
    """A stamp for the operator at the shell: the house itself, now."""
    return Stamp(actor=SYSTEM, at=timezone.now(), window=Window.SHELL)


def worker_stamp() -> Stamp:
    """A stamp for the worker: the house itself, now."""
    return Stamp(actor=SYSTEM, at=timezone.now(), window=Window.WORKER)
