"""What is fine with the house, what to look at, and what is wrong: told from plain numbers.

Each function takes what was measured and says in one sentence what is so, and in another what
to do about it. Doctor, the page of the house, readiness and the numbers for graphs all show
these same findings.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from wardroom.kernel.text import how_long

MEGABYTE, GIGABYTE = 1_000_000, 1_000_000_000
BEAT_SECONDS = 15
WORKER_GONE = timedelta(seconds=90)
WORKER_IDLE = timedelta(minutes=5)
QUEUE_LATE, QUEUE_STUCK = timedelta(minutes=5), timedelta(minutes=30)
DISK_LOOK, DISK_WRONG = 2 * GIGABYTE, 500 * MEGABYTE
DISK_SHARE = 0.1
CLOCK_LOOK, CLOCK_WRONG = timedelta(seconds=2), timedelta(seconds=30)
LEASE_LOOK, LEASE_WRONG = timedelta(days=21), timedelta(days=5)
LEDGER_CHECK_LOOK = timedelta(days=8)
LOG_FULL = timedelta(days=1)

NAMES = {
    "database": "Database",
    "migrations": "Tables",
    "worker": "Worker",
    "queue": "Queue",
    "outbox": "Messages out",
    "dead_letters": "Given up",
    "feeds": "Read from others",
    "ledger": "Ledger",
    "backup": "Backup",
    "proof": "Backup on trial",
    "log": "SQLite's log",
    "disk": "Disk",
    "clock": "Clock and database",
    "versions": "Versions",
    "factors": "Code apps",
    "home": "Files of the house",
    "settings": "Settings",
    "mail_server": "Mail server",
    "certificate": "Certificate of the site",
    "time": "Clock and time server",
}


class Standing(StrEnum):
    """How a thing stands; the later the worse."""

    FINE = "fine"
    LOOK = "look"
    WRONG = "wrong"


RANK = {Standing.FINE: 0, Standing.LOOK: 1, Standing.WRONG: 2}


@dataclass(frozen=True)
class Finding:
    """What one check found. ``code`` stays the same for ever; ``advice`` is empty where fine."""

    code: str
    standing: Standing
    sentence: str
    advice: str = ""

    @property
    def name(self) -> str:
        """What the check is called, for people."""
        return NAMES[self.code]

    @property
    def rank(self) -> int:
        """0 where it is fine, 1 where somebody should look, 2 where something is wrong."""
        return RANK[self.standing]


def worst(found: Collection[Finding]) -> int:
    """The rank of the worst of them: the exit code of doctor."""
    return max((one.rank for one in found), default=0)


def fine(code: str, sentence: str) -> Finding:
    """Nothing to do."""
    return Finding(code, Standing.FINE, sentence)


def look(code: str, sentence: str, advice: str) -> Finding:
    """Somebody should look at it, and everything goes on meanwhile."""
    return Finding(code, Standing.LOOK, sentence, advice)


def wrong(code: str, sentence: str, advice: str) -> Finding:
    """Something does not work, or what is kept is not safe."""
    return Finding(code, Standing.WRONG, sentence, advice)


def judge_database(
    unsafe: Sequence[tuple[str, object]], *, tears: bool = False, kind: str
) -> Finding:
    """Whether the database waits for the disk before it says that something is saved."""
    code = "database"
    if unsafe:
        said = ", ".join(f"{name} is {value}" for name, value in unsafe)
        advice = "Set it right before anything else: a power cut could lose what was saved."
        return wrong(code, f"{kind} is not safe: {said}.", advice)
    if tears:
        advice = "Set it on, unless the storage never writes a page by half, as ZFS does not."
        return look(code, f"{kind} waits for the disk, and full_page_writes is off.", advice)
    return fine(code, f"{kind} answers and waits for the disk.")


def database_gone(kind: str) -> Finding:
    """The database gives no answer."""
    advice = "Start it, or look at DATABASE_URL and at the disk it lies on."
    return wrong("database", f"{kind} cannot be reached.", advice)


def cannot_tell(code: str) -> Finding:
    """The database gave up while it was asked."""
    advice = "Ask again; where it stays so, the log of the database says why."
    return wrong(code, "The database did not answer the question.", advice)


def judge_migrations(missing: int) -> Finding:
    """Whether the tables are those of this version."""
    code = "migrations"
    if missing:
        said = f"The tables are older than the program: {_counted(missing, 'step')} missing."
        return wrong(code, said, "Run: wardroom setup")
    return fine(code, "The tables are those of this version.")


def judge_worker(beat_at: datetime | None, took_at: datetime | None, *, at: datetime) -> Finding:
    """Whether a worker lives, and whether it takes tasks."""
    code = "worker"
    if beat_at is None or at - beat_at > WORKER_GONE:
        since = f" since {_ago(at - beat_at)}" if beat_at else ""
        said = f"No worker runs{since}: no mail goes out and nothing follows from a change."
        return wrong(code, said, "Start one: wardroom worker, or wardroom serve --with-worker")
    if took_at is not None and at - took_at > WORKER_IDLE:
        said = f"The worker has taken no task for {how_long(at - took_at)}."
        return look(code, said, "Look into its log; it starts its queue again by itself.")
    return fine(code, "A worker runs and takes tasks.")


def judge_queue(waiting: int, oldest_at: datetime | None, *, at: datetime) -> Finding:
    """Whether what follows from the lines of the ledger is done soon."""
    code = "queue"
    if not waiting or oldest_at is None:
        return fine(code, "Nothing waits in the queue.")
    age = at - oldest_at
    said = f"{_counted(waiting, 'task')} waiting, the oldest for {how_long(max(age, timedelta()))}."
    if age > QUEUE_STUCK:
        return wrong(code, said, "See whether a worker runs, and whether it needs company.")
    if age > QUEUE_LATE:
        return look(code, said, "See whether the number falls; if not, run another worker.")
    return fine(code, said)


def judge_outbox(*, waiting: int, late: int, failed: int, minutes: int) -> Finding:
    """Whether mail goes out."""
    code = "outbox"
    if late:
        span = how_long(timedelta(minutes=minutes))
        said = f"{_counted(late, 'message')} late, the oldest by {span}."
        return wrong(code, said, "See whether the mail server takes mail and a worker runs.")
    if failed:
        said = f"{_counted(failed, 'message')} could not be sent."
        return look(code, said, "Try again or set aside, on the page Messages out.")
    return fine(code, f"{_counted(waiting, 'message')} waiting to go out, none late.")


def judge_hold(
    since: datetime, waiting: int, *, failed: int = 0, is_ending: bool, at: datetime
) -> Finding:
    """Mail that is kept back since the house was restored, where none of what goes out is late."""
    held = f"Mail is held since Wardroom was restored {_ago(at - since)}"
    said = f"{held}: {_counted(waiting, 'message')} waiting."
    if is_ending:
        how = "Wait: it is let go once the worker has lived through the lost time again."
    else:
        how = "Let it go on the page The house, or with: wardroom mail release"
    if failed:
        said += f" {_counted(failed, 'message')} could not be sent."
        how = f"Try again or set aside what failed, on the page Messages out. {how}"
    return look("outbox", said, how)


def judge_dead(receipts: int, tasks: int) -> Finding:
    """Whether something was given up after its last try."""
    code = "dead_letters"
    if not receipts + tasks:
        return fine(code, "Nothing was given up.")
    parts = []
    if receipts:
        parts.append(f"{_counted(receipts, 'consequence')} of a change failed at every try")
    if tasks:
        parts.append(f"{_counted(tasks, 'job')} failed since yesterday")
    said = f"{', and '.join(parts)}."
    return look(code, said, "Read why on the page The house, then try again or give up.")


def judge_disk(free: int, whole: int) -> Finding:
    """Whether there is room to write."""
    code = "disk"
    said = f"{_size(free)} of {_size(whole)} are free."
    if free < DISK_WRONG:
        return wrong(code, said, "Make room now: without it nothing can be saved.")
    if free < DISK_LOOK or (free < whole * DISK_SHARE and free < 10 * DISK_LOOK):
        return look(code, said, "Make room soon, or move WARDROOM_HOME to a larger disk.")
    return fine(code, said)


def judge_clock(off: timedelta) -> Finding:
    """Whether the clock of this machine agrees with the database's."""
    return _judge_clock("clock", off, other="the database's")


