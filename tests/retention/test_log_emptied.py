"""Words that went without a disposal do not stand in the database's log for long."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.retention.test_disposal import OWN
from wardroom.access.gate import HURRY
from wardroom.directory.actions import add_party, note_person
from wardroom.jobs.routines import empty_log_often
from wardroom.ledger.actions import erase_values
from wardroom.ledger.models import Entry
from wardroom.retention.gateways import cleaning
from wardroom.upkeep.models import LastLook
from wardroom.upkeep.queries import house_findings
from wardroom.upkeep.rules import Standing

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]


def patience() -> int:
    """How many thousandths of a second this session waits for another."""
    found: int = connection.connection.execute("PRAGMA busy_timeout").fetchone()[0]
    return found


@contextmanager
def waits_of_the_emptying() -> Iterator[list[int]]:
    """How long each emptying of the log lets those who write wait, at most."""
    found: list[int] = []

    def ask(execute: Callable[..., object], sql: str, *given: object) -> object:
        if "wal_checkpoint" in sql:
            found.append(patience())
        return execute(sql, *given)

    with connection.execute_wrapper(ask):
        yield found


def standing_of_log(at: datetime) -> Standing:
    """What the checks of the house say of the log at a moment."""
    (found,) = (one.standing for one in house_findings(at=at) if one.code == "log")
    return found


def in_log(mark: str) -> bool:
    """Whether the mark stands in SQLite's log."""
    place = Path(str(connection.settings_dict["NAME"]))
    log = place.with_name(f"{place.name}-wal")
    return log.exists() and mark.encode() in log.read_bytes()


def test_words_taken_out_of_lines_are_in_no_log_soon(liaison5: Cast) -> None:
    if connection.vendor != "sqlite":
        assert empty_log_often(), "the server keeps its own log, and nothing is done"
        assert not LastLook.objects.filter(code="log").exists()
        assert "log" not in {one.code for one in house_findings(at=NOON)}
        return
    party = note_person(None, name=OWN, stamp=liaison5.stamp)
    lines = Entry.objects.filter(about__noun="party", about__key=str(party.pk))
    erase_values(list(lines.values_list("pk", flat=True)), reason="Asked for", stamp=HOUSE)
    assert not Entry.objects.filter(sentence__contains=OWN).exists()
    assert in_log(OWN), "the log still holds it: the look finds what is there"
    assert empty_log_often()
    assert not in_log(OWN)


def test_log_that_is_being_read_is_left_at_once_for_another_time() -> None:
    if connection.vendor != "sqlite":
        return
    connection.ensure_connection()
    usual = patience()
    with waits_of_the_emptying() as waits:
        with closing(sqlite3.connect(str(connection.settings_dict["NAME"]))) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT COUNT(*) FROM ledger_entry").fetchone()
            add_party(None, kind="organisation", name="A later one", stamp=HOUSE)
            assert not empty_log_often()
            (first,) = LastLook.objects.filter(code="log").values_list("at", flat=True)
            assert not empty_log_often()
            assert LastLook.objects.get(code="log").at == first, "still since the first try"
            assert standing_of_log(first + timedelta(days=1)) is Standing.FINE
            assert standing_of_log(first + timedelta(days=1, seconds=1)) is Standing.LOOK
        assert empty_log_often()
        assert LastLook.objects.get(code="log").at > first
    assert waits == [HURRY, HURRY, HURRY]
    assert usual > HURRY
    assert patience() == usual


def test_power_check_an_emptying_that_waits_as_long_as_others_is_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if connection.vendor != "sqlite":
        return
    monkeypatch.setattr(cleaning, "in_a_hurry", nullcontext)
    with waits_of_the_emptying() as waits:
        assert empty_log_often()
    assert waits != [HURRY]
