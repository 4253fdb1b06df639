"""R14: who signed in with a code app does so after a restoration, or is told why not."""

from __future__ import annotations

from base64 import b32encode
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from pytest_django import Settings

from tests.cast import PASSWORD, Cast
from tests.conftest import stamp_for
from tests.upkeep.places import Empty, programs
from wardroom.directory.actions import add_code_app
from wardroom.directory.queries.factors import people_who_cannot_prove
from wardroom.jobs.backups import make_backup, prove_backup
from wardroom.jobs.cli import main
from wardroom.jobs.stamps import shell_stamp
from wardroom.ledger.models import Entry
from wardroom.upkeep.gateways import restore, sealing
from wardroom.upkeep.queries.checks import look_at_factors
from wardroom.upkeep.queries.rounds import Rounds

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "a lamp over the corner"
SECRET = b32encode(b"twenty bytes of one.").decode()
OTHER = "another-key-of-another-house-0123456789-abcdef"


@pytest.fixture(autouse=True)
def own_house(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A house whose key is in its folder, as it is made there, not in the environment."""
    monkeypatch.setattr(sealing, "COST", 2)
    monkeypatch.delenv("WARDROOM_SECRET_KEY", raising=False)
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    (settings.HOME / "secret-key").write_text(settings.SECRET_KEY)
    settings.FILES_ROOT = settings.HOME / "files"
    settings.BACKUPS = tmp_path / "backups"
    settings.BACKUPS.mkdir()
    settings.PG_PROGRAMS = programs()


@pytest.fixture
def with_app(liaison5: Cast) -> Cast:
    """A liaison with a code app, set up an hour ago."""
    at = shell_stamp().at - timedelta(hours=1)
    code = str(format_hotp_value(hotp_value(SECRET, int(at.timestamp()) // 30)))
    add_code_app(liaison5.user, secret=SECRET, code=code, stamp=stamp_for(liaison5.actor, at))
    return liaison5


def test_code_app_opens_where_the_key_came_along_sealed(
    place: Empty, settings: Settings, with_app: Cast
) -> None:
    made = make_backup(settings.BACKUPS, passphrase=WORDS)
    back = restore(made.path, place.folder, database=place.database, passphrase=WORDS)
    assert (back.same_key, back.shut_out) == (True, ())
    alone, both = place.answers_to(with_app.email, (PASSWORD, ""), (PASSWORD, SECRET))
    assert both == "in"
    assert alone != "in", "the password alone is not enough"


def test_without_the_key_it_is_said_by_the_command_the_trial_and_the_page(
    place: Empty, settings: Settings, with_app: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    """And, as the power check of the test above, the code does not open."""
    made = make_backup(settings.BACKUPS)
    words = ["restore", str(made.path), "--into", str(place.folder)]
    words += ["--database", place.database] if place.database else []
    assert main(words) == 0
    told = capsys.readouterr().out
    assert f"1 cannot sign in without it: {with_app.email}" in told
    assert "reset-factor --locked" in told
    (answer,) = place.answers_to(with_app.email, (PASSWORD, SECRET))
    assert "Wardroom cannot read your code app" in answer
    assert prove_backup(made.path).shut_out == (with_app.email,)
    proven = Entry.objects.get(kind="BackupProven")
    assert proven.body["shut_out"] == 1
    assert "without the secret key 1 person could not sign in" in proven.sentence


def test_key_of_before_opens_it_and_else_the_operator_takes_the_factors_away(
    settings: Settings, with_app: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    before = settings.SECRET_KEY
    settings.SECRET_KEY = OTHER
    assert people_who_cannot_prove() == (with_app.email,)
    assert look_at_factors(Rounds(shell_stamp().at)).rank == 2
    settings.SECRET_KEY_FALLBACKS = [before]
    assert people_who_cannot_prove() == ()
    assert look_at_factors(Rounds(shell_stamp().at)).rank == 0
    settings.SECRET_KEY_FALLBACKS = []
    assert main(["people", "reset-factor", "--why", "Key lost"]) == 1
    assert main(["people", "reset-factor", "--locked", "--why", "Key lost"]) == 0
    assert "Liaison of Ward 5 signs in" in capsys.readouterr().out
    assert people_who_cannot_prove() == ()
    assert Entry.objects.filter(kind="SecondFactorsReset").count() == 1