def judge_time_server(off: timedelta | None, why: str) -> Finding:
    """Whether the clock of this machine agrees with the time server that is set."""
    if off is None:
        return look("time", f"The time server tells no time: {why}.", "See WARDROOM_TIME_SERVER.")
    return _judge_clock("time", off, other="the time server's")


def _judge_clock(code: str, off: timedelta, *, other: str) -> Finding:
    apart = abs(off)
    if apart <= CLOCK_LOOK:
        return fine(code, f"The clock of this machine agrees with {other}.")
    where = "behind" if off > timedelta() else "ahead of"
    said = f"The clock of this machine is {apart.total_seconds():,.0f} seconds {where} {other}."
    advice = "Let the machines keep their time by NTP: due dates and sign-ins depend on it."
    return (wrong if apart > CLOCK_WRONG else look)(code, said, advice)


def judge_certificate(ends_at: datetime | None, why: str, *, at: datetime) -> Finding:
    """Whether the site's certificate holds for a while."""
    code = "certificate"
    if ends_at is None:
        return wrong(code, f"The site gives no certificate to trust: {why}.", "Renew it now.")
    left = ends_at - at
    said = f"It holds for {max(left.days, 0):,} more days."
    if left < LEASE_WRONG:
        return wrong(code, said, "Renew it now: browsers will refuse the site.")
    if left < LEASE_LOOK:
        return look(code, said, "See why it was not renewed by itself.")
    return fine(code, said)


