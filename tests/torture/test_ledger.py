"""S15 at length: eight append 8,000 lines at once, and a million lines are verified in a minute."""

from __future__ import annotations

import time
from datetime import timedelta
from uuid import UUID

import pytest

from tests.cast import HOUSE
from tests.security.test_signed_ledger import Append, append, write_together
from tests.torture.conftest import Tally
from wardroom.access.gate import guard_pass
from wardroom.kernel.facts import Ref
from wardroom.ledger.actions.writing import _chained
from wardroom.ledger.models import About, Entry, Link
from wardroom.ledger.queries import verified_chain
from wardroom.ledger.rules import NO_LINE_YET, SENTENCE, digest_after, new_salts

__all__ = ["append"]
pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, BATCH, MOST_SECONDS = 8, 5_000, 60.0


@pytest.mark.torture("S15 lines appended by eight at once", 8000)
def test_appends(append: Append, tally: Tally) -> None:
    write_together(append, WRITERS, tally.asked // WRITERS)
    found = verified_chain()
    assert found.broken is None
    tally.done = found.lines


@pytest.mark.torture("S15 lines verified in 60 s", 1_000_000, on=("sqlite",))
def test_verified(tally: Tally) -> None:
    with guard_pass("a ledger of a million lines"):
        fill(tally.asked)
    begun = time.process_time()
    found = verified_chain()
    took = time.process_time() - begun
    assert found.broken is None
    assert took <= MOST_SECONDS
    tally.done = found.lines


def fill(many: int) -> None:
    """So many lines of the usual length, chained as the house chains them."""
    digest = NO_LINE_YET
    for first in range(1, many + 1, BATCH):
        numbers = range(first, min(first + BATCH, many + 1))
        entries = [line(n) for n in numbers]
        refs = [(Ref("matter", str(n % 5000)), Ref("ward", str(n % 8 + 1))) for n in numbers]
        links = []
        for n, entry, about in zip(numbers, entries, refs, strict=True):
            digest = digest_after(digest, _chained(entry, about))
            links.append(Link(position=n, entry_id=n, digest=digest))
        Entry.objects.bulk_create(entries, batch_size=1000)
        About.objects.bulk_create(
            [
                About(entry_id=entry.pk, noun=ref.noun, key=ref.key)
                for entry, about in zip(entries, refs, strict=True)
                for ref in about
            ],
            batch_size=1000,
        )
        Link.objects.bulk_create(links, batch_size=1000)


def line(number: int) -> Entry:
    return Entry(
        pk=number,
        uid=UUID(int=number),
        at=HOUSE.at + timedelta(seconds=number),
        actor_name="The house",
        window="worker",
        kind="AskReminded",
        ward_code=str(number % 8 + 1),
        matter_key=str(number % 5000),
        sentence=f"The agency was reminded of ask {number}: clear the alley behind the market",
        body={"ask": number, "matter": number % 5000, "wording": "Clear the alley", "days": 3},
        salts=new_salts(["wording", SENTENCE]),
    )
