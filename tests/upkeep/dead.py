"""A consequence that failed at every try, made by a bell that cannot be heard."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import HOUSE
from tests.jobs import bells
from wardroom import reactions
from wardroom.ledger.models import Receipt
from wardroom.ledger.reactions import Reaction, deliver_receipt, register_reactions
from wardroom.ledger.rules import MOST_ATTEMPTS

DAY = timedelta(days=1)


def cracked_bell(*, audience: str = "") -> int:
    """Ring a bell whose hearing fails at every try; gives the number of the receipt."""
    bells.register_bells()
    with pytest.MonkeyPatch.context() as patch:
        if audience:
            patch.setattr(bells.BellRung, "audience", audience, raising=False)
        entry = bells.ring_bell(None, tone="cracked", stamp=HOUSE)
    try:
        receipt = Receipt.objects.get(entry_id=entry)
        for tried in range(1, MOST_ATTEMPTS + 1):
            deliver_receipt(receipt.pk, stamp=replace(HOUSE, at=HOUSE.at + tried * DAY))
    finally:
        register_reactions(reactions.FOLLOWS)
    receipt.refresh_from_db()
    assert receipt.state == Receipt.State.FAILED
    return int(receipt.pk)


@contextmanager
def register_bells_again() -> Iterator[None]:
    """For a while a bell is heard, cracked or not: what was wrong with it is mended."""

    def hears(fact: bells.BellRung, *, entry_id: int, stamp: object) -> None:
        bells.hear_bell(None, tone=fact.tone, stamp=HOUSE)

    register_reactions({bells.BellRung: (Reaction("hear", hears),)})
    try:
        yield
    finally:
        register_reactions(reactions.FOLLOWS)
