"""Who a caller may be, of the people the office knows already."""

from __future__ import annotations

from wardroom.access.actor import Actor
from wardroom.casework.queries.people import seen_party_ids
from wardroom.directory.queries import PersonHint, people_like


def known_callers(
    actor: Actor, *, name: str = "", phone: str = "", email: str = ""
) -> tuple[PersonHint, ...]:
    """Who the caller may be by name, telephone or address, of those whom the actor may see."""
    hints = people_like(actor, name=name, phone=phone, email=email)
    seen = seen_party_ids(actor, [hint.party_id for hint in hints])
    return tuple(hint for hint in hints if hint.party_id in seen)
