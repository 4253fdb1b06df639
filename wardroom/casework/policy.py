"""Who takes complaints in, reads them, tells people, and joins issues."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple, Protocol

from wardroom.access.actor import ALL_ROWS, NO_ROWS, Actor, Role, Scope
from wardroom.matters.policy import MatterRow, may_open_matter, may_write_note, runs_matter
from wardroom.matters.policy.rows import TaskRow
from wardroom.matters.policy.running import runs_ask
from wardroom.notices.policy import may_see_mail
from wardroom.service_requests.policy import DriftRow, may_settle_drift


class BatchRow(Protocol):
    """What a policy reads of a batch."""

    @property
    def made_by_id(self) -> Any: ...


def reach(actor: Actor) -> Scope:
    """Complaints of the actor's wards; staff only, for they hold who complained."""
    if not actor.is_staff:
        return NO_ROWS
    scope = actor.reach.by(ward="matter__ward_code")
    return scope.without(("matter_id", actor.reach.sealed_ids("matter")))


def may_take_complaint(actor: Actor, _: Any) -> bool:
    """Whoever answers the telephone: director, liaisons and staff, wherever the place is."""
    return actor.has(Role.DIRECTOR, Role.LIAISON, Role.STAFF, Role.SYSTEM)


def may_open_issue(actor: Actor, place: Any) -> bool:
    """Who opens matters, and the house itself for what came in from outside."""
    return may_open_matter(actor, place) or actor.has(Role.SYSTEM)


def may_report(actor: Actor, _: Any) -> bool:
    """Everybody: residents on the public page, and programs with a key."""
    return True


def may_take_in_report(actor: Actor, _: Any) -> bool:
    """The house itself, for a report that waits."""
    return actor.has(Role.SYSTEM)


def may_tell_reporter(actor: Actor, matter: MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs_matter(actor, matter)


def may_close_issue(actor: Actor, matter: MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs_matter(actor, matter)


def may_reopen_issue(actor: Actor, matter: MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs_matter(actor, matter)


def may_join_issues(actor: Actor, matter: MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs_matter(actor, matter)


def may_split_issue(actor: Actor, matter: MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs_matter(actor, matter)


class PartyRow(Protocol):
    """What a policy reads of a person or an organisation."""

    @property
    def kind(self) -> str: ...
    @property
    def user_id(self) -> Any: ...


class Tie(NamedTuple):
    """A complaint that a person made: what ties them to a ward."""

    ward_code: str
    matter_id: int


def is_known_to_all(party: PartyRow) -> bool:
    """Organisations, and colleagues who sign in, are no secret in the office."""
    return party.kind != "person" or party.user_id is not None


def may_see_party(actor: Actor, party: PartyRow, ties: Iterable[Tie]) -> bool:
    """Who sees a person: the office alone, and of residents those with something in reach.

    A person belongs to the wards of their complaints. Whoever never complained belongs to
    none and is seen by all of the office; whose complaints are all sealed is not there.
    """
    if not actor.is_staff:
        return False
    tied = [{"matter__ward_code": tie.ward_code, "matter_id": tie.matter_id} for tie in ties]
    return is_known_to_all(party) or not tied or any(reach(actor).covers(row) for row in tied)


def may_log_contact(actor: Actor, _: Any) -> bool:
    """Whoever writes notes: director, liaisons and staff; records and audit only read."""
    return actor.has(Role.DIRECTOR, Role.LIAISON, Role.STAFF)


def may_correct_issue(actor: Actor, matter: MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs_matter(actor, matter)


def reach_of_batches(actor: Actor) -> Scope:
    """The batches of one's own; all of them for the director, records and audit."""
    if actor.has(Role.DIRECTOR, Role.RECORDS, Role.AUDITOR):
        return ALL_ROWS
    if actor.is_staff and actor.user_id is not None:
        return Scope(any_of=(("made_by_id", frozenset({actor.user_id})),))
    return NO_ROWS


def may_prepare_batch(actor: Actor, _: Any) -> bool:
    """The director and the liaisons; each row asks again who may change it."""
    return actor.has(Role.DIRECTOR, Role.LIAISON)


def may_run_batch(actor: Actor, batch: BatchRow) -> bool:
    """Whoever prepared it, and the director."""
    mine = actor.user_id is not None and actor.user_id == batch.made_by_id
    return actor.has(Role.DIRECTOR) or (mine and actor.has(Role.LIAISON))


def may_give_up_batch(actor: Actor, _: Any) -> bool:
    """The house itself, where whoever began it may not go on."""
    return actor.has(Role.SYSTEM)


def may_introduce_successor(actor: Actor, _: Any) -> bool:
    """The director, and a successor for the issues that were accepted."""
    return actor.has(Role.DIRECTOR, Role.LIAISON)


def may_receive_message(actor: Actor, _: Any) -> bool:
    """The mail server hands mail to the house itself."""
    return actor.has(Role.SYSTEM)


def may_place_message(actor: Actor, received: Any) -> bool:
    """Director, liaisons and staff say what a letter is about, where they can read it."""
    places = actor.has(Role.DIRECTOR, Role.LIAISON, Role.STAFF)
    return places and may_see_mail(actor, received)


def may_write_to_person(actor: Actor, matter: MatterRow) -> bool:
    """Whoever runs the ward, and other staff anywhere; never into a matter sealed to them."""
    writes = actor.has(Role.DIRECTOR, Role.LIAISON, Role.STAFF)
    return writes and may_write_note(actor, matter)


def may_send_on(actor: Actor, matter: MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs_matter(actor, matter)


def may_send_ask_on(actor: Actor, ask: TaskRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs_ask(actor, ask)


def may_plan_after_drift(actor: Actor, drift: DriftRow) -> bool:
    """Whoever may settle the drift; the matter asks again who may change it."""
    return may_settle_drift(actor, drift)


def may_follow_report(actor: Actor, _: Any) -> bool:
    """Everybody: whoever holds the link of a report, and nobody else, gets anywhere with it."""
    return True


def may_ask_reporter(actor: Actor, matter: MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs_matter(actor, matter)


def may_read_words(actor: Actor, matter: MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs_matter(actor, matter)


def may_withdraw_tellings(actor: Actor, _: Any) -> bool:
    """The house itself, where somebody said that it came back."""
    return actor.has(Role.SYSTEM)


def may_learn_topics(actor: Actor, _: Any) -> bool:
    """The house itself once a week, and the director when they want."""
    return actor.has(Role.SYSTEM, Role.DIRECTOR)
