"""R3: when the power fails, what was saved is there, and nothing stands by half."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import apsw
import pytest
from django.conf import settings
from django.db import connection, connections
from django.db.backends.signals import connection_created

from tests.casework.reporting import staffed
from tests.cast import Cast
from tests.ground import Ground
from tests.reliability.desk import Desk, desk_of
from tests.reliability.power import Tape, TapedDisk, cuts

CUTS, UNITS, CHECKPOINT = 2_000, 24, 400
CHANGES = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK", "INSERT", "UPDATE", "DELETE")
# What the full-text index does to its own tables.
INNER = "'main'."
# All that one commit writes must come back together.
COUNTED = (
    "ledger_entry", "ledger_link", "ledger_about", "ledger_receipt", "search_doc",
    "matters_matter", "matters_ask", "casework_complaint", "incidents_situationreport",
    "plans_workplan", "notices_message",
)  # fmt: skip
COUNTS = "SELECT " + ", ".join(f"(SELECT count(*) FROM {table})" for table in COUNTED)
State = tuple[int, ...]


@dataclass(frozen=True)
class Played:
    """The same work on a taped disk: how it began, what was written, and each commit's state."""

    start: Mapping[str, bytes]
    tape: Tape
    states: Sequence[State]


@pytest.fixture
def work(
    transactional_db: None, ground: Ground, director: Cast, liaison5: Cast, liaison7: Cast,
    staff: Cast, agencies: object, tmp_path: Path,
) -> tuple[Path, list[str]]:  # fmt: skip
    """A copy of the house, and the statements of an hour's work on it."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's own disk is not ours")
    staffed({"5": liaison5, "7": liaison7})
    desk = desk_of(ground, liaison5, staff, tmp_path)
    copy = tmp_path / "house.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(copy)])
    return copy, list(_statements(desk))


def _statements(desk: Desk) -> Iterator[str]:
    """What real actions change, as the database was told it."""
    told: list[str] = []

    def listen(connection: Any, **_: Any) -> None:
        connection.connection.set_trace_callback(told.append)

    connections.close_all()
    connection_created.connect(listen)
    kinds = [desk.plan, desk.handle_issue, desk.update_incident, desk.deliver]
    for n in range(UNITS):
        kinds[n % len(kinds)](lambda _: None, f"cut-{n}")
    connection_created.disconnect(listen)
    connections.close_all()
    changes = (one for one in told if one.startswith(CHANGES) and INNER not in one[:40])
    # A statement with a trigger is told once more for each, right behind itself.
    return (one for one, _ in groupby(changes))


def played(work: tuple[Path, list[str]], *, synchronous: str = "") -> Played:
    """Do the work again under SQLite's eyes, with the house's own settings or a worse one."""
    house, statements = work
    place = house.with_name(f"played{synchronous}.sqlite3")
    place.write_bytes(house.read_bytes())
    tape, states = Tape(), []
    disk = TapedDisk(f"taped{synchronous}", tape)
    base = apsw.Connection(str(place), vfs=f"taped{synchronous}")
    base.execute(str(settings.SQLITE["init_command"]))
    base.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT}")
    if synchronous:
        base.execute(f"PRAGMA synchronous={synchronous}")
    start = {place.suffix: place.read_bytes()}
    tape.steps.clear()
    states.append(_state(base))
    for statement in statements:
        base.execute(statement)
        if statement.startswith("COMMIT"):
            states.append(_state(base))
            tape.say(str(len(states) - 1))
    base.close()
    disk.unregister()
    return Played(start, tape, states)


def _state(base: apsw.Connection) -> State:
    return next(iter(base.execute(COUNTS)))


def faults(played: Played, folder: Path, *, many: int, seed: int) -> Iterator[str]:
    """What is lost, by half or broken after so many cuts, each at a moment of chance."""
    known = {state: n for n, state in enumerate(played.states)}
    for files, said in cuts(played.start, played.tape.steps, many, random.Random(seed)):
        found, fault = _found(files, folder)
        counted_on = int(said[-1]) if said else 0
        if fault:
            yield f"broken: {fault}"
        elif found not in known:
            yield f"half: {found}"
        elif known[found] < counted_on and found != played.states[counted_on]:
            yield f"lost: {counted_on - known[found]} of {counted_on}"


def _found(files: Mapping[str, bytes], folder: Path) -> tuple[State, str]:
    """How the house stands when it is opened again, as Wardroom opens it."""
    place = folder / "cut.sqlite3"
    for name in (".sqlite3", ".sqlite3-wal", ".sqlite3-shm"):
        path = place.with_suffix(name)
        path.unlink(missing_ok=True)
        if name in files:
            path.write_bytes(files[name])
    with closing(sqlite3.connect(place)) as base:
        try:
            state = base.execute(COUNTS).fetchone()
            whole = base.execute("PRAGMA integrity_check").fetchone()[0]
        except sqlite3.DatabaseError as error:
            return (), str(error)
    return tuple(state), "" if whole == "ok" else str(whole)


def test_2000_power_cuts_lose_nothing_and_halve_nothing(
    work: tuple[Path, list[str]], tmp_path: Path
) -> None:
    taped = played(work)
    assert len(taped.states) > 2 * UNITS
    assert {step.file for step in taped.tape.steps} >= {".sqlite3", ".sqlite3-wal"}
    assert list(faults(taped, tmp_path, many=CUTS, seed=1)) == []


def test_power_check_a_laxer_disk_loses_what_was_saved(
    work: tuple[Path, list[str]], tmp_path: Path
) -> None:
    taped = played(work, synchronous="NORMAL")
    assert any(one.startswith("lost") for one in faults(taped, tmp_path, many=100, seed=1))


def test_every_connection_keeps_what_it_says(db: None) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("these are SQLite's settings")
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    with connection.cursor() as cursor:
        for name, value in wanted.items():
            cursor.execute(f"PRAGMA {name}")
            assert cursor.fetchone() == (value,), name
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone()[0] >= 10_000
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
