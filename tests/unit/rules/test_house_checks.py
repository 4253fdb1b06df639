"""Each check of the house is fine, is to be looked at, or is wrong, and says so in a sentence."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.conftest import NOON
from wardroom.upkeep import rules
from wardroom.upkeep.rules import Finding, Standing, gauge, gauges, worst, written

FINE, LOOK, WRONG = Standing.FINE, Standing.LOOK, Standing.WRONG
GB = 1_000_000_000


def ago(**span: float) -> Any:
    return NOON - timedelta(**span)


def outbox(**told: int) -> Finding:
    return rules.judge_outbox(**{"waiting": 3, "late": 0, "failed": 0, "minutes": 0, **told})


def held(*, is_ending: bool, failed: int = 0) -> Finding:
    return rules.judge_hold(ago(hours=3), 2, failed=failed, is_ending=is_ending, at=NOON)


CASES: list[tuple[Finding, Standing, str]] = [
    (rules.judge_database([], kind="SQLite"), FINE, "waits for the disk"),
    (rules.judge_database([("fsync", "off")], kind="PostgreSQL"), WRONG, "fsync is off"),
    (rules.judge_database([], tears=True, kind="PostgreSQL"), LOOK, "full_page_writes is off"),
    (rules.database_gone("PostgreSQL"), WRONG, "cannot be reached"),
    (rules.cannot_tell("queue"), WRONG, "did not answer"),
    (rules.judge_migrations(0), FINE, "of this version"),
    (rules.judge_migrations(1), WRONG, "1 step missing"),
    (rules.judge_worker(ago(seconds=20), ago(seconds=40), at=NOON), FINE, "takes tasks"),
    (rules.judge_worker(ago(seconds=20), ago(minutes=6), at=NOON), LOOK, "for 6 minutes"),
    (rules.judge_worker(ago(seconds=91), ago(seconds=91), at=NOON), WRONG, "since 91 seconds ago"),
    (rules.judge_worker(None, None, at=NOON), WRONG, "No worker runs: no mail"),
    (rules.judge_queue(0, None, at=NOON), FINE, "Nothing waits"),
    (rules.judge_queue(2, ago(minutes=5), at=NOON), FINE, "2 tasks waiting"),
    (rules.judge_queue(2, ago(minutes=6), at=NOON), LOOK, "oldest for 6 minutes"),
    (rules.judge_queue(1, ago(minutes=31), at=NOON), WRONG, "1 task waiting"),
    (outbox(), FINE, "3 messages waiting to go out, none late"),
    (outbox(failed=1), LOOK, "1 message could not be sent"),
    (outbox(late=2, minutes=75), WRONG, "2 messages late, the oldest by 75 minutes"),
    (outbox(late=2, minutes=264_469), WRONG, "2 messages late, the oldest by 183 days"),
    (held(is_ending=False), LOOK, "3 hours ago: 2 messages waiting"),
    (held(is_ending=True), LOOK, "3 hours ago: 2 messages waiting"),
    (held(is_ending=False, failed=1), LOOK, "waiting. 1 message could not be sent."),
    (rules.judge_dead(0, 0), FINE, "Nothing was given up"),
    (rules.judge_dead(2, 1), LOOK, "2 consequences of a change failed"),
    (rules.judge_feeds([], at=NOON), FINE, "comes in"),
    (rules.judge_feeds([("the mailbox", ago(hours=3))], at=NOON), LOOK, "the mailbox for 3 hours"),
    (rules.judge_ledger(ago(days=1), "", at=NOON), FINE, "whole; checked 24 hours ago"),
    (rules.judge_ledger(None, "", at=NOON), LOOK, "never checked"),
    (rules.judge_ledger(ago(days=9), "", at=NOON), LOOK, "last checked 9 days ago"),
    (rules.judge_ledger(ago(days=1), "Line 5 is gone.", at=NOON), WRONG, "Line 5 is gone."),
    (rules.judge_backup(ago(hours=9), "", late=False, at=NOON), FINE, "made 9 hours ago"),
    (rules.judge_backup(ago(hours=9), "It failed.", late=False, at=NOON), LOOK, "It failed."),
    (rules.judge_backup(ago(days=3), "", late=True, at=NOON), WRONG, "made 3 days ago"),
    (rules.judge_backup(None, "", late=True, at=NOON), WRONG, "No backup was ever made"),
    (rules.judge_proof(ago(days=9), "", late=False, at=NOON), FINE, "on trial 9 days ago"),
    (rules.judge_proof(ago(days=40), "", late=True, at=NOON), WRONG, "on trial 40 days ago"),
    (rules.judge_proof(ago(days=9), "It was torn.", late=False, at=NOON), WRONG, "It was torn."),
    (rules.judge_proof(None, "", late=True, at=NOON), WRONG, "No backup was ever restored"),
    (rules.judge_disk(50 * GB, 100 * GB), FINE, "50.0 GB of 100.0 GB"),
    (rules.judge_disk(9 * GB, 100 * GB), LOOK, "9.0 GB"),
    (rules.judge_disk(90 * GB, 1_000 * GB), FINE, "90.0 GB"),
    (rules.judge_disk(499_000_000, 100 * GB), WRONG, "499 MB"),
    (rules.judge_clock(timedelta(seconds=-1)), FINE, "agrees"),
    (rules.judge_clock(timedelta(seconds=5)), LOOK, "5 seconds behind the database's"),
    (rules.judge_clock(timedelta(seconds=-61)), WRONG, "61 seconds ahead of the database's"),
    (rules.judge_time_server(timedelta(), ""), FINE, "agrees"),
    (rules.judge_time_server(None, "it gives no time"), LOOK, "it gives no time"),
    (rules.judge_time_server(timedelta(minutes=1), ""), WRONG, "60 seconds behind"),
    (rules.judge_certificate(ago(days=-60), "", at=NOON), FINE, "60 more days"),
    (rules.judge_certificate(ago(days=-20), "", at=NOON), LOOK, "20 more days"),
    (rules.judge_certificate(ago(days=-4), "", at=NOON), WRONG, "4 more days"),
    (rules.judge_certificate(None, "certificate has expired", at=NOON), WRONG, "has expired"),
    (rules.judge_mail_server("", host="mail.example"), FINE, "mail.example answers"),
    (rules.judge_mail_server("", host=""), LOOK, "written to files"),
    (rules.judge_mail_server("it answers 535", host="mail.example"), WRONG, "it answers 535"),
    (rules.judge_factors(0), FINE, "every code app"),
    (rules.judge_factors(1), WRONG, "1 person cannot sign in"),
    (rules.judge_log(None, emptied=False, at=NOON), FINE, "has not emptied it yet"),
    (rules.judge_log(ago(hours=24), emptied=True, at=NOON), FINE, "last emptied 24 hours ago"),
    (rules.judge_log(ago(hours=25), emptied=True, at=NOON), LOOK, "last emptied 25 hours ago"),
    (
        rules.judge_log(ago(hours=1), emptied=False, at=NOON),
        FINE,
        "could not be emptied for 60 minutes",
    ),
    (
        rules.judge_log(ago(hours=25), emptied=False, at=NOON),
        LOOK,
        "could not be emptied for 25 hours",
    ),
    (rules.judge_home([]), FINE, "Nobody else"),
    (rules.judge_home(["secret-key"]), WRONG, "secret-key"),
    (rules.judge_settings([]), FINE, "live site"),
    (rules.judge_settings(["DEBUG is on"]), WRONG, "DEBUG is on"),
    (rules.judge_versions(["1.0", "1.0"]), FINE, "same version"),
    (rules.judge_versions(["1.1", "1.0"]), LOOK, "1.0, 1.1"),
]


@pytest.mark.parametrize(("found", "standing", "words"), CASES)
def test_each_check_tells_how_it_stands(found: Finding, standing: Standing, words: str) -> None:
    assert found.standing is standing
    assert words in found.sentence
    assert found.sentence.endswith(".")
    assert bool(found.advice) == (standing is not FINE)
    assert found.name


def test_every_check_can_turn_red_or_yellow_and_can_be_fine() -> None:
    for code in rules.NAMES:
        seen = {standing for found, standing, _ in CASES if found.code == code}
        assert FINE in seen, code
        assert seen & {LOOK, WRONG}, code


def test_the_worst_finding_counts() -> None:
    by = {standing: found for found, standing, _ in CASES}
    assert worst([]) == 0
    assert worst([by[FINE], by[FINE]]) == 0
    assert worst([by[FINE], by[LOOK]]) == 1
    assert worst([by[LOOK], by[WRONG], by[FINE]]) == 2


def test_numbers_are_written_as_prometheus_reads_them() -> None:
    text = written(
        [
            gauge("a_bytes", "How many.", 12.5, kind='so "called"\n'),
            gauges("b", "By word.", "state", {"due": 1, "late": 0}),
            gauge("c", "Not known.", None),
        ]
    )
    assert text == (
        "# HELP a_bytes How many.\n# TYPE a_bytes gauge\n"
        'a_bytes{kind="so \\"called\\"\\n"} 12.5\n'
        '# HELP b By word.\n# TYPE b gauge\nb{state="due"} 1\nb{state="late"} 0\n'
    )
