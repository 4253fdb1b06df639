"""A mail server pipes a message in, and is told in its own words how it ended."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import OperationalError

from tests.notices.letters import letter
from wardroom.jobs.cli import DONE, TRY_LATER, UNREADABLE, main
from wardroom.jobs.commands import mail_command
from wardroom.notices.models import Received
from wardroom.notices.rules import MOST_BYTES

Output = pytest.CaptureFixture[str]


def pipe(monkeypatch: pytest.MonkeyPatch, raw: bytes, *words: str) -> int:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(raw)))
    return main(["mail", "pipe", *words])


@pytest.mark.django_db
def test_message_is_kept_once(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = letter().as_bytes()
    assert pipe(monkeypatch, raw, "--recipient", "office+k3@wardroom.example") == DONE
    assert pipe(monkeypatch, raw) == DONE
    received = Received.objects.get()
    assert received.to_addresses.split("\n")[0] == "office+k3@wardroom.example"
    assert received.state == "waiting"


@pytest.mark.django_db
def test_empty_sender_is_a_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    assert pipe(monkeypatch, letter().as_bytes(), "--sender", "") == DONE
    assert Received.objects.get().state == "ignored"


@pytest.mark.django_db
@pytest.mark.parametrize("raw", [b"", b" \n\n", b"x" * (MOST_BYTES + 1)], ids=["", "n", "large"])
def test_what_cannot_be_kept_goes_back(
    raw: bytes, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    assert pipe(monkeypatch, raw) == UNREADABLE
    assert "was not taken" in capsys.readouterr().err
    assert not Received.objects.exists()


@pytest.mark.django_db
def test_any_other_bytes_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    assert pipe(monkeypatch, b"\xff\x00no head at all\x80") == DONE
    assert Received.objects.get().state == "waiting"


@pytest.mark.django_db
@pytest.mark.parametrize("error", [OperationalError("locked"), OSError("disk"), KeyError("bug")])
def test_whatever_goes_wrong_is_tried_later(
    error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(mail_command, "take_mail", fail)
    assert pipe(monkeypatch, letter().as_bytes()) == TRY_LATER
    assert type(error).__name__ in capsys.readouterr().err


@pytest.mark.parametrize("database", ["nonsense://", "postgres://127.0.0.1:1/none", ""])
def test_house_that_cannot_start_lets_the_mail_server_wait(database: str, tmp_path: Path) -> None:
    environment = {**os.environ, "DATABASE_URL": database, "WARDROOM_HOME": str(tmp_path)}
    environment["DJANGO_SETTINGS_MODULE"] = "wardroom.config.settings"
    done = subprocess.run(
        [sys.executable, "-m", "wardroom.jobs.cli", "mail", "pipe"],
        input=letter().as_bytes(),
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == TRY_LATER
