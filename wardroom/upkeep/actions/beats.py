"""Signs of life: each process of the house says every few seconds that it is there."""

from __future__ import annotations

import os
import platform
from datetime import datetime, timedelta

from django.db import transaction

from wardroom import __version__
from wardroom.access.actor import Stamp
from wardroom.access.gate import guard_pass
from wardroom.upkeep.models import Beat

BOOKKEEPING = "a sign of life"
FORGOTTEN = timedelta(days=1)


def note_beat(
    kind: str, *, began_at: datetime, took_at: datetime | None = None, stamp: Stamp
) -> None:
    """Keep that this process lives, and when it last took a task; older ones are forgotten."""
    with transaction.atomic(), guard_pass(BOOKKEEPING):
        Beat.objects.update_or_create(
            kind=kind,
            node=_node(),
            process=os.getpid(),
            defaults={
                "version": __version__,
                "began_at": began_at,
                "beat_at": stamp.at,
                "took_at": took_at,
            },
        )
        Beat.objects.filter(beat_at__lt=stamp.at - FORGOTTEN).delete()


def forget_beat(kind: str) -> None:
    """This process ends in order: nobody has to wonder where it went."""
    with guard_pass(BOOKKEEPING):
        Beat.objects.filter(kind=kind, node=_node(), process=os.getpid()).delete()


def _node() -> str:
    return (platform.node() or "here")[:120]
