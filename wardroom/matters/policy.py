"""Who may own, ask, answer and read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Protocol

from wardroom.access.actor import ALL_ROWS, NO_ROWS, Actor, Reach, Role, Scope

LONGEST_NAME = 120


class MatterRow(Protocol):
    """What a policy reads of a matter."""

    @property
    def pk(self) -> Any: ...
    @property
    def ward_code(self) -> str: ...


class AskRow(Protocol):
    """What a policy reads of an ask."""

    @property
    def pk(self) -> Any: ...
    @property
    def asked_agency(self) -> str: ...
    @property
    def ward_code(self) -> str: ...
    @property
    def matter_id(self) -> Any: ...
    @property
    def party(self) -> Any: ...


class HandoverRow(Protocol):
    """What a policy reads of a handover."""

    @property
    def party(self) -> Any: ...


class TaskRow(Protocol):
    """What a policy reads of a task, or of its row in the worklist."""

    @property
    def ward_code(self) -> str: ...
    @property
    def matter_id(self) -> Any: ...
    @property
    def party(self) -> Any: ...


def reach(actor: Actor) -> Scope:
    """Matters of the actor's wards, and those in which the actor's agency was asked.

    A restricted matter is there only for the people it names.
    """
    scope = actor.reach.by(ward="ward_code", agency="asks__asked_agency")
    return scope.without(("id", actor.reach.sealed_ids("matter")))


def reach_of_asks(actor: Actor) -> Scope:
    """Asks in the actor's wards or of the actor's own, and those put to the actor's agency."""
    scope = actor.reach.by(ward="ward_code", agency="asked_agency")
    pairs = [*scope.any_of]
    if actor.reach.asks:
        pairs.append(("id", actor.reach.asks))
    if actor.user_id is not None and actor.is_staff:
        pairs.append(("party__user_id", frozenset({actor.user_id})))
    scope = replace(scope, any_of=tuple(pairs))
    return scope.without(("matter_id", actor.reach.sealed_ids("matter")))


def reach_of_waiting(actor: Actor) -> Scope:
    """What waits in the actor's wards, and what waits for the actor; staff only."""
    if not actor.is_staff:
        return NO_ROWS
    scope = actor.reach.by(ward="ward_code")
    if not scope.everything:
        own = ("party__user_id", frozenset({actor.user_id}))
        scope = replace(scope, any_of=(*scope.any_of, own))
    return scope.without(("matter_id", actor.reach.sealed_ids("matter")))


def reach_of_own_waiting(actor: Actor) -> Scope:
    """What waits for the actor, and in the wards covered for a colleague; staff only."""
    if not actor.is_staff or actor.user_id is None:
        return NO_ROWS
    pairs: list[tuple[str, frozenset[Any]]] = [("party__user_id", frozenset({actor.user_id}))]
    if actor.reach.covers:
        pairs.append(("ward_code", actor.reach.covers))
    return Scope(any_of=tuple(pairs)).without(("matter_id", actor.reach.sealed_ids("matter")))


def reach_inside(actor: Actor) -> Scope:
    """Matters whose inner side the actor may read: staff only, never a partner."""
    scope = actor.reach.by(ward="ward_code") if actor.is_staff else NO_ROWS
    return scope.without(("id", actor.reach.sealed_ids("matter")))


def may_see_matter(actor: Actor, matter: MatterRow, asked_agencies: Iterable[str]) -> bool:
    """Whether a matter is within reach; the same rule as the lists."""
    row = {
        "id": matter.pk,
        "ward_code": matter.ward_code,
        "asks__asked_agency": frozenset(asked_agencies),
    }
    return reach(actor).covers(row)


def may_see_inside(actor: Actor, matter: MatterRow) -> bool:
    """Owner, next step, plan, checks and inner lines are for the office alone."""
    return reach_inside(actor).covers({"id": matter.pk, "ward_code": matter.ward_code})


def may_see_ask(actor: Actor, ask: AskRow) -> bool:
    """Whether an ask is within reach; the same rule as the lists."""
    row = {
        "id": ask.pk,
        "ward_code": ask.ward_code,
        "asked_agency": ask.asked_agency,
        "matter_id": ask.matter_id,
        "party__user_id": ask.party.user_id,
    }
    return reach_of_asks(actor).covers(row)


def runs(actor: Actor, ward_code: str) -> bool:
    """The director everywhere, and a liaison in the own ward."""
    return actor.has(Role.DIRECTOR) or (
        actor.has(Role.LIAISON) and bool(ward_code) and ward_code in actor.reach.wards
    )


def runs_matter(actor: Actor, matter: MatterRow) -> bool:
    """Whoever runs the ward of a matter that is not closed to them."""
    return runs(actor, matter.ward_code) and not _sealed(actor, matter.pk)


