"""Opening an incident: in one commit with its first call-out, unless somebody has it at once."""

from __future__ import annotations

from dataclasses import replace

from django.utils.timezone import localdate

from wardroom.access.actor import SYSTEM, Stamp
from wardroom.access.gate import action
from wardroom.city.models import District, Place
from wardroom.directory.models import Party
from wardroom.directory.queries import get_party_of
from wardroom.incidents import facts, policy, rules
from wardroom.incidents.actions.calling import begin_calling
from wardroom.incidents.actions.having import note_taken
from wardroom.incidents.actions.wording import incident_words
from wardroom.incidents.actions.working import begin_work
from wardroom.incidents.models import Incident
from wardroom.incidents.queries.duty import on_call_now
from wardroom.incidents.rules import IncidentKind
from wardroom.kernel.errors import NotFound, Refused
from wardroom.ledger.actions import record
from wardroom.matters.actions import open_matter
from wardroom.matters.actions.linking import put_link
from wardroom.matters.actions.owning import owner_in
from wardroom.matters.models import Matter


@action(policy.may_open_incident)
def open_critical_incident(
    place: Place | None,
    *,
    kind_code: str,
    where_text: str = "",
    words: str = "",
    ward: District | None = None,
    severity: int | None = None,
    mine: bool = False,
    exercise: bool = False,
    came_from: str = "",
    source: Matter | None = None,
    token: str = "",
    stamp: Stamp,
) -> Incident:
    """Open an incident and call whoever is on call; what is not known yet can be said later.

    Whoever is on call and opens it has it, and so has whoever says that it is ``mine``.
    ``source`` is the matter that told of it: the two are linked. ``token`` names the form, so
    that a second tap opens nothing. Refuses: a kind or a severity
    that is not known; `already_open`; what `open_matter` refuses.
    Records: `MatterOpened`, `IncidentOpened`, and `CallOutMade` or `IncidentTaken`.
    """
    kind = rules.check_incident_kind(kind_code)
    if token and Incident.objects.filter(token=token).exists():
        raise Refused("already_open", "This incident is open already.")
    where_text = " ".join(where_text.split())[: rules.LONGEST_WHERE]
    if place is not None and not where_text:
        where_text = place.label[: rules.LONGEST_WHERE]
    code = ward.code if ward is not None else ""
    matter: Matter = open_matter(
        place,
        kind=rules.INCIDENT,
        title=rules.incident_title(kind.label, where_text, code, exercise=exercise),
        owner=owner_in(ward, stamp),
        next_on=localdate(stamp.at),
        next_step=rules.FIRST_STEP,
        ward=ward,
        stamp=stamp,
    )
    incident = begin_incident(
        matter,
        kind=kind,
        severity=severity,
        where_text=where_text,
        words=words,
        exercise=exercise,
        came_from=f"matter:{source.pk}" if source is not None else came_from,
        token=token,
        stamp=stamp,
    )
    if source is not None:
        put_link(matter, source, "related", stamp=stamp)
    take_or_call(incident, mine=mine, stamp=stamp)
    return incident


def take_or_call(incident: Incident, *, mine: bool, stamp: Stamp) -> None:
    """Let whoever is on call and opens it have it, and so whoever says so; else call the first."""
    me = _person(stamp)
    on_call = on_call_now(incident, at=stamp.at)
    if me is not None and (mine or (on_call is not None and me.pk == on_call.pk)):
        how = "who opened it" if mine else "who is on call and opened it"
        note_taken(incident, me, how=how, step=0, stamp=stamp)
    else:
        begin_calling(incident, stamp=replace(stamp, actor=SYSTEM))


def begin_incident(
    matter: Matter,
    *,
    kind: IncidentKind,
    severity: int | None = None,
    where_text: str = "",
    words: str = "",
    exercise: bool = False,
    came_from: str = "",
    token: str = "",
    stamp: Stamp,
) -> Incident:
    """Keep what a new matter of this kind needs beside it, and say that it was opened."""
    incident: Incident = Incident.objects.create(
        matter=matter,
        kind_code=kind.code,
        severity=rules.check_gravity(kind.severity if severity is None else severity),
        where_text=where_text,
        words=words.strip()[: rules.LONGEST_WORDS],
        exercise=exercise,
        token=token or None,
        came_from=came_from,
        opened_at=stamp.at,
        opened_by=stamp.actor.name[:120],
        opener_id=stamp.actor.user_id,
    )
    fact = facts.IncidentOpened(
        **incident_words(incident),
        kind_label=kind.label,
        severity=incident.severity,
        where_text=where_text,
        text=incident.words,
        exercise=exercise,
        came_from=came_from,
    )
    record(fact, stamp=stamp)
    begin_work(incident, stamp=stamp)
    return incident


def _person(stamp: Stamp) -> Party | None:
    try:
        return get_party_of(stamp.actor)
    except NotFound:
        return None
