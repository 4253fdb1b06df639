"""Who can be called to an incident now: whoever is on duty, and who stands in for a gap."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from wardroom.access.queries import is_let_in
from wardroom.calendar.queries.duty import on_duty
from wardroom.directory.models import Party
from wardroom.directory.queries import get_directors, get_liaison_of
from wardroom.incidents import rules
from wardroom.incidents.models import Incident
from wardroom.incidents.rules import People


def on_call_now(incident: Incident, *, at: datetime) -> Party | None:
    """Whoever is on call for the ward of an incident; none where the rota has a gap."""
    return _on_duty(rules.ON_CALL, incident.ward_code, at)


def people_now(incident: Incident, *, at: datetime) -> People:
    """Who could be called now, by rota and seat."""
    on, ward = localdate(at), incident.ward_code
    on_call, backup = (_on_duty(role, ward, at) for role in (rules.ON_CALL, rules.BACKUP))
    liaison = get_liaison_of(ward, on=on) if ward else None
    works = liaison is not None and is_let_in(liaison.user, on=on)
    return People(
        on_call=on_call.pk if on_call is not None else None,
        backup=backup.pk if backup is not None else None,
        liaison=liaison.pk if liaison is not None and works else None,
        directors=tuple(party.pk for party in get_directors(on=on)),
    )


def _on_duty(role: str, ward: str, at: datetime) -> Party | None:
    """Whoever the rota names for a ward, or else for the whole city."""
    duty = on_duty(at, role=role, ward=ward)
    if duty is None:
        return None
    found: Party | None = Party.objects.filter(user_id=duty.user_id).select_related("user").first()
    return found if found is not None and is_let_in(found.user, on=localdate(at)) else None
