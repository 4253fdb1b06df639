"""Who may lead an initiative, and in which wards this person opens one."""

from __future__ import annotations

from django.http import HttpRequest

from wardroom.access.actor import Role
from wardroom.directory.queries import colleagues
from wardroom.web.edge import actor_of, today_of
from wardroom.web.wards import my_wards

LEADS = frozenset({Role.DIRECTOR, Role.LIAISON})


def leads(request: HttpRequest, ward_code: str | None = None) -> list[tuple[str, str]]:
    """The director and the liaisons, of one ward or of all, the asker first."""
    people = colleagues(actor_of(request), on=today_of(request), ward_code=ward_code, roles=LEADS)
    return [(str(person.party_id), person.label) for person in people]


def wards_to_open(request: HttpRequest) -> list[tuple[str, str]]:
    """The wards of this person; the whole city first for whoever sees all of it."""
    mine = my_wards(request)
    return [("", "Citywide"), *mine] if actor_of(request).reach.city else mine
