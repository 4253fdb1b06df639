"""Who may read and write reports."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import NO_ROWS, Actor, Role, Scope
from wardroom.calendar.policy import may_write_line
from wardroom.engagement.policy import said_reach
from wardroom.matters.policy import MatterRow, is_sealed, runs


def reach(actor: Actor) -> Scope:
    """Staff read the reports of their wards; partners and visitors read none."""
    return actor.reach.by(ward="ward_code") if actor.is_staff else NO_ROWS


def may_draft_report(actor: Actor, _: Any) -> bool:
    """The liaison, the director and the house itself draft reports; `drafts_for` says where."""
    return actor.has(Role.LIAISON, Role.DIRECTOR, Role.SYSTEM)


def drafts_for(actor: Actor, ward_code: str) -> bool:
    """The ward's liaison, the director, and the house itself for any ward."""
    return actor.has(Role.SYSTEM) or runs(actor, ward_code)


def may_draft_roll_up(actor: Actor, _: Any) -> bool:
    """The director and the house itself draft the roll-up of all wards."""
    return actor.has(Role.DIRECTOR, Role.SYSTEM)


def may_answer_need(actor: Actor, _: Any) -> bool:
    """The director answers what a report asks to be decided."""
    return actor.has(Role.DIRECTOR)


def may_edit_report(actor: Actor, edition: Any) -> bool:
    """The ward's liaison and the director write the words of its report."""
    return runs(actor, edition.ward_code)


def may_sign_report(actor: Actor, edition: Any) -> bool:
    """The ward's liaison and the director sign its report."""
    return may_edit_report(actor, edition)


def may_correct_report(actor: Actor, edition: Any) -> bool:
    """Whoever may sign a report may open a correction of it."""
    return may_edit_report(actor, edition)


def may_rebuild_report(actor: Actor, edition: Any) -> bool:
    """Whoever may read a report may have it rebuilt and compared, and the house does it itself."""
    return actor.has(Role.SYSTEM) or (actor.is_staff and reach(actor).covers(row_of(edition)))


def row_of(edition: Any) -> dict[str, Any]:
    """What the reach of reports looks at."""
    return {"ward_code": edition.ward_code}


def may_keep_word_templates(actor: Actor, _: Any) -> bool:
    """The director says with which Word templates the office's reports are made."""
    return actor.has(Role.DIRECTOR)


def may_file_report(actor: Actor, _: Any) -> bool:
    """The house itself files the PDF of a signed report."""
    return actor.has(Role.SYSTEM)


def reach_of_measures(actor: Actor) -> Scope:
    """Staff see the figures of the whole city and of their wards; others see none."""
    if not actor.is_staff:
        return NO_ROWS
    scope = actor.reach.by(ward="ward_code")
    if scope.everything:
        return scope
    return Scope(any_of=(*scope.any_of, ("ward_code", frozenset({""}))))


def may_measure(actor: Actor, _: Any) -> bool:
    """The house itself and the director have the requests measured."""
    return actor.has(Role.SYSTEM, Role.DIRECTOR)


def may_keep_sheet(actor: Actor, event: Any) -> bool:
    """The liaison of the ward, the director, or whoever speaks there for the Mayor."""
    return may_write_line(actor, event)


def may_keep_policy_memo(actor: Actor, matter: MatterRow) -> bool:
    """The director, who answers for the memo on a policy."""
    return actor.has(Role.DIRECTOR) and not is_sealed(actor, matter.pk)


def may_read_policy_memo(actor: Actor) -> bool:
    """Whoever sees all wards: what was kept tells of all of them."""
    return said_reach(actor).everything


def may_send_packet(actor: Actor, event: Any) -> bool:
    """The liaison of the ward, or the director."""
    return runs(actor, event.ward_code)


def may_keep_packets(actor: Actor, _: Any) -> bool:
    """The house offers packets in time, and puts what was sent on file."""
    return actor.has(Role.SYSTEM)


def may_see_office_measures(actor: Actor) -> bool:
    """Whoever of the office sees all wards: the figures are of the whole office."""
    return actor.is_staff and actor.reach.city


def may_set_target(actor: Actor, _: Any) -> bool:
    """The director says what the office wants of its measures."""
    return actor.has(Role.DIRECTOR)
