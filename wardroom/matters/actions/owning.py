"""Who owns what comes in from outside the office."""

from __future__ import annotations

from django.utils.timezone import localdate

from wardroom.access.actor import Role, Stamp
from wardroom.access.gate import hold
from wardroom.access.queries import actor_for
from wardroom.city.models import District
from wardroom.directory.models import Party
from wardroom.directory.queries import get_directors, hold_liaison_of
from wardroom.kernel.errors import Refused


def owner_in(ward: District | None, stamp: Stamp) -> Party:
    """Whoever owns what lies in a ward: its liaison, or a director while nobody works there.

    What lies in no single ward is a director's. They are held until the commit ends, and what
    they may do is read with the hold or after it: the stamp may be older.
    Refuses: a vacant seat in an office without a director.
    """
    today = localdate(stamp.at)
    liaison = hold_liaison_of(ward.code, on=today) if ward is not None else None
    if liaison is not None:
        return liaison
    for director in get_directors(on=today):
        hold(director)
        if actor_for(director.user, on=today).has(Role.DIRECTOR):
            return director
    raise Refused("no_owner", "There is nobody to own this: add a director first.")