def judge_mail_server(why: str, *, host: str) -> Finding:
    """Whether the mail server can be spoken to."""
    code = "mail_server"
    if not host:
        said = "No mail server is set; messages are written to files."
        return look(code, said, "Set WARDROOM_SMTP_HOST where people are to get mail.")
    if why:
        advice = "Look at WARDROOM_SMTP_HOST and what belongs to it. Mail waits meanwhile."
        return wrong(code, f"{host} takes no mail: {why}.", advice)
    return fine(code, f"{host} answers.")


def judge_feeds(failing: Sequence[tuple[str, datetime]], *, at: datetime) -> Finding:
    """Whether what is read from other systems comes in."""
    code = "feeds"
    if not failing:
        return fine(code, "Everything that is read from other systems comes in.")
    named = "; ".join(f"{name} for {how_long(at - since)}" for name, since in failing[:5])
    more = f"; and {len(failing) - 5:,} more" if len(failing) > 5 else ""
    advice = "See on their own pages why, and ask whoever keeps the other system."
    return look(code, f"Not read: {named}{more}.", advice)


def judge_ledger(checked_at: datetime | None, broken: str, *, at: datetime) -> Finding:
    """Whether the ledger was walked lately and found whole."""
    code = "ledger"
    if broken:
        advice = "Keep the database as it is, take a copy, and find out who wrote to it."
        return wrong(code, broken, advice)
    if checked_at is None:
        return look(
            code,
            "The ledger was never checked.",
            "Walk it under “Ledger” on the page The house, or check all: wardroom verify",
        )
    if at - checked_at > LEDGER_CHECK_LOOK:
        said = f"The ledger was last checked {_ago(at - checked_at)}."
        return look(code, said, "See why the nightly check does not run.")
    return fine(code, f"The ledger is whole; checked {_ago(at - checked_at)}.")


