"""Settings with which the site would not start change no table."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from wardroom.jobs.cli import FAILED, main

CHANGES = "wardroom.jobs.backups.back_up_before_upgrade"


class Changed(Exception):
    """The tables would be changed now."""


@pytest.fixture(autouse=True)
def changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The step that comes right before the tables are changed."""

    def begins() -> None:
        raise Changed

    monkeypatch.setattr(CHANGES, begins)
    monkeypatch.setattr("wardroom.config.checks.unsafe_settings", lambda _: [])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("SECRET_KEY", "short", "WARDROOM_SECRET_KEY"),
        ("ALLOWED_HOSTS", ["*"], "WARDROOM_HOSTS"),
        ("PROXIES", ["nginx"], "WARDROOM_PROXIES"),
    ],
)
def test_setup_refuses_what_the_site_would_refuse(
    settings: Settings, capsys: pytest.CaptureFixture[str], name: str, value: object, says: str
) -> None:
    setattr(settings, name, value)
    assert main(["setup"]) == FAILED
    assert says in capsys.readouterr().err


@pytest.mark.django_db
def test_power_check_without_the_look_the_tables_are_changed_first(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SECRET_KEY = "short"
    monkeypatch.setattr("wardroom.jobs.commands.serve_command.check_settings", lambda: None)
    with pytest.raises(Changed):
        main(["setup"])


@pytest.mark.django_db
def test_good_settings_go_on() -> None:
    with pytest.raises(Changed):
        main(["setup"])
