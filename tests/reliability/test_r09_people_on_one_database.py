"""R9: eight who write and eight who read at 100,000 matters, and nobody is locked out.

How long a write takes while they do is measured for 60 seconds by make torture, on a machine
that does nothing else.
"""

from __future__ import annotations

import pytest
from django.db import connection, connections

from tests.cast import Cast
from tests.reliability.crowd import crowd_at_work, fill_office
from wardroom.ledger.models import Entry
from wardroom.matters.models import Matter

pytestmark = pytest.mark.django_db(transaction=True)
MATTERS, SECONDS = 100_000, 6.0


def test_eight_writers_and_eight_readers_are_never_locked_out(
    matter5: Matter, director: Cast
) -> None:
    numbers = fill_office(matter5, MATTERS)
    writers, readers = crowd_at_work(director, numbers, SECONDS)
    assert [words for day in (*writers, *readers) for words in day.broken] == []
    assert all(day.seconds for day in (*writers, *readers)), "somebody never got a turn"
    written = sum(len(day.seconds) for day in writers)
    assert Entry.objects.filter(kind="NextStepSet").count() == written


def test_power_where_a_write_begins_with_a_read_somebody_is_locked_out(
    matter5: Matter, director: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Power check: the settings of SQLite that Django brings along."""
    if connection.vendor != "sqlite":
        pytest.skip("SQLite only")
    theirs = {**connections.settings["default"], "OPTIONS": {"timeout": 5}}
    monkeypatch.setitem(connections.settings, "default", theirs)
    writers, _ = crowd_at_work(director, fill_office(matter5, 50), 2.0)
    assert any("locked" in words for day in writers for words in day.broken)