def judge_backup(made_at: datetime | None, failed: str, *, late: bool, at: datetime) -> Finding:
    """Whether all that is kept was copied within a day."""
    code = "backup"
    how = "Make one now: wardroom backup. One is made every night unless WARDROOM_BACKUPS is off."
    if made_at is None:
        return wrong(code, failed or "No backup was ever made.", how)
    said = f"The newest backup was made {_ago(at - made_at)}."
    if late:
        return wrong(code, f"{said} {failed}".strip(), how)
    if failed:
        return look(code, f"{said} {failed}", "See why it failed before the next one is due.")
    return fine(code, said)


def judge_proof(proven_at: datetime | None, failed: str, *, late: bool, at: datetime) -> Finding:
    """Whether a backup was restored on trial within 30 days: no other kind counts."""
    code, how = "proof", "Restore the newest on trial: wardroom restore --drill"
    if failed:
        return wrong(code, failed, how)
    if proven_at is None:
        return wrong(code, "No backup was ever restored on trial.", how)
    said = f"A backup was last restored on trial {_ago(at - proven_at)}."
    return wrong(code, said, how) if late else fine(code, said)


def judge_log(looked_at: datetime | None, *, emptied: bool, at: datetime) -> Finding:
    """Whether what was taken out stands in SQLite's log for no longer than a day.

    ``looked_at`` is when it was last emptied, or first tried where that never worked.
    """
    code = "log"
    if looked_at is None:
        return fine(code, "The worker has not emptied it yet; it does so every 15 minutes.")
    span = at - looked_at
    said = f"It was last emptied {_ago(span)}."
    if not emptied:
        said = f"It could not be emptied for {how_long(span)}."
    if span <= LOG_FULL:
        return fine(code, said)
    advice = (
        "Words that were taken out since may still stand in it. See that a worker runs; if one"
        " does, start the site anew: something keeps reading."
    )
    return look(code, said, advice)


def judge_home(loose: Sequence[str]) -> Finding:
    """Whether others of this machine could read what only the office may."""
    code = "home"
    if loose:
        said = f"Others of this machine may read or write {', '.join(loose)}."
        return wrong(code, said, "Take that right away: chmod -R o-rwx on WARDROOM_HOME")
    return fine(code, "Nobody else of this machine may read them.")


def judge_factors(shut_out: int) -> Finding:
    """Whether everybody who signs in with a code app can."""
    code = "factors"
    if not shut_out:
        return fine(code, "The keys of this house open every code app.")
    people = "person" if shut_out == 1 else "people"
    return wrong(
        code,
        f"{shut_out} {people} cannot sign in: their code apps were locked with another key.",
        "Put the old secret-key back, or set WARDROOM_SECRET_KEY_FALLBACKS to it. Where it is "
        "lost: wardroom people reset-factor --locked --why 'Key lost'",
    )


def judge_settings(faults: Sequence[str], doubts: Sequence[str] = ()) -> Finding:
    """Whether the settings are those of a site that people use; of doubts one should be sure."""
    code = "settings"
    if faults:
        said = f"Not for a live site: {'; '.join(faults)}."
        return wrong(code, said, "Set them right and start again; docs/settings.md names them.")
    if doubts:
        said = f"Seldom meant for a live site: {'; '.join(doubts)}."
        return look(code, said, "Be sure that it is meant; docs/settings.md says what it does.")
    return fine(code, "They are those of a live site.")


def judge_versions(versions: Collection[str]) -> Finding:
    """Whether all machines run the same version."""
    code = "versions"
    if len(set(versions)) > 1:
        said = f"Machines run different versions: {', '.join(sorted(set(versions)))}."
        return look(code, said, "Finish the upgrade: start the older ones again.")
    return fine(code, "All machines run the same version.")


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _size(octets: int) -> str:
    return f"{octets / GIGABYTE:,.1f} GB" if octets >= GIGABYTE else f"{octets // MEGABYTE:,} MB"


def _ago(span: timedelta) -> str:
    return f"{how_long(span)} ago"
