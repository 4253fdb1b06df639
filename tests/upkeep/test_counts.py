"""Answers are counted by each web process alone, and read together."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from pytest_django import Settings

from wardroom.upkeep.gateways import counts
from wardroom.upkeep.gateways.counts import begin_counting, count_answer, served


@pytest.fixture(autouse=True)
def own_home(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.HOME = tmp_path
    monkeypatch.setattr(counts, "_sheets", {})
    return tmp_path


def in_process(times: int, status: int = 200) -> None:
    """Count in a process of its own, which dies without a word."""
    child = os.fork()
    if child == 0:
        for _ in range(times):
            count_answer("member", status, 0.02)
        os._exit(9)
    os.waitpid(child, 0)


def test_processes_are_added_up_and_those_that_died_too() -> None:
    count_answer("member", 200, 0.3)
    for _ in range(3):
        in_process(40)
    in_process(2, status=503)
    (member,) = [one for one in served() if one.name == "member"]
    assert dict(member.by_status) == {"200": 121, "503": 2}
    assert member.answers == 123
    assert member.within[counts.BOUNDS.index(0.025)] == 122
    assert member.within[counts.BOUNDS.index(0.5)] == 1
    assert member.seconds == pytest.approx(122 * 0.02 + 0.3)


def test_status_that_nobody_expects_and_a_slow_answer_are_counted_too() -> None:
    count_answer("visitor", 418, 77.0)
    (visitor,) = [one for one in served() if one.name == "visitor"]
    assert (dict(visitor.by_status), visitor.within[-1]) == ({"other": 1}, 1)


def test_new_start_forgets_ended_processes_only(own_home: Path) -> None:
    count_answer("program", 200, 0.1)
    in_process(5)
    assert len(list(own_home.rglob("*.counts"))) == 2
    begin_counting()
    assert [one.answers for one in served() if one.answers] == [1]


def test_home_that_cannot_be_written_to_stops_no_answer(own_home: Path, settings: Settings) -> None:
    (own_home / "file").write_text("")
    settings.HOME = own_home / "file"
    count_answer("member", 200, 0.1)
    assert all(one.answers == 0 for one in served())


def test_room_of_the_counts_is_taken_before_they_are_mapped(own_home: Path) -> None:
    """A hole would be filled at the first answer, and on a full disk that ends the process."""
    count_answer("member", 200, 0.1)
    (sheet,) = own_home.rglob("*.counts")
    assert first_hole(sheet) == counts.SIZE


def test_power_check_file_that_is_only_made_long_is_a_hole(tmp_path: Path) -> None:
    long = tmp_path / "long"
    with long.open("w+b") as file:
        file.truncate(counts.SIZE)
    if first_hole(long) == counts.SIZE:
        pytest.skip("this file system does not tell of holes")
    assert first_hole(long) == 0


def first_hole(path: Path) -> int:
    with path.open("rb") as file:
        return os.lseek(file.fileno(), 0, os.SEEK_HOLE)


def test_full_disk_stops_no_answer_and_ends_no_process(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    count_answer("member", 200, 0.1)
    assert all(one.answers == 0 for one in served())


def test_without_a_file_for_each_process_counts_are_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """The power check: two processes that share one file overwrite each other's numbers."""
    real = counts._Sheet
    monkeypatch.setattr(counts, "_Sheet", lambda path: real(path.with_name("1-all.counts")))
    count_answer("member", 200, 0.1)
    in_process(5)
    assert sum(one.answers for one in served()) != 6