def _runs_ask(actor: Actor, ask: TaskRow) -> bool:
    return runs(actor, ask.ward_code) and not _sealed(actor, ask.matter_id)


def _sealed(actor: Actor, matter_id: int | None) -> bool:
    return matter_id is not None and f"matter:{matter_id}" in actor.reach.sealed


def opens(actor: Actor, ward_code: str) -> bool:
    """Whoever runs the ward, and the office's other staff, who take things in anywhere."""
    return actor.has(Role.STAFF) or runs(actor, ward_code)


def answers(actor: Actor, ask: AskRow) -> bool:
    """A partner of the agency that was asked; the office never answers for an agency."""
    return (
        actor.has(Role.PARTNER)
        and bool(ask.asked_agency)
        and (ask.asked_agency in actor.reach.agencies or ask.pk in actor.reach.asks)
    )


def bearer(ask_id: int, agency: str, holder: str) -> Actor:
    """Whoever holds the link to one ask: answers for its agency, and reaches nothing else."""
    name = f"{agency} by link ({holder})"
    return Actor(
        user_id=None,
        name=name if len(name) <= LONGEST_NAME else f"{agency} by link",
        roles=frozenset({Role.PARTNER}),
        reach=Reach(asks=frozenset({ask_id})),
    )


def may_answer_by_link(actor: Actor, _: Any) -> bool:
    """Whoever holds the link: the token is the power, and it opens one ask alone."""
    return True


def may_add_evidence(actor: Actor, ask: AskRow) -> bool:
    """A partner of the agency that was asked, and whoever runs the ward."""
    return answers(actor, ask) or _runs_ask(actor, ask)


def may_open_matter(actor: Actor, _: Any) -> bool:
    """The director, liaisons and staff open matters; a liaison only in the own ward."""
    return actor.has(Role.DIRECTOR, Role.LIAISON, Role.STAFF)


