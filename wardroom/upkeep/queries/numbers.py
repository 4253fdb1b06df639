"""How many, how old, how large: what the checks judge and the graphs draw."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Max, Min, Q, Sum
from django_q.models import Failure, OrmQ

from wardroom.calendar.models import OutsideCalendar
from wardroom.documents.models import Document
from wardroom.incidents.models import AlertFeed
from wardroom.ledger.models import Entry, Link, Receipt
from wardroom.notices.models import Mailbox, Message
from wardroom.service_requests.models import Endpoint, ImportRun
from wardroom.upkeep.models import Beat
from wardroom.upkeep.rules import WORKER_GONE

LATELY = timedelta(days=1)
OVERDUE_READS = 4
AT_LEAST = timedelta(hours=1)


@dataclass(frozen=True)
class Waiting:
    """How much waits, and since when the oldest could have been done."""

    count: int
    oldest_at: datetime | None


def tasks_waiting(*, at: datetime) -> Waiting:
    """Tasks in the queue that no worker took; with Redis they are counted there."""
    if "redis" in settings.Q_CLUSTER:
        from django_q.brokers import get_broker

        return Waiting(int(get_broker().queue_size()), None)
    told = OrmQ.objects.filter(lock__lte=at).aggregate(n=Count("pk"), oldest=Min("lock"))
    return Waiting(told["n"], told["oldest"])


@dataclass(frozen=True)
class Receipts:
    """What follows from lines of the ledger.

    ``ripe`` is due now, its oldest since it could be done: a line may be much older, where it
    was tried again. ``oldest_at`` is when the oldest line was written from which anything has
    still to follow, and ``dead`` how much failed at every try and was not dealt with.
    """

    ripe: Waiting
    oldest_at: datetime | None
    dead: int


def receipts(*, at: datetime) -> Receipts:
    """What follows from lines of the ledger and is not done; each state has an index of its own."""
    ripe = Q(next_try_at__lte=at)
    told = Receipt.objects.filter(state=Receipt.State.DUE).aggregate(
        n=Count("pk", filter=ripe),
        since=Min("next_try_at", filter=ripe),
        oldest=Min("entry__at"),
    )
    dead = Receipt.objects.filter(state=Receipt.State.FAILED).count()
    return Receipts(Waiting(told["n"], told["since"]), told["oldest"], dead)


def jobs_failed(*, at: datetime) -> int:
    """How many jobs of the worker failed within a day."""
    return int(Failure.objects.filter(stopped__gte=at - LATELY).count())


def outbox_states() -> dict[str, int]:
    """How many messages out are in each state, none left out."""
    counted = dict(Message.objects.values_list("state").annotate(n=Count("pk")).order_by("state"))
    return {state.value: counted.get(state.value, 0) for state in Message.State}


def ledger_lines() -> int:
    """How long the chain of the ledger is."""
    return int(Link.objects.aggregate(n=Max("position"))["n"] or 0)


def files_kept() -> tuple[int, int]:
    """How many files are stored, and of how many bytes their papers speak."""
    told = Document.objects.aggregate(n=Count("pk"), size=Sum("size"))
    return told["n"], told["size"] or 0


def newest_import_at() -> datetime | None:
    """When requests were last read from a file or from another city's server."""
    files = ImportRun.objects.filter(state=ImportRun.State.DONE).aggregate(at=Max("finished_at"))
    servers = Endpoint.objects.aggregate(at=Max("read_at"))
    return max((one["at"] for one in (files, servers) if one["at"]), default=None)


def failing_feeds(*, at: datetime) -> tuple[tuple[str, datetime], ...]:
    """What is read by the clock and was not, each with since when; the longest first."""
    found = [
        *(("the mailbox", row.failed_at) for row in Mailbox.objects.filter(_failed())),
        *(("the alerts", row.failed_at) for row in AlertFeed.objects.filter(_failed())),
        *(
            (f"the calendar {row.name}", row.failed_at)
            for row in OutsideCalendar.objects.filter(_failed(), ended_at=None)
        ),
        *_late_endpoints(at),
    ]
    known = [(name, since) for name, since in found if since is not None]
    return tuple(sorted(known, key=lambda one: one[1]))


def late_beats() -> tuple[Beat, ...]:
    """Every process that showed a sign of life within a day; older ones are forgotten."""
    return tuple(Beat.objects.order_by("kind", "node", "process"))


def beats(*, at: datetime) -> tuple[Beat, ...]:
    """The processes that showed a sign of life a short while ago."""
    return alive(late_beats(), at=at)


def alive(found: Iterable[Beat], *, at: datetime) -> tuple[Beat, ...]:
    """Those of them that showed it a short while ago."""
    return tuple(beat for beat in found if beat.beat_at >= at - WORKER_GONE)


def newest_worker(found: Iterable[Beat]) -> tuple[datetime | None, datetime | None]:
    """When any worker of these last showed a sign of life, and when any last took a task."""
    workers = [beat for beat in found if beat.kind == Beat.Kind.WORKER]
    took = [beat.took_at for beat in workers if beat.took_at is not None]
    return max((beat.beat_at for beat in workers), default=None), max(took, default=None)


@dataclass(frozen=True)
class LedgerCheck:
    """When the ledger was last walked, how many lines, how it ended, and the fault if any."""

    at: datetime
    lines: int
    head: str
    broken: str


def last_ledger_check() -> LedgerCheck | None:
    """The newest walk along the ledger, whoever asked for it."""
    entry = Entry.objects.filter(kind="LedgerChecked").order_by("-at", "-pk").first()
    return check_told(entry) if entry else None


def check_told(entry: Entry) -> LedgerCheck:
    """A walk along the ledger, as its line tells it."""
    body = entry.body
    return LedgerCheck(entry.at, body["lines"], body["head"], body["broken"])


def _failed() -> Q:
    return Q(failed_at__isnull=False)


def _late_endpoints(at: datetime) -> list[tuple[str, datetime]]:
    late = []
    for row in Endpoint.objects.filter(paused=False).exclude(mode="submit"):
        since = row.failed_at
        read = row.read_at or row.added_at
        if since is None and at - read > max(AT_LEAST, OVERDUE_READS * _minutes(row.minutes)):
            since = read
        if since is not None:
            late.append((row.name, since))
    return late


def _minutes(number: int) -> timedelta:
    return timedelta(minutes=number)
