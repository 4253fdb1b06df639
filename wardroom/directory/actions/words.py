"""What every change to a party shares: its place in the index."""

from __future__ import annotations

from collections.abc import Sequence

from wardroom.access.actor import Stamp
from wardroom.directory.models import ContactPoint, Party
from wardroom.directory.queries.findable import new_party_thing, party_thing
from wardroom.search.actions import let_be_found


def index_party(
    party: Party, *, points: Sequence[ContactPoint] | None = None, stamp: Stamp
) -> None:
    """Let a person or an organisation be found by its names, code, telephone and address.

    ``points`` are all the ways to reach one who was written down just now.
    """
    if points is None:
        let_be_found(party_thing(party, stamp.at))
    else:
        let_be_found(new_party_thing(party, points, stamp.at), new=True)
