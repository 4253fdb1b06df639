"""What every change to a party shares: its place in the index."""

from __future__ import annotations

from wardroom.access.actor import Stamp
from wardroom.directory.models import Party
from wardroom.directory.queries.findable import party_thing
from wardroom.search.actions import let_be_found


def index_party(party: Party, *, stamp: Stamp) -> None:
    """Let a person or an organisation be found by its names, code, telephone and address."""
    let_be_found(party_thing(party, stamp.at))
