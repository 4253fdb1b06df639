"""What follows in the directory: an address that takes no mail is marked, never the person."""

from __future__ import annotations

from wardroom.access.actor import Stamp
from wardroom.directory.actions import mark_bounced
from wardroom.directory.models import Party
from wardroom.directory.rules import match_key
from wardroom.notices.facts import AddressBounced


def mark_address(fact: AddressBounced, *, entry_id: int, stamp: Stamp) -> None:
    """Mark an address that came back for good, at everybody who has it."""
    if not fact.hard:
        return
    key = match_key("email", fact.to_address)
    holders = Party.objects.filter(
        contact_points__channel="email",
        contact_points__match=key,
        contact_points__bounced_at=None,
    )
    for party in holders.distinct().order_by("pk"):
        mark_bounced(party, channel="email", value=key, reason=fact.reason, stamp=stamp)
