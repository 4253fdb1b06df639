"""The ledger cannot be changed, not even from below."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from tests.cast import Cast
from wardroom.access.gate import guard_pass
from wardroom.ledger.models import About, Entry

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET sentence = 'nothing happened'",
        "DELETE FROM ledger_entry",
        "UPDATE ledger_about SET key = '1'",
        "DELETE FROM ledger_about",
        "UPDATE ledger_link SET digest = ''",
        "DELETE FROM ledger_link",
    ],
)
def test_database_refuses_to_change_a_line(director: Cast, statement: str) -> None:
    before = (Entry.objects.count(), About.objects.count())
    assert all(before)
    with (
        guard_pass("a test that goes round the gate"),
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert (Entry.objects.count(), About.objects.count()) == before


def test_orm_is_refused_too(director: Cast) -> None:
    entry = Entry.objects.latest("id")
    entry.sentence = "nothing happened"
    with (
        guard_pass("a test that goes round the gate"),
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
    ):
        entry.save()
