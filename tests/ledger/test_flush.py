"""A test with real transactions leaves a guarded and empty ledger behind."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from tests.cast import HOUSE
from wardroom.access.gate import guard_pass
from wardroom.directory.actions import add_party
from wardroom.ledger.models import Entry


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_turn", [1, 2])
def test_guard_stands_again_after_each_flush(_turn: int) -> None:
    assert not Entry.objects.exists()
    add_party(None, kind="organisation", name="Anybody", stamp=HOUSE)
    with (
        guard_pass("a test that goes round the gate"),
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM ledger_entry")
