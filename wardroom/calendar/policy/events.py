"""Who sees the calendar, who plans, and who writes down what took place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Protocol

from wardroom.access.actor import NO_ROWS, Actor, Role, Scope
from wardroom.matters.policy import is_sealed, runs

NAMED = "participations__party__user_id"
HOSTED = "host__seats__ward_code"


class EventLike(Protocol):
    """What a policy reads of an event, or of one that is being planned."""

    @property
    def ward_code(self) -> str: ...
    @property
    def matter_id(self) -> Any: ...


def reach(actor: Actor) -> Scope:
    """Events of the actor's wards, of the whole city, of a commission with a seat in their
    wards, and those in which they take part themselves; of an agency's people, their own.

    What belongs to a restricted matter is there only for those whom that names.
    """
    scope = actor.reach.by(ward="ward_code", agency="participations__agency_code")
    if actor.is_staff and not scope.everything:
        named = (("ward_code", frozenset({""})), (NAMED, frozenset({actor.user_id} - {None})))
        hosted = ((HOSTED, actor.reach.wards),) if actor.reach.wards else ()
        scope = replace(scope, any_of=(*scope.any_of, *named, *hosted))
    return scope.without(("matter_id", actor.reach.sealed_ids("matter")))


def reach_inside(actor: Actor) -> Scope:
    """Events whose inner side the actor may read: staff only, never an agency's people."""
    return reach(actor) if actor.is_staff else NO_ROWS


def may_see_calendar(actor: Actor) -> bool:
    """The office, and the people of agencies."""
    return actor.is_staff or actor.has(Role.PARTNER)


def may_see_team(actor: Actor, ward_code: str) -> bool:
    """Those of the office who reach the ward."""
    return actor.is_staff and actor.reach.by(ward="ward_code").covers({"ward_code": ward_code})


def may_begin_planning(actor: Actor) -> bool:
    """The director, and a liaison about the own wards."""
    return actor.has(Role.DIRECTOR, Role.LIAISON)


def may_plan_event(actor: Actor, draft: EventLike) -> bool:
    """The director, the liaison of the ward, and the house, which plans a series ahead."""
    return actor.has(Role.SYSTEM) or runs_event(actor, draft)


def may_hold_event(actor: Actor, event: EventLike) -> bool:
    """The liaison of the ward, or the director."""
    return runs_event(actor, event)


def may_cancel_event(actor: Actor, event: EventLike) -> bool:
    """The liaison of the ward, or the director."""
    return runs_event(actor, event)


def may_move_event(actor: Actor, event: EventLike) -> bool:
    """The liaison of the ward, or the director."""
    return runs_event(actor, event)


def may_add_participation(actor: Actor, event: EventLike) -> bool:
    """The liaison of the ward, or the director."""
    return runs_event(actor, event)


def may_note_answer(actor: Actor, participation: Any) -> bool:
    """The liaison of the ward, or the director."""
    return runs_event(actor, participation.event)


def may_record_attendance(actor: Actor, participation: Any) -> bool:
    """The liaison of the ward, or the director."""
    return runs_event(actor, participation.event)


def may_begin_series(actor: Actor, draft: Any) -> bool:
    """The liaison of the ward, or the director."""
    return runs(actor, draft.ward_code)


def may_plan_ahead(actor: Actor, _: Any) -> bool:
    """The house plans the meetings of a series ahead, night by night."""
    return actor.has(Role.SYSTEM)


def may_end_series(actor: Actor, series: Any) -> bool:
    """The liaison of the ward, or the director."""
    return runs(actor, series.ward_code)


def may_call_roll(actor: Actor, event: EventLike) -> bool:
    """The liaison of the ward, or the director."""
    return runs_event(actor, event)


def may_agree_ask(actor: Actor, event: EventLike) -> bool:
    """The liaison of the ward, or the director; the matter has to be theirs, too."""
    return runs_event(actor, event)


def may_write_line(actor: Actor, event: EventLike) -> bool:
    """The liaison of the ward, the director, or whoever speaks there for the Mayor."""
    return runs_event(actor, event) or _speaks(actor, event)


def may_strike_line(actor: Actor, line: Any) -> bool:
    """The liaison of the ward, the director, or whoever speaks there for the Mayor."""
    return runs_event(actor, line.event) or _speaks(actor, line.event)


def may_issue_list(actor: Actor, event: EventLike) -> bool:
    """The liaison of the ward, or the director."""
    return runs_event(actor, event)


def may_file_list(actor: Actor, _: Any) -> bool:
    """The house puts the paper on file."""
    return actor.has(Role.SYSTEM)


def runs_event(actor: Actor, row: EventLike) -> bool:
    """Whoever runs the ward of an event that is not about something closed to them."""
    return runs(actor, row.ward_code) and not is_sealed(actor, row.matter_id)


def _speaks(actor: Actor, event: Any) -> bool:
    return actor.user_id is not None and event.speaker_user_id == actor.user_id
