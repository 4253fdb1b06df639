"""The numbers that graphs and alarms are made of, all of the house in one answer."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from wardroom import __version__
from wardroom.upkeep.gateways import database, machine
from wardroom.upkeep.gateways.counts import BOUNDS, Served, served
from wardroom.upkeep.queries import numbers
from wardroom.upkeep.queries.checks import found_by, last_looks
from wardroom.upkeep.queries.rounds import Rounds
from wardroom.upkeep.rules import Sample, Series, Standing, gauge, gauges, written

NO_NUMBERS = {"database", "migrations"}


def answers_text() -> str:
    """How many answers this machine gave and how fast, as Prometheus reads it."""
    return written(_answers())


def metrics_text(*, at: datetime) -> str:
    """Every other number of the house; without a database those that need none."""
    rounds = Rounds(at)
    found = found_by(rounds)
    ranks = {one.code: float(one.rank) for one in found}
    blind = any(one.code in NO_NUMBERS and one.standing is Standing.WRONG for one in found)
    told = [gauge("wardroom_info", "This version.", 1, version=__version__)]
    if not blind:
        ranks |= {one.code: float(one.rank) for one, _ in last_looks()}
        told += [*_work(rounds), *_kept(rounds)]
    means = "What each check found: 0 fine, 1 look, 2 wrong."
    told += [
        gauge("wardroom_disk_free_bytes", "Room where files are kept.", machine.disk_room()[0]),
        gauges("wardroom_check", means, "check", ranks),
    ]
    return written(told)


def _work(rounds: Rounds) -> list[Series]:
    at, tasks, receipts = rounds.at, rounds.tasks, rounds.receipts
    alive = Counter(beat.kind for beat in numbers.alive(rounds.beats, at=at))
    kinds = {"web": float(alive["web"]), "worker": float(alive["worker"])}
    states = {state: float(n) for state, n in numbers.outbox_states().items()}
    return [
        gauge("wardroom_queue_tasks", "Tasks that no worker took yet.", tasks.count),
        gauge(
            "wardroom_queue_oldest_seconds",
            "Age of the oldest of them.",
            _age(tasks.oldest_at, at) or 0,
        ),
        gauge("wardroom_receipts_due", "What follows and is due.", receipts.ripe.count),
        gauge(
            "wardroom_receipts_oldest_seconds",
            "Age of the oldest change from which something has still to follow.",
            _age(receipts.oldest_at, at) or 0,
        ),
        gauge(
            "wardroom_receipts_failed",
            "Consequences that failed at every try.",
            receipts.dead,
        ),
        gauges("wardroom_outbox_messages", "Messages out by their state.", "state", states),
        gauges("wardroom_processes", "Processes that show a sign of life.", "kind", kinds),
    ]


def _kept(rounds: Rounds) -> list[Series]:
    at, check, backups = rounds.at, rounds.ledger, rounds.backups
    made, proven = backups.made, backups.proven
    files, size = numbers.files_kept()
    whole = None if check is None else float(not check.broken)
    return [
        gauge("wardroom_ledger_lines", "Lines in the chain.", numbers.ledger_lines()),
        gauge("wardroom_ledger_whole", "Whether the last walk found the chain whole.", whole),
        gauge(
            "wardroom_ledger_checked_seconds",
            "Since the chain was last walked.",
            None if check is None else _age(check.at, at),
        ),
        gauge(
            "wardroom_backup_age_seconds",
            "Since the newest backup was made.",
            None if made is None else _age(made.at, at),
        ),
        gauge(
            "wardroom_backup_proven_age_seconds",
            "Since a backup was last restored on trial.",
            None if proven is None else _age(proven.at, at),
        ),
        gauge("wardroom_database_bytes", "Size of the database.", database.database_size()),
        gauge("wardroom_files", "Files that are stored.", files),
        gauge("wardroom_files_bytes", "Size of the stored files.", size),
        gauge(
            "wardroom_import_age_seconds",
            "Since requests were last read from elsewhere.",
            _age(numbers.newest_import_at(), at),
        ),
    ]


def _answers() -> list[Series]:
    """How many answers this machine gave, and within how many seconds."""
    told = served()
    counts = tuple(
        Sample(n, {"class": one.name, "status": status})
        for one in told
        for status, n in one.by_status
    )
    spans = tuple(sample for one in told if one.answers for sample in _spans(one))
    return [
        Series("wardroom_answers_total", "counter", "Answers of this machine.", counts),
        Series("wardroom_answer_seconds", "histogram", "How long they took.", spans),
    ]


def _spans(one: Served) -> list[Sample]:
    found, so_far = [], 0
    for bound, n in zip((*BOUNDS, float("inf")), one.within, strict=True):
        so_far += n
        le = "+Inf" if bound == float("inf") else str(bound)
        found.append(Sample(so_far, {"class": one.name, "le": le}, "_bucket"))
    mine = {"class": one.name}
    return [*found, Sample(one.seconds, mine, "_sum"), Sample(so_far, mine, "_count")]


def _age(then: datetime | None, at: datetime) -> float | None:
    return None if then is None else max(0.0, (at - then).total_seconds())
