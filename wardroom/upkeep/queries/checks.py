"""The one list of checks: doctor, readiness, the numbers for graphs and the page all read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings

from wardroom.directory.queries.factors import people_who_cannot_prove
from wardroom.upkeep import rules
from wardroom.upkeep.gateways import database, machine
from wardroom.upkeep.models import EMPTIED, LastLook
from wardroom.upkeep.queries import numbers
from wardroom.upkeep.queries.backups import BackupLine
from wardroom.upkeep.queries.rounds import Rounds
from wardroom.upkeep.rules import Finding, Standing


@dataclass(frozen=True)
class Check:
    """One thing to look at. Those of ``ready`` decide whether the site may be sent people.

    ``outside`` asks other machines and may take seconds, so no page waits for it; ``applies``
    says whether this house has such a thing at all.
    """

    code: str
    look: Callable[[Rounds], Finding]
    ready: bool = False
    asks_database: bool = True
    outside: bool = False
    applies: Callable[[], bool] = lambda: True


def look_at_database(rounds: Rounds) -> Finding:
    """Whether the database answers and waits for the disk."""
    return rules.judge_database(
        database.unsafe_settings(), tears=database.may_tear_pages(), kind=database.database_kind()
    )


def look_at_migrations(rounds: Rounds) -> Finding:
    """Whether the tables are those of this version."""
    return rules.judge_migrations(database.missing_migrations())


def look_at_worker(rounds: Rounds) -> Finding:
    """Whether a worker lives and takes tasks."""
    beat_at, took_at = numbers.newest_worker(rounds.beats)
    return rules.judge_worker(beat_at, took_at, at=rounds.at)


def look_at_queue(rounds: Rounds) -> Finding:
    """Whether tasks, and what follows from the ledger, are done soon."""
    tasks, receipts = rounds.tasks, rounds.receipts.ripe
    oldest = min((w.oldest_at for w in (tasks, receipts) if w.oldest_at), default=None)
    return rules.judge_queue(max(tasks.count, receipts.count), oldest, at=rounds.at)


def look_at_outbox(rounds: Rounds) -> Finding:
    """Whether mail goes out."""
    health, hold = rounds.outbox, rounds.hold
    if hold is not None and not health.late:
        return rules.judge_hold(
            hold.since,
            health.waiting,
            failed=health.failed,
            is_ending=hold.stopped_at is not None,
            at=rounds.at,
        )
    return rules.judge_outbox(
        waiting=health.waiting,
        late=health.late,
        failed=health.failed,
        minutes=health.oldest_minutes,
    )


def look_at_dead_letters(rounds: Rounds) -> Finding:
    """Whether something was given up after its last try."""
    return rules.judge_dead(rounds.receipts.dead, rounds.jobs_failed)


def look_at_feeds(rounds: Rounds) -> Finding:
    """Whether what is read from other systems comes in."""
    return rules.judge_feeds(numbers.failing_feeds(at=rounds.at), at=rounds.at)


def look_at_ledger(rounds: Rounds) -> Finding:
    """Whether the ledger was walked lately and found whole."""
    last = rounds.ledger
    if last is None:
        return rules.judge_ledger(None, "", at=rounds.at)
    return rules.judge_ledger(last.at, last.broken, at=rounds.at)


def look_at_backup(rounds: Rounds) -> Finding:
    """Whether all that is kept was copied within a day."""
    found = rounds.backups
    made, failed = _when(found.made), _sentence(found.failed)
    return rules.judge_backup(made, failed, late=found.is_late, at=rounds.at)


def look_at_proof(rounds: Rounds) -> Finding:
    """Whether a backup was restored on trial within 30 days."""
    found = rounds.backups
    proven, failed = _when(found.proven), _sentence(found.disproved)
    return rules.judge_proof(proven, failed, late=found.is_proof_late, at=rounds.at)


def _when(line: BackupLine | None) -> datetime | None:
    return line.at if line else None


def _sentence(line: BackupLine | None) -> str:
    return f"{line.sentence.rstrip('.')}." if line else ""


def look_at_disk(rounds: Rounds) -> Finding:
    """Whether there is room to write."""
    return rules.judge_disk(*machine.disk_room())


def look_at_clock(rounds: Rounds) -> Finding:
    """Whether this machine's clock agrees with the database's."""
    return rules.judge_clock(database.database_now() - rounds.at)


def look_at_versions(rounds: Rounds) -> Finding:
    """Whether all machines run the same version."""
    there = numbers.alive(rounds.beats, at=rounds.at)
    return rules.judge_versions([beat.version for beat in there])


def look_at_log(rounds: Rounds) -> Finding:
    """Whether what was taken out is gone from the database's own log as well."""
    row = LastLook.objects.filter(code=EMPTIED).first()
    if row is None:
        return rules.judge_log(None, emptied=False, at=rounds.at)
    done = row.standing == Standing.FINE.value
    return rules.judge_log(row.at, emptied=done, at=rounds.at)


def look_at_home(rounds: Rounds) -> Finding:
    """Whether others of this machine could read what only the office may."""
    return rules.judge_home(machine.loose_files())


