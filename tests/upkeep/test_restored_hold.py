"""A house whose mail was held when it was backed up comes back too, and holds its mail anew."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from pytest_django import Settings

from tests.cast import Cast
from tests.conftest import stamp_for
from tests.jobs.bells import ring_bell
from tests.retention.keeping import put_together
from tests.upkeep.places import Empty
from wardroom.access.actor import SYSTEM
from wardroom.jobs.backups import make_backup, prove_backup
from wardroom.jobs.cli import main
from wardroom.jobs.stamps import shell_stamp
from wardroom.ledger.models import Entry
from wardroom.notices.actions import claim_message, hold_mail, queue_message, release_mail
from wardroom.notices.models import Message
from wardroom.notices.queries import get_mail_hold
from wardroom.retention.actions import approve_disposal
from wardroom.retention.models import Disposal
from wardroom.upkeep.gateways import copying, restore

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_house")]
HOUR = timedelta(hours=1)
HOLDS = "SELECT taken_at = since, stopped_at IS NULL, leased_until IS NULL FROM notices_mailhold"
OPEN = "SELECT count(*) FROM notices_mailhold WHERE released_at IS NULL"


@pytest.fixture
def held() -> Message:
    """A message that is being sent in a house that was restored once, and that a worker ends."""
    at = shell_stamp().at
    hold_mail(None, taken_at=at - 5 * HOUR, stamp=stamp_for(SYSTEM, at - 3 * HOUR))
    written = stamp_for(SYSTEM, at - 2 * HOUR)
    message = queue_message(
        None,
        entry_id=ring_bell(None, tone="high", stamp=written),
        to_name="DPW",
        to_address="desk@dpw.example",
        subject="By hand",
        text="Please sweep.",
        quick=True,
        stamp=written,
    )
    assert claim_message(message.pk, stamp=stamp_for(SYSTEM, at - HOUR)) is not None
    hold = get_mail_hold()
    assert hold is not None
    release_mail(hold, stopped_at=at - 4 * HOUR, stamp=shell_stamp())
    return message


def test_backup_of_a_held_house_comes_back_and_is_held_anew(
    place: Empty, settings: Settings, held: Message
) -> None:
    made = make_backup(settings.BACKUPS)
    back = restore(made.path, place.folder, database=place.database)
    assert back.found == ()
    assert (back.is_held, back.held, back.uncertain) == (True, 0, 1)
    assert [tuple(map(bool, row)) for row in place.rows(HOLDS)] == [(False, True, True)]
    assert place.rows("SELECT state FROM notices_message") == [("failed",)], "it may be out"
    assert place.rows("SELECT count(*) FROM ledger_entry WHERE kind = 'MailHeld'") == [(2,)]


def test_drill_of_a_held_house_does_what_a_restoration_does(
    settings: Settings, held: Message
) -> None:
    made = make_backup(settings.BACKUPS)
    tried = prove_backup(made.path)
    assert tried.found == ()
    assert (tried.is_held, tried.uncertain) == (True, 1)
    assert Entry.objects.filter(kind="BackupProven").count() == 1
    held.refresh_from_db()
    assert held.state == "queued", "on trial only"


def test_send_mail_says_that_a_hold_of_before_stands(
    place: Empty, settings: Settings, held: Message, capsys: pytest.CaptureFixture[str]
) -> None:
    made = make_backup(settings.BACKUPS)
    words = ["restore", str(made.path), "--into", str(place.folder), "--send-mail"]
    words += ["--database", place.database] if place.database else []
    assert main(words) == 0
    told = capsys.readouterr().out
    assert "Mail was held when this backup was made, and still is" in told
    assert "wardroom mail release --stopped" in told
    assert place.rows(OPEN) == [(1,)]


def test_send_mail_holds_nothing_in_a_house_that_was_not_held(
    place: Empty, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    made = make_backup(settings.BACKUPS)
    words = ["restore", str(made.path), "--into", str(place.folder), "--send-mail"]
    words += ["--database", place.database] if place.database else []
    assert main(words) == 0
    assert "held" not in capsys.readouterr().out
    assert place.rows(OPEN) == [(0,)]


def test_approved_disposal_in_a_backup_is_left_where_mail_goes_out_at_once(
    place: Empty, settings: Settings, records_officer: Cast, director: Cast
) -> None:
    number = put_together(records_officer)
    approve_disposal(Disposal.objects.get(pk=number), stamp=director.stamp)
    made = make_backup(settings.BACKUPS)
    back = restore(made.path, place.folder, database=place.database, hold_mail=False)
    assert back.found == ()
    rows = place.rows("SELECT state FROM retention_disposalrow")
    assert rows == [("left",)], "holds placed since the backup are gone"


def test_sessions_that_an_older_backup_brings_along_let_nobody_in(
    place: Empty, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "LEFT_OUT", ())
    session = SessionStore()
    session["who"] = "the director"
    session.save()
    made = make_backup(settings.BACKUPS)
    assert made.manifest.tables["django_session"] == 1
    assert restore(made.path, place.folder, database=place.database).found == ()
    assert place.rows("SELECT count(*) FROM django_session") == [(0,)]
