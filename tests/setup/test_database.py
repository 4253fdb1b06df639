"""The database is as safe as it must be, and the house refuses to start on one that is not."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.db import ProgrammingError, connection, transaction

from wardroom.config.checks import postgres_is_safe, postgres_tears_no_pages, sqlite_is_safe
from wardroom.jobs.commands.serve_command import check_house
from wardroom.kernel.errors import Refused
from wardroom.upkeep.gateways import database
from wardroom.upkeep.gateways.database import unsafe_settings


@pytest.mark.django_db(transaction=True)
def test_sqlite_writes_ahead_waits_for_the_disk_and_holds_foreign_keys() -> None:
    assert sqlite_is_safe(None, databases=["default"]) == []


@pytest.mark.django_db(transaction=True)
def test_unsafe_sqlite_is_found() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite only")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
        assert unsafe_settings(connection) == [("synchronous", 0)]
        (found,) = sqlite_is_safe(None, databases=["default"])
        cursor.execute("PRAGMA synchronous=FULL")
    assert "synchronous = 0" in found.msg


@pytest.mark.django_db(transaction=True)
def test_house_with_all_migrations_may_serve(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor == "postgresql":  # that of the tests is made to be forgotten
        monkeypatch.setattr("wardroom.config.checks.unsafe_settings", lambda _: [])
    check_house()


@pytest.mark.any_database
@pytest.mark.django_db(transaction=True)
def test_house_refuses_a_postgres_that_does_not_wait_for_the_disk() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL only")
    with pytest.raises(Refused) as no:
        check_house()
    for name in ("fsync", "synchronous_commit"):
        assert f"PostgreSQL has {name} = off" in no.value.sentence
    assert "full_page_writes" not in no.value.sentence, "some storage tears no pages"
    assert [one.id for one in postgres_tears_no_pages(None, ["default"])] == ["house.W002"]
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")
        assert ("synchronous_commit", "off") not in unsafe_settings(connection)
        cursor.execute("RESET synchronous_commit")
    assert len(postgres_is_safe(None, databases=["default"])) == 2


@pytest.mark.any_database
@pytest.mark.django_db
def test_server_that_lacks_a_setting_is_asked_for_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL only")
    lacking = database.ASKED.replace("data_sync_retry", "no_such_setting")
    assert lacking != database.ASKED
    monkeypatch.setattr(database, "ASKED", lacking)
    assert unsafe_settings() == [("fsync", "off"), ("synchronous_commit", "off")]
    monkeypatch.setattr(database, "ASKED", lacking.replace(", true)", ")"))
    with pytest.raises(ProgrammingError), transaction.atomic():
        unsafe_settings()


@pytest.mark.parametrize(
    ("now", "unsafe"),
    [
        (("on", "on", "off"), []),
        (("on", "remote_apply", "off"), []),
        (("on", "on", "on"), [("data_sync_retry", "on")]),
        (("off", "off", "off"), [("fsync", "off"), ("synchronous_commit", "off")]),
        (("on", "on", None), []),
        ((None, "off", None), [("synchronous_commit", "off")]),
    ],
)
def test_postgres_that_goes_on_after_a_failed_sync_is_found(
    monkeypatch: pytest.MonkeyPatch, now: tuple[str | None, ...], unsafe: list[tuple[str, str]]
) -> None:
    monkeypatch.setattr(database, "_row", lambda its, question: now)
    assert unsafe_settings(SimpleNamespace(vendor="postgresql")) == unsafe
