"""Backups have names that sort by time, and only backups are ever removed from their folder."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.conftest import NOON
from wardroom.kernel.errors import Refused
from wardroom.upkeep.rules import (
    BEFORE,
    USUAL,
    Manifest,
    Member,
    file_name,
    is_member,
    newest,
    too_many,
)

HELD = Manifest(
    version="1.0",
    taken_at=NOON,
    kind="sqlite",
    server="3",
    migrations=("a.0001", "b.0002"),
    tables={"ledger_entry": 7},
    lines=7,
    head="f" * 64,
    missing=(),
    members={"database.sqlite3.gz": Member(5, "0" * 64)},
)


def test_newest_stay_and_nothing_else_is_touched() -> None:
    names = [file_name(USUAL, NOON + timedelta(days=n), sealed=n % 2 == 1) for n in range(5)]
    again = file_name(USUAL, NOON + timedelta(days=4), sealed=False, turn=10)
    others = [file_name(BEFORE, NOON, sealed=False), "notes.txt", f"{names[0]}.half", "wardroom"]
    there = [*others, *names, again]
    assert too_many(there, series=USUAL, keep=3) == [names[2], names[1], names[0]]
    assert newest(there, series=USUAL) == again
    assert too_many(there, series=BEFORE, keep=1) == []
    assert newest(["notes.txt"], series=USUAL) is None


@pytest.mark.parametrize(
    "name",
    ["../x", "/etc/passwd", "files/../../x", "files/ab/short", "word/../a.docx", "word/.docx", ""],
)
def test_no_part_leads_out_of_its_folder(name: str) -> None:
    assert not is_member(name)


def test_list_of_parts_is_written_and_read_back() -> None:
    assert Manifest.from_json(HELD.to_json()) == HELD
    assert HELD.newer_than(frozenset({"a.0001"})) == ("b.0002",)
    assert HELD.newer_than(frozenset(HELD.migrations)) == ()
    assert replace(HELD, kind="postgresql").database == "database.dump"


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"null", b'{"format": 1}', b"\xff"])
def test_list_that_is_none_is_refused(content: bytes) -> None:
    with pytest.raises(Refused) as no:
        Manifest.from_json(content)
    assert no.value.code == "bad_backup"


def test_form_of_the_future_is_refused() -> None:
    with pytest.raises(Refused, match="the version that made it"):
        Manifest.from_json(HELD.to_json().replace(b'"format": 1', b'"format": 2'))
