"""Who may find what."""

from __future__ import annotations

from wardroom.access.actor import Actor, Scope, lines_reach


def reach(actor: Actor) -> Scope:
    """Staff find what belongs to their wards or to none; partners what their agency was told.

    What belongs to no agency is internal: a partner's scope never lets it in. A sealed matter,
    and all that hangs on it, is closed to whoever is not named for it. The words are kept by
    ward: what somebody was called to in another ward is on their lists, and not found here.
    """
    return lines_reach(actor, own=False)
