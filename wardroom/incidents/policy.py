"""Who may take alerts in, open and run incidents, and answer when called."""

from __future__ import annotations

from typing import Any, Protocol

from wardroom.access.actor import ALL_ROWS, NO_ROWS, Actor, Role, Scope, office_reach
from wardroom.matters import policy as matters_policy

CALLED_ROLES = frozenset({Role.DIRECTOR, Role.LIAISON, Role.STAFF})


class DraftRow(Protocol):
    """What a policy reads of an alert."""

    @property
    def touched_wards(self) -> frozenset[str]: ...


class IncidentRow(Protocol):
    """What a policy reads of an incident."""

    @property
    def matter(self) -> Any: ...
    @property
    def runners(self) -> frozenset[int]: ...
    @property
    def had_by(self) -> int | None: ...
    @property
    def called(self) -> frozenset[int]: ...


def reach(actor: Actor) -> Scope:
    """All of the office reads every alert: other authorities sent them to everybody."""
    return ALL_ROWS if actor.is_staff else NO_ROWS


def reach_of_counted(actor: Actor) -> Scope:
    """Incidents of the actor's wards and of the whole city: what a share may be counted of."""
    return office_reach(actor).without(("id", actor.reach.sealed_ids("matter")))


def reach_of_incidents(actor: Actor) -> Scope:
    """Incidents of the actor's wards and of the whole city, for the office.

    So are those that the actor has, opened, or was called to, wherever they are.
    """
    scope = office_reach(actor)
    if actor.is_staff:
        scope = actor.reach.with_own(scope, "id")
    return scope.without(("id", actor.reach.sealed_ids("matter")))


def may_take_alert(actor: Actor, _: Any) -> bool:
    """The director, liaisons and staff by hand; the house for a key or the feed."""
    return actor.has(Role.SYSTEM, Role.DIRECTOR, Role.LIAISON, Role.STAFF)


def may_decide_alert(actor: Actor, draft: DraftRow) -> bool:
    """The director, and the liaisons of the wards that it touches."""
    return actor.has(Role.DIRECTOR) or (
        actor.has(Role.LIAISON) and bool(draft.touched_wards & actor.reach.wards)
    )


def may_end_alert(actor: Actor, _: Any) -> bool:
    """The house itself, by the clock."""
    return actor.has(Role.SYSTEM)


def may_read_change(actor: Actor, draft: Any) -> bool:
    """The liaison of the incident's ward, the director, and whoever has it."""
    return draft.matter is not None and matters_policy.leads_matter(actor, draft.matter)


def may_end_incident(actor: Actor, matter: matters_policy.MatterRow) -> bool:
    """The liaison of the ward, the director, and whoever has it."""
    return matters_policy.leads_matter(actor, matter)


def may_open_incident(actor: Actor, _: Any) -> bool:
    """Whoever hears of it first: the director, liaisons and staff, wherever it is."""
    return actor.has(*CALLED_ROLES)


def may_run_house(actor: Actor, _: Any) -> bool:
    """The house itself: the clock that calls, and the link that answers."""
    return actor.has(Role.SYSTEM)


def may_answer_call_out(actor: Actor, _: Any) -> bool:
    """Whoever holds the link: the token is the power, and the action looks at nothing else."""
    return True


def may_run_incident(actor: Actor, incident: IncidentRow) -> bool:
    """Whoever has it, the liaison of the ward, and the director."""
    if matters_policy.is_sealed(actor, incident.matter.pk):
        return False
    has = actor.user_id is not None and actor.user_id in incident.runners
    return (has and actor.has(*CALLED_ROLES)) or matters_policy.runs_matter(actor, incident.matter)


def may_take_incident(actor: Actor, incident: IncidentRow) -> bool:
    """Whoever was called to it or opened it, whoever opens matters there, and the director."""
    if matters_policy.is_sealed(actor, incident.matter.pk) or not actor.has(*CALLED_ROLES):
        return False
    called = actor.user_id is not None and actor.user_id in incident.called
    return called or matters_policy.opens(actor, incident.matter.ward_code)


def may_give_incident_back(actor: Actor, incident: IncidentRow) -> bool:
    """Whoever has it, and nobody else; the house itself on the word of a link."""
    return actor.user_id is not None and actor.user_id == incident.had_by


def may_release_report(actor: Actor, report: Any) -> bool:
    """The director, and the liaison of the ward; never whoever wrote it."""
    wrote = actor.user_id is not None and actor.user_id == report.writer_id
    return not wrote and matters_policy.runs_matter(actor, report.incident.matter)


def may_finish_review(actor: Actor, incident: IncidentRow) -> bool:
    """The director, and the liaison of the ward: its steps become asks there."""
    return matters_policy.runs_matter(actor, incident.matter)


def may_hold_households(actor: Actor, incident: IncidentRow) -> bool:
    """The records officer and the director say that it must be kept; neither reads more by that."""
    sealed = matters_policy.is_sealed(actor, incident.matter.pk)
    return not sealed and actor.has(Role.RECORDS, Role.DIRECTOR)


def may_dispose_households(actor: Actor, _: Any) -> bool:
    """The records officer removes, without reading."""
    return actor.has(Role.RECORDS)


def may_see_addresses(actor: Actor, _: Any) -> bool:
    """The director sees where everybody is reached when on call; others their own."""
    return actor.has(Role.DIRECTOR)


def may_keep_address(actor: Actor, party: Any) -> bool:
    """That person, and the director."""
    own = actor.user_id is not None and party.user_id == actor.user_id
    return actor.has(Role.DIRECTOR) or (own and actor.has(*CALLED_ROLES))


def may_end_address(actor: Actor, address: Any) -> bool:
    """That person, and the director."""
    return may_keep_address(actor, address.party)
