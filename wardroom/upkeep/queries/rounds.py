"""One look round the house: whatever several checks, numbers and pages need is asked once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property

from django.db.models import Q, Subquery

from wardroom.access.actor import SYSTEM
from wardroom.ledger.models import Entry
from wardroom.notices.queries import HoldNote, OutboxHealth, mail_hold, outbox_health
from wardroom.upkeep.models import Beat
from wardroom.upkeep.queries import numbers
from wardroom.upkeep.queries.backups import BACKUP_KINDS, BackupStanding, told_by
from wardroom.upkeep.queries.numbers import LedgerCheck, Receipts, Waiting

CHECKED = "LedgerChecked"


class Rounds:
    """What was found at one moment; nothing is asked before something needs it."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    @cached_property
    def beats(self) -> tuple[Beat, ...]:
        """The processes that showed a sign of life within a day, those of web first."""
        return numbers.late_beats()

    @cached_property
    def tasks(self) -> Waiting:
        """What waits in the queue."""
        return numbers.tasks_waiting(at=self.at)

    @cached_property
    def receipts(self) -> Receipts:
        """What follows from lines of the ledger: what is due, and what was given up."""
        return numbers.receipts(at=self.at)

    @cached_property
    def jobs_failed(self) -> int:
        """How many jobs failed within a day."""
        return numbers.jobs_failed(at=self.at)

    @cached_property
    def outbox(self) -> OutboxHealth:
        """How old the oldest message is that should be out, and what failed."""
        return outbox_health(SYSTEM, at=self.at, hold=self.hold)

    @cached_property
    def hold(self) -> HoldNote | None:
        """What holds mail since a restoration, if something does."""
        return mail_hold()

    @cached_property
    def backups(self) -> BackupStanding:
        """How the backups stand."""
        return told_by(self._newest, now=self.at)

    @cached_property
    def ledger(self) -> LedgerCheck | None:
        """The newest walk along the ledger."""
        line = self._newest.get(CHECKED)
        return numbers.check_told(line) if line else None

    @cached_property
    def _newest(self) -> Mapping[str, Entry]:
        """The newest line of each kind that tells of the house itself, in one question."""
        wanted = Q()
        for kind in (*BACKUP_KINDS, CHECKED):
            rows = Entry.objects.filter(kind=kind).order_by("-at", "-pk")
            wanted |= Q(pk=Subquery(rows.values("pk")[:1]))
        return {line.kind: line for line in Entry.objects.filter(wanted).order_by()}
