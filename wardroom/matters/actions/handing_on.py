"""The end of a handover: everything is with others, or the person stays after all."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localdate

from wardroom.access.actor import Role, Stamp
from wardroom.access.gate import action, hold
from wardroom.access.models import Grant
from wardroom.access.queries import actor_for
from wardroom.directory.actions import call_off_cover, end_grant
from wardroom.directory.models import Party
from wardroom.directory.queries import get_liaison_of
from wardroom.kernel.errors import Refused
from wardroom.kernel.facts import Ref
from wardroom.ledger.actions import record
from wardroom.matters import facts, policy, rules
from wardroom.matters.actions.handing_over import (
    accept_items,
    set_successor,
    start_handover,
)
from wardroom.matters.actions.listing import (
    brought_up_to_date,
    handover_words,
    keep_handover_waiting,
)
from wardroom.matters.gateways import gatherers
from wardroom.matters.models import Handover


@action(policy.may_finish_handover)
def finish_handover(handover: Handover, *, stamp: Stamp) -> Handover:
    """Say that everything is with others; the roles end on the last day, and the seats too.

    The sign-in itself stays open until it is closed by hand. What the house began for somebody
    who still works here ends no role. Refuses: a handover that is
    over; anything that is neither accepted nor overtaken; a last day still to come, except
    from the operator; the last director. Records: `HandoverFinished`, `GrantEnded`.
    """
    today = localdate(stamp.at)
    to = rules.check_handover_move(handover.state, "finish_handover")
    hold(handover.party)
    brought_up_to_date(handover, stamp=stamp)
    _check_all_settled(handover, operator=stamp.actor.has(Role.SYSTEM))
    if handover.last_on > today and not stamp.actor.has(Role.SYSTEM):
        raise Refused(
            "too_early",
            f"{handover.party.name} works here until {handover.last_on:%B %-d, %Y}. Finish on "
            "that day, when nothing new can come.",
        )
    handover.state, handover.ended_at, handover.ended_by = to, stamp.at, stamp.actor.name
    handover.save(update_fields=["state", "ended_at", "ended_by"])
    fact = facts.HandoverFinished(
        **handover_words(handover), last_on=handover.last_on, only_left=handover.only_left
    )
    record(fact, stamp=stamp)
    if not _stays(handover, today):
        for grant in _roles_to_end(handover):
            end_grant(grant, until_on=handover.last_on, stamp=stamp)
        for cover in _covers_to_come(handover, today):
            call_off_cover(cover, stamp=stamp)
    keep_handover_waiting(handover, stamp=stamp)
    return handover


@action(policy.may_call_off_handover)
def call_off_handover(handover: Handover, *, reason: str, stamp: Stamp) -> Handover:
    """Call a handover off: the person stays, and what was accepted stays where it is now.

    Refuses: a handover that is over; no reason. Records: `HandoverCalledOff`.
    """
    to = rules.check_handover_move(handover.state, "call_off_handover")
    reason = rules.check_reason(reason)
    handover.state, handover.ended_at, handover.ended_by = to, stamp.at, stamp.actor.name
    handover.save(update_fields=["state", "ended_at", "ended_by"])
    record(facts.HandoverCalledOff(**handover_words(handover), reason=reason), stamp=stamp)
    keep_handover_waiting(handover, stamp=stamp)
    return handover


@action(policy.may_hand_over_everything)
def hand_over_everything(
    party: Party, *, successor: Party | None = None, last_on: date, stamp: Stamp
) -> tuple[tuple[str, str], ...]:
    """Hand over all of somebody's at once and end the roles, on the operator's word alone.

    What is in a ward goes to whoever holds its seat, unless a successor is named. Seats stay
    vacant and covers end where nobody holds them. Gives each thing with who has it now.
    Refuses: things that nobody could take; what `start_handover`, `set_successor` and
    `finish_handover` refuse. Records: all that these record, as the operator's.
    """
    handover = start_handover(
        party, why="Ended by the operator at the shell", last_on=last_on, stamp=stamp
    )
    rows = handover.items.exclude(kind__in=_ending_by_themselves())
    to: dict[int, tuple[Party, list[Ref]]] = {}
    for item in rows.order_by("pk"):
        taker = successor or get_liaison_of(item.ward_code, on=localdate(stamp.at))
        if taker is None or taker.pk == party.pk:
            raise Refused(
                "has_live_work",
                f"{party.name} has {item.title}. Add who takes over the ward first, or name "
                "somebody with --hand-to.",
                field="hand_to",
            )
        to.setdefault(taker.pk, (taker, []))[1].append(Ref(item.noun, item.key))
    for taker, things in to.values():
        set_successor(handover, successor=taker, things=things, stamp=stamp)
    proposed = handover.items.filter(state="proposed").order_by("pk")
    accept_items(handover, items=list(proposed.values_list("pk", flat=True)), stamp=stamp)
    finish_handover(handover, stamp=stamp)
    done = handover.items.filter(state="accepted").select_related("successor").order_by("pk")
    return tuple((item.title, item.successor.name) for item in done if item.successor)


def _check_all_settled(handover: Handover, *, operator: bool) -> None:
    """Seats and covers end with the roles: at the shell nobody is asked to take them."""
    open_ = handover.items.exclude(state__in=rules.SETTLED)
    if operator:
        open_.filter(kind__in=_ending_by_themselves()).update(state="overtaken")
    left = open_.count()
    if left:
        many = "thing is" if left == 1 else "things are"
        raise Refused(
            "not_settled",
            f"{left} {many} not accepted yet. Each has to be taken over, or closed, before the "
            "handover is finished.",
        )


def _ending_by_themselves() -> list[str]:
    return [gatherer.kind for gatherer in gatherers() if not gatherer.blocks]


def _stays(handover: Handover, today: date) -> bool:
    """Whether the house began this for somebody whose role has ended, but not the last one."""
    return handover.only_left and bool(actor_for(handover.party.user, on=today).roles)


def _roles_to_end(handover: Handover) -> list[Grant]:
    rows = Grant.objects.filter(user=handover.party.user_id, valid_from__lte=handover.last_on)
    rows = rows.exclude(valid_until__lte=handover.last_on)
    if handover.ward_code:
        rows = rows.filter(role=Role.LIAISON.value, ward_code=handover.ward_code)
    return list(rows.order_by("pk"))


def _covers_to_come(handover: Handover, today: date) -> list[Grant]:
    """What nobody took over and has not begun, of somebody who goes altogether."""
    rows = Grant.objects.filter(user=handover.party.user_id, cover=True)
    rows = rows.filter(valid_from__gt=max(handover.last_on, today))
    return [] if handover.ward_code else list(rows.order_by("pk"))
