"""A pass of a phone is given out as a link's key, of which only the hash is kept."""

from __future__ import annotations

from datetime import datetime

from wardroom.access.actor import Stamp
from wardroom.directory.models import Party
from wardroom.directory.queries.passes import PassKind, pass_key
from wardroom.notices.actions import issue_key


def give_pass(
    kind: PassKind, thing_id: int, party: Party, *, expires_at: datetime, stamp: Stamp
) -> None:
    """Give somebody's phone a pass to one thing; called by the action that takes it along."""
    issue_key(
        None,
        purpose=kind.purpose,
        noun=kind.noun,
        key=pass_key(thing_id, party.pk),
        holder=party.user.email if party.user else party.name,
        expires_at=expires_at,
        stamp=stamp,
    )
