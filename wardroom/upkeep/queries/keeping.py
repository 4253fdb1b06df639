"""How the house stands, for those who look after it: one page with all of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django_q.models import Failure

from wardroom.access.actor import Actor
from wardroom.kernel.errors import NotFound
from wardroom.kernel.paging import page_at
from wardroom.ledger import policy as ledger_policy
from wardroom.ledger.models import Receipt, TreeHead
from wardroom.notices.policy import may_release_mail
from wardroom.upkeep import policy
from wardroom.upkeep.gateways import database, machine
from wardroom.upkeep.models import Beat
from wardroom.upkeep.queries import numbers
from wardroom.upkeep.queries.backups import BackupStanding
from wardroom.upkeep.queries.checks import found_by, last_looks
from wardroom.upkeep.queries.numbers import LATELY, LedgerCheck, Waiting
from wardroom.upkeep.queries.rounds import Rounds
from wardroom.upkeep.rules import Finding

WALK = "walk the ledger"
DEAD_ROWS = 25
MOST_JOBS = 10


@dataclass(frozen=True)
class Held:
    """Mail that is held since the house was restored from the backup of ``taken_at``.

    ``stopped_at`` is when the old house stopped, once somebody said so; then it is let go as
    soon as the worker has lived through the time between the two.
    """

    since: datetime
    taken_at: datetime
    stopped_at: datetime | None
    waiting: int


@dataclass(frozen=True)
class DeadRow:
    """A consequence that failed at every try; its line and the error for whoever may read them."""

    id: int
    follows: str
    entry_id: int | None
    sentence: str
    at: datetime
    attempts: int
    error: str


@dataclass(frozen=True)
class DeadPage:
    """A page of them, those of the oldest lines first."""

    rows: tuple[DeadRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class FailedJob:
    """A job of the worker that failed within a day, and the kind of its error."""

    name: str
    at: datetime
    error: str


@dataclass(frozen=True)
class LedgerStanding:
    """How long the ledger is, what its last walk found, and up to where it is signed."""

    lines: int
    checked: LedgerCheck | None
    is_asked: bool
    signed_on: date | None
    signed_lines: int


@dataclass(frozen=True)
class Storage:
    """How much is kept, and how much room is left, in bytes."""

    database: int
    files: int
    file_bytes: int
    free: int
    whole: int


@dataclass(frozen=True)
class Process:
    """A process of the house that shows a sign of life, and since when it runs."""

    is_worker: bool
    node: str
    number: int
    version: str
    began_at: datetime
    beat_at: datetime


@dataclass(frozen=True)
class HouseSheet:
    """The house at one moment; ``looked`` is what the worker found when it last asked others."""

    findings: tuple[Finding, ...]
    looked: tuple[tuple[Finding, datetime], ...]
    held: Held | None
    queue: Waiting
    due: Waiting
    dead: DeadPage
    jobs: tuple[FailedJob, ...]
    ledger: LedgerStanding
    backups: BackupStanding
    storage: Storage
    processes: tuple[Process, ...]
    allowed: frozenset[str]


def house_sheet(actor: Actor, *, at: datetime, page: int = 1) -> HouseSheet:
    """How the house stands now, for those who look after it; `NotFound` for others."""
    if not policy.may_see_upkeep(actor):
        raise NotFound("no house to see")
    rounds = Rounds(at)
    files, file_bytes = numbers.files_kept()
    free, whole = machine.disk_room()
    return HouseSheet(
        findings=found_by(rounds),
        looked=last_looks(),
        held=_held(rounds),
        queue=rounds.tasks,
        due=rounds.receipts.ripe,
        dead=_dead(actor, rounds.receipts.dead, page),
        jobs=_jobs(at) if rounds.jobs_failed else (),
        ledger=_ledger(rounds),
        backups=rounds.backups,
        storage=Storage(database.database_size(), files, file_bytes, free, whole),
        processes=tuple(_process(b) for b in numbers.alive(rounds.beats, at=at)),
        allowed=_allowed(actor),
    )


def may_look_after_house(actor: Actor) -> bool:
    """Whether somebody reads how the house stands."""
    return policy.may_see_upkeep(actor)


def get_dead(receipt_id: int, actor: Actor) -> Receipt:
    """A consequence, to act on it; `NotFound` for those who do not look after the house."""
    found: Receipt | None = Receipt.objects.filter(pk=receipt_id).first()
    if found is None or not policy.may_see_upkeep(actor):
        raise NotFound(f"no consequence {receipt_id}")
    return found


def _held(rounds: Rounds) -> Held | None:
    hold = rounds.hold
    if hold is None:
        return None
    return Held(hold.since, hold.taken_at, hold.stopped_at, rounds.outbox.waiting)


def _dead(actor: Actor, total: int, asked: int) -> DeadPage:
    page, pages, on_page = page_at(total, asked, DEAD_ROWS)
    if not total:
        return DeadPage((), 0, page, pages)
    dead = Receipt.objects.filter(state=Receipt.State.FAILED).select_related("entry")
    rows = dead.order_by("entry_id", "pk")[on_page]
    return DeadPage(tuple(_dead_row(row, actor) for row in rows), total, page, pages)


def _dead_row(row: Receipt, actor: Actor) -> DeadRow:
    """An error may hold words of its line, so it is shown in full to who may read that alone."""
    entry = row.entry
    reads = ledger_policy.may_read_entry(actor, entry)
    return DeadRow(
        id=row.pk,
        follows=row.reaction,
        entry_id=entry.pk if reads else None,
        sentence=entry.sentence if reads else "",
        at=entry.at,
        attempts=row.attempts,
        error=row.error if reads else row.error.partition(":")[0],
    )


def _jobs(at: datetime) -> tuple[FailedJob, ...]:
    rows = Failure.objects.filter(stopped__gte=at - LATELY).order_by("-stopped")[:MOST_JOBS]
    return tuple(FailedJob(_job_name(row), row.stopped, _kind(row.result)) for row in rows)


def _job_name(row: Failure) -> str:
    """A routine by its name; anything else by what it does."""
    return str(row.group or row.func.rpartition(".")[2].replace("_", " "))


def _kind(result: object) -> str:
    """The kind of an error, never its words: they may be somebody's."""
    lines = str(result or "").strip().splitlines()
    kind = lines[-1].partition(":")[0].rpartition(".")[2] if lines else ""
    return kind if kind.isidentifier() else ""


def _ledger(rounds: Rounds) -> LedgerStanding:
    head = TreeHead.objects.order_by("-day").values_list("day", "size").first()
    waits = Receipt.objects.filter(state=Receipt.State.DUE, reaction=WALK)
    return LedgerStanding(
        lines=numbers.ledger_lines(),
        checked=rounds.ledger,
        is_asked=waits.exists(),
        signed_on=head[0] if head else None,
        signed_lines=head[1] if head else 0,
    )


def _process(beat: Beat) -> Process:
    is_worker = beat.kind == Beat.Kind.WORKER
    return Process(is_worker, beat.node, beat.process, beat.version, beat.began_at, beat.beat_at)


def _allowed(actor: Actor) -> frozenset[str]:
    found = set()
    if policy.may_keep_house(actor, None):
        found |= {"ask_ledger_check", "retry_receipt", "give_up_receipt"}
    if may_release_mail(actor, None):
        found.add("release_mail")
    return frozenset(found)
