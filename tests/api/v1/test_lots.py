"""Calls that read are counted in lots, and wait for nobody who writes; no more come through."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connection

from tests.api.v1.conftest import program_of
from tests.cast import Cast
from tests.conftest import NOON
from wardroom.access.models import Tally
from wardroom.api import lots
from wardroom.api.lots import Lots
from wardroom.directory.actions import take_turn
from wardroom.kernel.rates import Rate

RATE = Rate(1000, by_clock=True)
LOT = RATE.most // lots.SHARE
LATER = NOON + timedelta(hours=1)


def counted(name: str = "key") -> int:
    return sum(n for row in Tally.objects.filter(name=name) for n in row.parts.values())


@pytest.mark.django_db
def test_a_lot_is_written_down_once() -> None:
    mine = Lots()
    left = [mine.take("key", RATE, at=NOON).left for _ in range(LOT)]
    assert left == list(range(999, 999 - LOT, -1))
    assert counted() == LOT
    mine.take("key", RATE, at=NOON)
    assert counted() == 2 * LOT


@pytest.mark.django_db
def test_several_processes_let_no_more_through_than_the_quota() -> None:
    rate, several = Rate(500, by_clock=True), [Lots() for _ in range(8)]
    through = [not several[n % 8].take("key", rate, at=NOON).wait for n in range(1000)]
    assert sum(through) == rate.most
    assert take_turn({"key": rate}, at=NOON).wait
    assert not several[0].take("key", rate, at=LATER).wait


@pytest.mark.django_db
def test_a_small_quota_is_counted_call_by_call() -> None:
    rate = Rate(50, by_clock=True)
    assert sum(not Lots().take("key", rate, at=NOON).wait for _ in range(80)) == rate.most


@pytest.mark.django_db
def test_what_could_not_be_written_is_counted_later(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = Lots()

    def held(*_: Any, **__: Any) -> Any:
        raise OperationalError("database is locked")

    with monkeypatch.context() as busy:
        busy.setattr(lots, "take_turn", held)
        assert [mine.take("key", RATE, at=NOON).wait for _ in range(40)] == [0] * 40
    assert counted() == 0
    mine.take("key", RATE, at=NOON)
    assert counted() == 40 + LOT
    assert mine.take("key", RATE, at=NOON).left == 1000 - 42


@pytest.mark.django_db
def test_even_then_no_more_than_the_quota_come_through(monkeypatch: pytest.MonkeyPatch) -> None:
    mine, rate = Lots(), Rate(20, by_clock=True)

    def held(*_: Any, **__: Any) -> Any:
        raise OperationalError("database is locked")

    monkeypatch.setattr(lots, "take_turn", held)
    for _ in range(rate.most):
        mine.take("key", rate, at=NOON)
    with pytest.raises(OperationalError):
        mine.take("key", rate, at=NOON)


@contextmanager
def somebody_writes() -> Iterator[None]:
    """Another connection holds the whole database, as the import of a file does."""
    path = connection.settings_dict["NAME"]
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def on_sqlite() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no lock of the whole database")


@pytest.mark.django_db(transaction=True)
def test_who_reads_waits_for_nobody_who_writes(liaison5: Cast) -> None:
    on_sqlite()
    program = program_of(liaison5)
    with somebody_writes():
        began = time.monotonic()
        assert program.get("/me").status_code == 200
        assert time.monotonic() - began < float(str(settings.SQLITE["timeout"]))  # of a writer
    assert program.get("/me").status_code == 200
    assert connection.cursor().execute("PRAGMA busy_timeout").fetchone()[0] >= 10_000


@pytest.mark.django_db(transaction=True)
def test_power_check_counted_as_a_writer_it_would_wait(
    liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_sqlite()
    monkeypatch.setattr(lots.LOTS, "take", lambda name, rate, at: take_turn({name: rate}, at=at))
    connection.cursor().execute("PRAGMA busy_timeout = 50")
    program = program_of(liaison5)
    with somebody_writes(), pytest.raises(OperationalError, match="locked"):
        program.get("/me")
