"""Every page reads on where what was personal was taken out of all lines there are."""

from __future__ import annotations

import pytest

from tests.cast import HOUSE
from tests.counting import count_anew
from tests.web.addresses import address, word
from tests.web.conftest import ROLES, World
from tests.web.reach_table import GIVES
from wardroom.access.gate import guard_pass
from wardroom.ledger.actions import erase_values
from wardroom.ledger.models import Entry, Receipt
from wardroom.ledger.queries import verified_chain

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
# A name that nobody knows goes with the words around it.
GONE = {"mention": "404"}


@pytest.mark.one_database
def test_every_page_reads_on_where_all_words_were_taken_out(world: World) -> None:
    with guard_pass("whatever follows from the lines has followed"):
        Receipt.objects.filter(state="due").update(state="done", done_at=HOUSE.at)
    paths = {name: address(world, name) for name in GIVES}
    lines = list(Entry.objects.values_list("pk", flat=True))
    erase_values(lines, reason="all of them", stamp=HOUSE)
    assert verified_chain().broken is None
    wrong = []
    for name, row in GIVES.items():
        count_anew()
        got = word(world.clients["director"].get(paths[name]))
        if got != GONE.get(name, row.split()[ROLES.index("director")]):
            wrong.append((name, paths[name], got))
    assert wrong == []