def may_say_where_it_stands(actor: Actor, matter: MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs_matter(actor, matter)


def may_note_told(actor: Actor, matter: MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs_matter(actor, matter)


def may_note_return(actor: Actor, _: Any) -> bool:
    """Whoever takes a report in, wherever the place is: director, liaisons, staff, the house."""
    return actor.has(Role.SYSTEM, Role.DIRECTOR, Role.LIAISON, Role.STAFF)


def may_restrict(actor: Actor, matter: MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs_matter(actor, matter)


def may_link_matter(actor: Actor, matter: MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs_matter(actor, matter)


def may_merge_matter(actor: Actor, matter: MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs_matter(actor, matter)


def may_refer_matter(actor: Actor, matter: MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs_matter(actor, matter)


def may_write_note(actor: Actor, matter: MatterRow | None) -> bool:
    """Whoever runs the ward, other staff anywhere, and the house; records and audit only read."""
    if matter is None:
        return actor.has(Role.SYSTEM, Role.DIRECTOR, Role.LIAISON, Role.STAFF)
    return actor.has(Role.SYSTEM) or (
        opens(actor, matter.ward_code) and not _sealed(actor, matter.pk)
    )


def may_add_task(actor: Actor, matter: MatterRow | None) -> bool:
    """Staff put things on lists: in their wards, or without a matter; and the house itself."""
    if matter is None:
        return actor.has(Role.SYSTEM, Role.DIRECTOR, Role.LIAISON, Role.STAFF)
    return actor.has(Role.SYSTEM) or (
        opens(actor, matter.ward_code) and not _sealed(actor, matter.pk)
    )


def may_finish_task(actor: Actor, ask: TaskRow) -> bool:
    """Whoever has it on the list; the director; and in its ward whoever runs the ward."""
    return _has_it(actor, ask) or _runs_ask(actor, ask)


def may_run_task(actor: Actor, ask: TaskRow) -> bool:
    """Whoever has it on the list; the director; and in its ward whoever runs the ward."""
    return _has_it(actor, ask) or _runs_ask(actor, ask)


def may_climb_ladder(actor: Actor, _: Any) -> bool:
    """The house itself, by the clock."""
    return actor.has(Role.SYSTEM)


def _has_it(actor: Actor, ask: TaskRow) -> bool:
    return (
        actor.is_staff and actor.user_id is not None and ask.party.user_id == actor.user_id
    ) and not actor.has(Role.AUDITOR)


def may_set_next_step(actor: Actor, matter: MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs_matter(actor, matter)


def may_hand_over(actor: Actor, matter: MatterRow) -> bool:
    """The liaison of the ward, the director, or whoever runs the house from the shell."""
    return actor.has(Role.SYSTEM) or runs_matter(actor, matter)


def may_close_matter(actor: Actor, matter: MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs_matter(actor, matter)


def may_reopen_matter(actor: Actor, matter: MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs_matter(actor, matter)


def may_propose_ask(actor: Actor, matter: MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs_matter(actor, matter)


def may_request_ask(actor: Actor, ask: AskRow) -> bool:
    """The liaison of the ward, or the director."""
    return _runs_ask(actor, ask)


def may_repeat_ask(actor: Actor, ask: AskRow) -> bool:
    """The liaison of the ward, or the director."""
    return _runs_ask(actor, ask)


def may_agree_counter(actor: Actor, ask: AskRow) -> bool:
    """The liaison of the ward, or the director: a date offered is ours to take."""
    return _runs_ask(actor, ask)


def may_withdraw_ask(actor: Actor, ask: AskRow) -> bool:
    """The liaison of the ward, or the director."""
    return _runs_ask(actor, ask)


def may_accept_ask(actor: Actor, ask: AskRow) -> bool:
    """A partner of the agency that was asked."""
    return answers(actor, ask)


def may_decline_ask(actor: Actor, ask: AskRow) -> bool:
    """A partner of the agency that was asked."""
    return answers(actor, ask)


def may_counter_ask(actor: Actor, ask: AskRow) -> bool:
    """A partner of the agency that was asked."""
    return answers(actor, ask)


def may_move_promise(actor: Actor, ask: AskRow) -> bool:
    """A partner of the agency that promised."""
    return answers(actor, ask)


def may_report_done(actor: Actor, ask: AskRow) -> bool:
    """A partner of the agency that promised."""
    return answers(actor, ask)


def may_give_task(actor: Actor, ask: TaskRow) -> bool:
    """Whoever may move it, and the house itself where a colleague takes over."""
    return actor.has(Role.SYSTEM) or may_run_task(actor, ask)


def may_start_handover(actor: Actor, _: Any) -> bool:
    """The director, and the operator at the shell."""
    return actor.has(Role.DIRECTOR, Role.SYSTEM)


def may_set_successor(actor: Actor, handover: HandoverRow) -> bool:
    """The director, the operator, and whoever leaves."""
    return actor.has(Role.DIRECTOR, Role.SYSTEM) or _leaves(actor, handover)


def may_write_handover_note(actor: Actor, handover: HandoverRow) -> bool:
    """Whoever leaves, and the director."""
    return actor.has(Role.DIRECTOR) or _leaves(actor, handover)


def may_accept_items(actor: Actor, _: Any) -> bool:
    """Whoever works here, for what is handed to them alone; and the operator in bulk."""
    return actor.has(Role.DIRECTOR, Role.LIAISON, Role.STAFF, Role.SYSTEM)


def may_send_back_items(actor: Actor, _: Any) -> bool:
    """Whoever works here, for what is handed to them alone."""
    return actor.has(Role.DIRECTOR, Role.LIAISON, Role.STAFF)


def may_finish_handover(actor: Actor, _: Any) -> bool:
    """The director, and the operator at the shell."""
    return actor.has(Role.DIRECTOR, Role.SYSTEM)


def may_call_off_handover(actor: Actor, _: Any) -> bool:
    """The director."""
    return actor.has(Role.DIRECTOR)


def may_hand_over_everything(actor: Actor, _: Any) -> bool:
    """The operator at the shell."""
    return actor.has(Role.SYSTEM)


def may_take_up_left_work(actor: Actor, _: Any) -> bool:
    """The house itself, the morning after a role has ended."""
    return actor.has(Role.SYSTEM)


def may_hold(actor: Actor, needs: str, ward_code: str) -> bool:
    """Whether somebody can look after a live thing that needs this: a ward's, or the office's."""
    if needs == "ward":
        return runs(actor, ward_code)
    if needs == "liaison":
        return actor.has(Role.DIRECTOR, Role.LIAISON)
    return actor.is_staff


def reach_of_handovers(actor: Actor) -> Scope:
    """The director, records and audit see every handover; others those they have a part in."""
    if actor.has(Role.DIRECTOR, Role.RECORDS, Role.AUDITOR, Role.SYSTEM):
        return ALL_ROWS
    if not actor.is_staff or actor.user_id is None:
        return NO_ROWS
    me = frozenset({actor.user_id})
    return Scope(any_of=(("party__user_id", me), ("items__successor__user_id", me)))


def reach_of_items(actor: Actor) -> Scope:
    """The leaver and those who see every handover see all of it, a successor only the own."""
    scope = reach_of_handovers(actor)
    if not scope.everything and scope.any_of:
        me = frozenset({actor.user_id})
        pairs = (("handover__party__user_id", me), ("successor__user_id", me))
        scope = Scope(any_of=pairs)
    return scope.without(("matter_id", actor.reach.sealed_ids("matter")))


def _leaves(actor: Actor, handover: HandoverRow) -> bool:
    return (
        actor.user_id is not None
        and actor.is_staff
        and bool(handover.party.user_id == actor.user_id)
    )
