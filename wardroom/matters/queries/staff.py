"""Who works here, with how much live work, and whether it is being handed over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wardroom.access.actor import Actor
from wardroom.directory.queries import StaffPage, StaffRow, staff_member, staff_page
from wardroom.kernel.facts import Ref
from wardroom.ledger.queries import TimelinePage, timeline
from wardroom.matters import policy
from wardroom.matters.gateways import gatherers
from wardroom.matters.models import Handover
from wardroom.matters.queries.handovers import HandoverHead, handover_head
from wardroom.matters.queries.live import live_counts


@dataclass(frozen=True)
class WorkRow:
    """Somebody who signs in, how much live work is theirs, and whether they hand it over.

    ``live`` counts restricted things too, so only who arranges handovers is told.
    """

    person: StaffRow
    live: int | None
    handover: int | None


@dataclass(frozen=True)
class StaffList:
    """A page of who works here, and what this person may do about it."""

    people: StaffPage
    rows: tuple[WorkRow, ...]
    allowed: frozenset[str]


@dataclass(frozen=True)
class StaffFile:
    """One person of the staff: roles, live work by kind, handovers so far."""

    person: StaffRow
    live: tuple[tuple[str, int], ...]
    total: int
    handovers: tuple[HandoverHead, ...]
    running: int | None
    timeline: TimelinePage
    allowed: frozenset[str]


def staff_list(
    actor: Actor, *, on: date, group: str = "office", ward: str = "", page: int = 1
) -> StaffList:
    """Who works here, with the live work of each; the office alone reads it."""
    people = staff_page(actor, on=on, group=group, ward=ward, page=page)
    ids = [row.party_id for row in people.rows]
    live = live_counts(ids, on=on) if policy.may_start_handover(actor, None) else {}
    running = Handover.objects.within(policy.reach_of_handovers(actor))
    under_way = dict(
        running.filter(party__in=ids, state="running").order_by("pk").values_list("party", "pk")
    )
    rows = tuple(WorkRow(p, live.get(p.party_id), under_way.get(p.party_id)) for p in people.rows)
    return StaffList(people, rows, _staff_allowed(actor))


def staff_file(party_id: int, actor: Actor, *, on: date) -> StaffFile:
    """One of those who sign in; `NotFound` for whoever may not see the staff."""
    person = staff_member(party_id, actor, on=on)
    counted = gatherers() if policy.may_start_handover(actor, None) else ()
    live = tuple((g.many, g.count([party_id], on).get(party_id, 0)) for g in counted)
    rows = Handover.objects.within(policy.reach_of_handovers(actor)).filter(party=party_id)
    heads = tuple(handover_head(row) for row in rows.select_related("party").order_by("-pk"))
    running = next((head.id for head in heads if head.state == "running"), None)
    return StaffFile(
        person=person,
        live=tuple((label, number) for label, number in live if number),
        total=sum(number for _, number in live),
        handovers=heads,
        running=running,
        timeline=timeline(actor, refs=[Ref("party", str(party_id))]),
        allowed=_staff_allowed(actor),
    )


def _staff_allowed(actor: Actor) -> frozenset[str]:
    if not policy.may_start_handover(actor, None):
        return frozenset()
    moves = {"invite_person", "end_grant", "cover_ward", "start_handover", "deactivate_user"}
    return frozenset(moves | {"reactivate_user", "send_sign_in_link", "reset_factors"})
