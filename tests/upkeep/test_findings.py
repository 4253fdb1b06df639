"""One list of checks looks at the real thing: each fault that is put in shows in its own check."""

from __future__ import annotations

import json
import smtplib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django_q.models import Failure, OrmQ
from pytest_django import Settings

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.jobs.bells import register_bells, ring_bell
from tests.ledger.tampering import run_sql, tampering
from tests.upkeep.test_standing import DISPROVED, MADE, PROVEN
from wardroom import reactions
from wardroom.access.gate import guard_pass
from wardroom.demonstration.loader import begin_the_clock
from wardroom.jobs.cli import main
from wardroom.jobs.upkeep import check_ledger, look_outside
from wardroom.kernel.errors import NotAllowed
from wardroom.ledger.models import Entry, Receipt
from wardroom.ledger.queries import verified_chain
from wardroom.ledger.reactions import deliver_receipt, register_reactions
from wardroom.notices.actions import note_mailbox_failed
from wardroom.upkeep.actions import ask_ledger_check, note_backup, note_beat, note_ledger_check
from wardroom.upkeep.gateways import machine
from wardroom.upkeep.queries import house_findings, last_ledger_check, last_looks, readiness
from wardroom.upkeep.rules import Standing

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
GOOD_KEY = "".join(chr(n) for n in range(40, 90))
FINE, LOOK, WRONG = Standing.FINE, Standing.LOOK, Standing.WRONG


def standing(code: str, *, at: datetime = NOON) -> Standing:
    (found,) = [one for one in house_findings(at=at) if one.code == code]
    return found.standing


def put_in(fault: str) -> None:
    """Something that goes wrong, straight in the database."""
    with guard_pass("a fault put in"):
        run_sql(fault)


def beat(*, ago: timedelta = timedelta(), kind: str = "worker") -> None:
    at = NOON - ago
    note_beat(kind, began_at=at, took_at=at, stamp=replace(HOUSE, at=at))


def test_worker_is_missed_once_it_shows_no_sign_of_life() -> None:
    assert standing("worker") is WRONG
    beat(kind="web")
    assert standing("worker") is WRONG
    beat(ago=timedelta(minutes=2))
    assert standing("worker") is WRONG
    beat()
    assert standing("worker") is FINE
    assert standing("worker", at=NOON + timedelta(minutes=2)) is WRONG


def test_queue_is_as_old_as_its_oldest_task() -> None:
    assert standing("queue") is FINE
    for minutes, found in ((4, FINE), (10, LOOK), (40, WRONG)):
        OrmQ.objects.create(key="w", payload="", lock=NOON - timedelta(minutes=minutes))
        assert standing("queue") is found


def test_consequence_that_waits_is_as_old_as_its_line() -> None:
    register_bells()
    try:
        ring_bell(None, tone="high", stamp=replace(HOUSE, at=NOON - timedelta(hours=1)))
    finally:
        register_reactions(reactions.FOLLOWS)
    assert standing("queue") is WRONG


def test_consequence_of_an_old_line_waits_since_it_could_be_done() -> None:
    """As where it is tried again, or the days of a demonstration are made up."""
    register_bells()
    try:
        ring_bell(None, tone="high", stamp=replace(HOUSE, at=NOON - timedelta(days=9)))
    finally:
        register_reactions(reactions.FOLLOWS)
    assert standing("queue") is WRONG, "power check: as long as nobody had it tried again"
    assert begin_the_clock(NOON - timedelta(minutes=1)) == 1
    assert standing("queue") is FINE


def test_consequence_that_failed_at_every_try_and_failed_job_are_told(noon: datetime) -> None:
    register_bells()
    try:
        entry = ring_bell(None, tone="high", stamp=HOUSE)
    finally:
        register_reactions(reactions.FOLLOWS)
    assert standing("dead_letters") is FINE
    put_in("UPDATE ledger_receipt SET state = 'failed'")
    assert Receipt.objects.get(entry_id=entry).state == "failed"
    assert standing("dead_letters") is LOOK
    put_in("UPDATE ledger_receipt SET state = 'due'")
    Failure.objects.create(
        id="1", name="digests", func="x", success=False, started=noon, stopped=noon
    )
    assert standing("dead_letters") is LOOK
    assert standing("dead_letters", at=noon + timedelta(days=2)) is FINE