def look_at_factors(rounds: Rounds) -> Finding:
    """Whether the codes of everybody's app can be told with the keys of this house."""
    return rules.judge_factors(len(people_who_cannot_prove()))


def look_at_settings(rounds: Rounds) -> Finding:
    """Whether the settings are those of a site that people use."""
    faults = [
        ("DEBUG is on", settings.DEBUG),
        ("WARDROOM_HOSTS lets any host in", rules.lets_any_host(settings.ALLOWED_HOSTS)),
        ("WARDROOM_SECRET_KEY is weak", rules.is_weak_key(settings.SECRET_KEY)),
        ("WARDROOM_MAP_LINK shows no place", not rules.leads_to_map(settings.MAP_LINK)),
        ("cookies go over http, though the site is at https", _at_https() and not settings.SECURE),
    ]
    doubts = [
        ("staff are only offered a second factor", _at_https() and _offers_factor()),
    ]
    told = [[words for words, at_fault in each if at_fault] for each in (faults, doubts)]
    return rules.judge_settings(*told)


def look_at_mail_server(rounds: Rounds) -> Finding:
    """Whether the mail server can be spoken to."""
    return rules.judge_mail_server(machine.why_no_mail(), host=settings.EMAIL_HOST)


def look_at_certificate(rounds: Rounds) -> Finding:
    """Whether the site's certificate holds for a while."""
    return rules.judge_certificate(*machine.certificate_end(), at=rounds.at)


def look_at_time(rounds: Rounds) -> Finding:
    """Whether this machine's clock agrees with the time server that is set."""
    off, why = machine.time_server_off(rounds.at)
    return rules.judge_time_server(off, why)


def _has_time_server() -> bool:
    return bool(settings.TIME_SERVER)


def _offers_factor() -> bool:
    return bool(settings.SECOND_FACTOR != "required")


def _at_https() -> bool:
    return urlsplit(settings.SITE).scheme == "https"


CHECKS = (
    Check("database", look_at_database, ready=True),
    Check("migrations", look_at_migrations, ready=True),
    Check("worker", look_at_worker),
    Check("queue", look_at_queue),
    Check("outbox", look_at_outbox),
    Check("dead_letters", look_at_dead_letters),
    Check("feeds", look_at_feeds),
    Check("ledger", look_at_ledger),
    Check("backup", look_at_backup),
    Check("proof", look_at_proof),
    Check("log", look_at_log, applies=database.has_own_log),
    Check("clock", look_at_clock),
    Check("versions", look_at_versions),
    Check("factors", look_at_factors),
    Check("disk", look_at_disk, asks_database=False),
    Check("home", look_at_home, asks_database=False),
    Check("settings", look_at_settings, asks_database=False),
    Check("mail_server", look_at_mail_server, asks_database=False, outside=True),
    Check("certificate", look_at_certificate, asks_database=False, outside=True, applies=_at_https),
    Check("time", look_at_time, asks_database=False, outside=True, applies=_has_time_server),
)
NEEDED = "migrations"


def house_findings(*, at: datetime, outside: bool = False) -> tuple[Finding, ...]:
    """What every check finds now; with ``outside`` also those that ask other machines."""
    return found_by(Rounds(at), outside=outside)


def found_by(rounds: Rounds, *, outside: bool = False) -> tuple[Finding, ...]:
    """The same on a look round that somebody else goes on with."""
    return _found([c for c in CHECKS if outside or not c.outside], rounds)


def readiness(*, at: datetime) -> tuple[Finding, ...]:
    """What decides whether the site may be sent people: those of it that are wrong."""
    found = _found([c for c in CHECKS if c.ready], Rounds(at))
    return tuple(one for one in found if one.standing is Standing.WRONG)


def outside_findings(*, at: datetime) -> tuple[Finding, ...]:
    """What the checks find that ask other machines; it may take seconds."""
    return _found([c for c in CHECKS if c.outside], Rounds(at))


def last_looks() -> tuple[tuple[Finding, datetime], ...]:
    """What those found when the worker last ran them, and when that was."""
    wanted = {c.code for c in CHECKS if c.outside and c.applies()}
    rows = LastLook.objects.filter(code__in=wanted).order_by("pk")
    return tuple(
        (Finding(row.code, Standing(row.standing), row.sentence, row.advice), row.at)
        for row in rows
    )


def _found(checks: Iterable[Check], rounds: Rounds) -> tuple[Finding, ...]:
    """What they find, one after the other.

    Once the database is gone, or its tables are too old to be read, only what can be told
    without it is looked at.
    """
    found: list[Finding] = []
    answers = True
    for check in checks:
        if not check.applies() or (check.asks_database and not answers):
            continue
        try:
            one = check.look(rounds)
        except database.DOWN:
            answers = False
            gone = check.code == "database"
            kind = database.database_kind()
            one = rules.database_gone(kind) if gone else rules.cannot_tell(check.code)
        if check.code == NEEDED and one.standing is Standing.WRONG:
            answers = False
        found.append(one)
    return tuple(found)
