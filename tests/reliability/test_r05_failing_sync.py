"""R5: a disk that fails to sync is told of, nothing is said to be saved, and it works again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import OperationalError, connection
from django.test import Client

from tests.reliability.failing_sync import FailingDisk
from tests.reliability.test_r05_full_disk import (
    desk,
    empty_log,
    in_a_child,
    misses,
    send,
    signed_in,
)
from tests.reliability.wholeness import faults_of_the_whole
from wardroom.web import unwell

__all__ = ["desk", "signed_in"]
pytestmark = pytest.mark.django_db(transaction=True)
POINTS, CHECKPOINTS = 10, 2


def points(desk: Client) -> Iterator[tuple[str, int, int]]:
    """At each point: the name that was sent, the answer, and the answer once syncs go well."""
    disk = FailingDisk()
    with disk.failing(after=1_000):
        assert send(desk, "Begun") == 302
    syncs = disk.seen
    assert syncs >= 1, "SQLite does not sync through this layer"
    for n in range(POINTS):
        name = f"Friends {n}"
        with disk.failing(after=n % syncs):
            status = send(desk, name)
        yield name, status, send(desk, f"{name} later")
    for n in range(CHECKPOINTS):
        name = f"Kept {n}"
        status = send(desk, name)
        with disk.failing(), pytest.raises(OperationalError):
            empty_log()
        yield name, status, send(desk, f"{name} later")


def commits_whatever_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault put in: where a commit fails, it is passed over."""

    def commit() -> None:
        try:
            connection.connection.commit()
        except Exception:
            connection.connection.rollback()

    monkeypatch.setattr(connection, "_commit", commit)


def test_12_points_of_failing_syncs_end_in_a_plain_503(desk: Client) -> None:
    came = in_a_child(lambda: list(points(desk)))
    assert len(came) == POINTS + CHECKPOINTS
    assert misses(came) == []
    assert sum(status == unwell.UNWELL for _, status, _ in came) >= POINTS // 2
    assert {status for name, status, _ in came if name.startswith("Kept")} == {302}
    assert faults_of_the_whole() == []


def test_power_check_a_commit_that_failed_unheard_is_seen(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    commits_whatever_comes(monkeypatch)
    found = misses(in_a_child(lambda: list(points(desk))))
    assert any(words.endswith("said to be saved, and is not") for words in found)