def test_mailbox_that_lets_nobody_in_is_told() -> None:
    assert standing("feeds") is FINE
    note_mailbox_failed("office", error="no", stamp=HOUSE)
    assert standing("feeds") is LOOK


def test_ledger_is_walked_on_asking_and_the_answer_stands(director: Cast) -> None:
    assert standing("ledger") is LOOK
    ask_ledger_check(None, stamp=director.stamp)
    receipt = Receipt.objects.get(reaction="walk the ledger")
    assert deliver_receipt(receipt.pk, stamp=HOUSE)
    last = last_ledger_check()
    assert last is not None
    assert (last.at, last.broken, last.lines) == (NOON, "", Entry.objects.count() - 1)
    assert standing("ledger") is FINE
    assert standing("ledger", at=NOON + timedelta(days=9)) is LOOK


def test_only_the_director_asks_and_only_the_house_answers(
    director: Cast, liaison5: Cast, records_officer: Cast
) -> None:
    for who in (liaison5, records_officer):
        with pytest.raises(NotAllowed):
            ask_ledger_check(None, stamp=who.stamp)
    with pytest.raises(NotAllowed):
        note_ledger_check(None, found=verified_chain(), stamp=director.stamp)


def test_ledger_that_was_tampered_with_turns_red(director: Cast) -> None:
    assert check_ledger() > 0
    assert standing("ledger") is not WRONG
    with tampering():
        run_sql("UPDATE ledger_entry SET sentence = 'Nothing happened' WHERE id = "
                "(SELECT min(id) FROM ledger_entry)")  # fmt: skip
        check_ledger()
        found = [one for one in house_findings(at=NOON) if one.code == "ledger"]
        assert found[0].standing is WRONG
        assert "broken at line 1" in found[0].sentence


def test_tail_that_was_cut_off_turns_red_by_the_end_of_the_last_walk(director: Cast) -> None:
    note_mailbox_failed("office", error="no", stamp=HOUSE)
    ask_ledger_check(None, stamp=director.stamp)
    check_ledger()
    last = last_ledger_check()
    assert last is not None
    assert verified_chain(head=last.head).broken is None
    assert verified_chain(head="f" * 64).broken is not None


def test_backup_and_its_trial_turn_red_with_their_age() -> None:
    assert (standing("backup"), standing("proof")) == (WRONG, WRONG)
    note_backup(None, fact=MADE, stamp=HOUSE)
    note_backup(None, fact=PROVEN, stamp=HOUSE)
    assert (standing("backup"), standing("proof")) == (FINE, FINE)
    later = NOON + timedelta(days=2)
    assert (standing("backup", at=later), standing("proof", at=later)) == (WRONG, FINE)
    assert standing("proof", at=NOON + timedelta(days=31)) is WRONG
    note_backup(None, fact=DISPROVED, stamp=replace(HOUSE, at=NOON + timedelta(hours=1)))
    assert standing("proof", at=NOON + timedelta(hours=2)) is WRONG


