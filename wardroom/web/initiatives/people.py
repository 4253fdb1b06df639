"""Who may lead an initiative, and in which wards this person opens one."""

from __future__ import annotations

from django.http import HttpRequest

from wardroom.access.actor import Role
from wardroom.directory.queries import colleagues
from wardroom.web.edge import actor_of, today_of
from wardroom.web.wards import my_wards

LEADS = frozenset({Role.DIRECTOR, Role.LIAISON})


def leads(request: HttpRequest, ward_code: str | None = None) -> list[tuple[str, str]]:
    """The director and the liaisons who may lead there, the asker first.

    Without a ward these are all of them, or for a liaison those of the own wards.
    """
    actor, today = actor_of(request), today_of(request)
    wards: list[str | None] = [ward_code]
    if ward_code is None and not actor.reach.city:
        wards = [*sorted(actor.reach.wards)]
    found = {
        str(person.party_id): person.label
        for ward in wards
        for person in colleagues(actor, on=today, ward_code=ward, roles=LEADS)
    }
    return list(found.items())


def wards_to_open(request: HttpRequest) -> list[tuple[str, str]]:
    """The wards of this person; the whole city first for whoever sees all of it."""
    mine = my_wards(request)
    return [("", "Citywide"), *mine] if actor_of(request).reach.city else mine
