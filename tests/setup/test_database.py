"""The database is as safe as it must be, and the house refuses to start on one that is not."""

from __future__ import annotations

import pytest
from django.db import connection

from wardroom.config.checks import sqlite_is_safe, unsafe_pragmas
from wardroom.jobs.commands.serve_command import check_house


@pytest.mark.django_db(transaction=True)
def test_sqlite_writes_ahead_waits_for_the_disk_and_holds_foreign_keys() -> None:
    assert sqlite_is_safe(None, databases=["default"]) == []


@pytest.mark.django_db(transaction=True)
def test_unsafe_sqlite_is_found() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite only")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
        assert unsafe_pragmas(connection) == [("synchronous", 0)]
        (found,) = sqlite_is_safe(None, databases=["default"])
        cursor.execute("PRAGMA synchronous=FULL")
    assert "synchronous = 0" in found.msg


@pytest.mark.django_db(transaction=True)
def test_house_with_all_migrations_may_serve() -> None:
    check_house()
