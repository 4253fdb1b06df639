"""Everything there is to find, out of what the house keeps, to make the index anew from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice

from wardroom.kernel.facts import Ref
from wardroom.search.models import Doc
from wardroom.search.rules import LINE, Shelf, Thing

AT_ONCE = 500


def all_things(shelves: Sequence[Shelf]) -> tuple[int, Iterator[Thing]]:
    """How much there is to find, and all of it, the oldest first.

    A thing that the index holds keeps the instant that it has there, so that what was found
    first is found first again.
    """
    rows = Doc.objects.exclude(noun=LINE).values_list("noun", "key", "at")
    known = {Ref(noun, key): at for noun, key, at in rows.iterator()}
    order = sorted(
        (known.get(Ref(shelf.noun, str(pk)), at), n, pk)
        for n, shelf in enumerate(shelves)
        for pk, at in shelf.instants()
    )
    return len(order), _in_order(shelves, order)


def _in_order(
    shelves: Sequence[Shelf], order: Sequence[tuple[datetime, int, int]]
) -> Iterator[Thing]:
    left = iter(order)
    while batch := list(islice(left, AT_ONCE)):
        made: dict[Ref, Thing] = {}
        for n, shelf in enumerate(shelves):
            wanted = {pk: at for at, which, pk in batch if which == n}
            if wanted:
                made |= {thing.ref: thing for thing in shelf.things(wanted)}
        refs = (Ref(shelves[n].noun, str(pk)) for _, n, pk in batch)
        yield from (made[ref] for ref in refs if ref in made)
