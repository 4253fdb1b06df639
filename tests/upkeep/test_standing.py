"""How the backups stand is told from the ledger, to those who look after the house."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import HOUSE
from tests.conftest import NOON, plain_actor, stamp_for
from wardroom.access.actor import SYSTEM, Role
from wardroom.kernel.errors import NotAllowed, NotFound
from wardroom.upkeep import facts
from wardroom.upkeep.actions import BackupTold, note_backup
from wardroom.upkeep.queries import backup_standing
from wardroom.upkeep.rules import is_backup_late, is_proof_late

NAME, DIGEST = "wardroom-2026-11-18.tar", "a" * 64
MADE = facts.BackupMade(
    file=NAME, digest=DIGEST, size=1, encrypted=False, lines=1, head=DIGEST, files=0, missing=0,
    seconds=1.0,
)  # fmt: skip
PROVEN = facts.BackupProven(file=NAME, digest=DIGEST, taken_at=NOON, seconds=2.0)
DISPROVED = facts.BackupDisproved(file=NAME, digest=DIGEST, reason="it is damaged")


def note(fact: BackupTold, *, hours: float = 0) -> None:
    note_backup(None, fact=fact, stamp=replace(HOUSE, at=NOON + timedelta(hours=hours)))


@pytest.mark.django_db
def test_without_any_backup_all_is_late() -> None:
    found = backup_standing(SYSTEM, now=NOON)
    assert (found.made, found.is_late, found.is_proof_late) == (None, True, True)


@pytest.mark.django_db
def test_newest_backup_and_trial_are_told() -> None:
    note(MADE)
    note(replace(MADE, file="newer.tar"), hours=1)
    note(PROVEN, hours=2)
    found = backup_standing(SYSTEM, now=NOON + timedelta(hours=3))
    assert found.made is not None
    assert found.made.file == "newer.tar"
    assert found.proven is not None
    assert found.proven.at == NOON + timedelta(hours=2)
    assert not (found.is_late)
    assert not (found.is_proof_late)


@pytest.mark.django_db
def test_failure_is_told_until_something_went_well() -> None:
    note(MADE)
    note(facts.BackupFailed(reason="the disk is full"), hours=1)
    note(DISPROVED, hours=1)
    found = backup_standing(SYSTEM, now=NOON)
    assert found.failed is not None
    assert "the disk is full" in found.failed.sentence
    assert found.disproved is not None
    note(MADE, hours=2)
    note(PROVEN, hours=2)
    found = backup_standing(SYSTEM, now=NOON)
    assert (found.failed, found.disproved) == (None, None)


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.LIAISON, Role.STAFF, Role.PARTNER])
def test_others_see_nothing_of_it(role: Role) -> None:
    with pytest.raises(NotFound):
        backup_standing(plain_actor(role, city=True), now=NOON)


@pytest.mark.django_db
def test_no_person_writes_of_a_backup_by_hand() -> None:
    with pytest.raises(NotAllowed):
        note_backup(None, fact=MADE, stamp=stamp_for(plain_actor(Role.DIRECTOR, city=True)))


def test_a_day_and_thirty_days_are_the_limits() -> None:
    hours, days = timedelta(hours=1), timedelta(days=1)
    assert not is_backup_late(NOON, now=NOON + 26 * hours)
    assert is_backup_late(NOON, now=NOON + 26 * hours + timedelta(seconds=1))
    assert not is_proof_late(NOON, now=NOON + 30 * days)
    assert is_proof_late(NOON, now=NOON + 30 * days + timedelta(seconds=1))