def test_files_that_others_may_read_turn_red(settings: Settings, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    (tmp_path / "secret-key").write_text("x")
    (tmp_path / "secret-key").chmod(0o644)
    tmp_path.chmod(0o755)
    assert standing("home") is WRONG
    (tmp_path / "secret-key").chmod(0o600)
    assert standing("home") is FINE
    (tmp_path / "secret-key").chmod(0o644)
    tmp_path.chmod(0o700)
    assert standing("home") is FINE


def test_settings_of_a_trial_turn_red(settings: Settings) -> None:
    settings.SECRET_KEY = "x" * 50
    assert standing("settings") is WRONG
    settings.SECRET_KEY = GOOD_KEY
    assert standing("settings") is FINE
    settings.ALLOWED_HOSTS = ["*"]
    assert standing("settings") is WRONG
    settings.ALLOWED_HOSTS = ["wardroom.example"]
    settings.SITE = "https://wardroom.example"
    assert standing("settings") is WRONG
    settings.SECURE, settings.SECOND_FACTOR = True, "offered"
    assert standing("settings") is LOOK
    settings.SECOND_FACTOR = "required"
    assert standing("settings") is FINE


def test_full_disk_turns_red(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: Room(10**12, 10**8))
    assert standing("disk") is WRONG


class Room:
    def __init__(self, total: int, free: int) -> None:
        self.total, self.free = total, free


def test_clock_that_is_off_turns_red() -> None:
    assert standing("clock", at=datetime.now(UTC)) is FINE
    assert standing("clock", at=datetime.now(UTC) - timedelta(minutes=1)) is WRONG


def test_machines_of_two_versions_are_told() -> None:
    beat()
    assert standing("versions") is FINE
    put_in("UPDATE upkeep_beat SET version = '0.0', process = 7")
    beat()
    assert standing("versions") is LOOK


def test_readiness_tells_what_is_wrong_and_nothing_else() -> None:
    note_mailbox_failed("office", error="no", stamp=HOUSE)
    assert standing("worker") is WRONG
    assert [one.code for one in readiness(at=NOON) if one.code != "database"] == []
    put_in("DELETE FROM django_migrations WHERE app = 'upkeep'")
    assert [one.code for one in readiness(at=NOON) if one.code != "database"] == ["migrations"]


def test_mail_server_is_asked_by_the_worker_and_the_answer_is_kept(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_HOST = "mail.example"

    def refuses(*_: object, **__: object) -> None:
        raise smtplib.SMTPConnectError(421, "too busy")

    monkeypatch.setattr("smtplib.SMTP", refuses)
    assert look_outside() == 1
    ((found, _),) = last_looks()
    assert (found.code, found.standing) == ("mail_server", WRONG)
    assert found.sentence == "mail.example takes no mail: it answers 421."
    settings.EMAIL_HOST = ""
    look_outside()
    assert [one.standing for one, _ in last_looks()] == [LOOK]


@pytest.fixture
def good_house(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SECRET_KEY = GOOD_KEY
    settings.HOME = tmp_path
    monkeypatch.setattr("wardroom.upkeep.gateways.database.unsafe_settings", list)
    monkeypatch.setattr("wardroom.upkeep.gateways.database.may_tear_pages", bool)
    monkeypatch.setattr(machine, "why_no_mail", lambda: "")
    monkeypatch.setattr(machine, "disk_room", lambda: (60 * 10**9, 100 * 10**9))
    settings.EMAIL_HOST = "mail.example"
    now = datetime.now(UTC)
    note_beat("worker", began_at=now, took_at=now, stamp=replace(HOUSE, at=now))
    check_ledger()
    for fact in (MADE, PROVEN):
        note_backup(None, fact=fact, stamp=replace(HOUSE, at=now))


def test_doctor_says_how_bad_it_is_by_its_exit_code(
    good_house: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["doctor"]) == 0, capsys.readouterr().out
    assert capsys.readouterr().out.endswith("All is fine.\n")
    note_mailbox_failed("office", error="no", stamp=HOUSE)
    assert main(["doctor"]) == 1
    assert "look   Read from others" in capsys.readouterr().out
    put_in("DELETE FROM upkeep_beat")
    assert main(["doctor", "--json"]) == 2
    told = json.loads(capsys.readouterr().out)
    assert told["rank"] == 2
    by = {one["code"]: one for one in told["checks"]}
    assert by["worker"]["standing"] == "wrong"
    assert by["worker"]["advice"]
    assert set(by["disk"]) == {"code", "name", "standing", "sentence", "advice"}
