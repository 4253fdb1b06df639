"""New boundaries in force: subscribers go with their address, are told once, and can be moved back.

Nobody who named a district is put into another one: they are told what became of it, and
choose.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.city.models import BoundarySet, District
from wardroom.city.queries import What, get_districts_at, what_became_of
from wardroom.engagement import facts, policy
from wardroom.engagement.actions.links import queue_news, standing_link
from wardroom.engagement.models import AreaMove, Subscription
from wardroom.engagement.queries.consenting import hindrances
from wardroom.engagement.queries.wards import ward_of_wish
from wardroom.engagement.rules.boundaries import (
    GONE,
    LOST,
    effect_of,
    is_told,
    moved_mail,
)
from wardroom.engagement.rules.subscriptions import MINE
from wardroom.engagement.rules.tongues import tongue_of
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.rules import check_text


@dataclass(frozen=True)
class Fate:
    """Where a subscription goes, and what became of the district it had."""

    effect: str
    after: District | None
    what: What


@action(policy.may_send_news)
def move_subscription(
    subscription: Subscription, *, boundary_set: BoundarySet, stamp: Stamp
) -> AreaMove:
    """Let a subscription follow the boundaries that came into force, and tell its owner once.

    Refuses: `already_moved` with these boundaries; `not_in_force` before their day or where
    it follows them already. Records: `SubscriberMoved`.
    """
    today, before = localdate(stamp.at), subscription.district
    if subscription.moves.filter(boundary_set=boundary_set).exists():
        raise Refused("already_moved", "They were moved with these boundaries before.")
    if before is None or boundary_set.valid_from > today or before.boundary_set == boundary_set:
        raise Refused("not_in_force", "These boundaries do not move this subscription.")
    fate = _fate(subscription, before, boundary_set, today)
    move: AreaMove = AreaMove.objects.create(
        subscription=subscription,
        boundary_set=boundary_set,
        effect=fate.effect,
        before=before,
        after=fate.after,
        became=list(fate.what.became),
        moved_at=stamp.at,
    )
    if fate.after is not None:
        subscription.district = fate.after
    subscription.ward_code = ward_of_wish(subscription, today) or subscription.ward_code
    subscription.lost_at = stamp.at if fate.effect in (GONE, LOST) else None
    subscription.save(update_fields=["district", "ward_code", "lost_at"])
    entry = record(
        facts.SubscriberMoved(
            **_about(subscription),
            move=move.pk,
            effect=fate.effect,
            before=before.name,
            after=fate.after.name if fate.after else "",
            valid_from=boundary_set.valid_from,
        ),
        stamp=stamp,
    )
    if is_told(subscription.area, fate.effect, changed=fate.what.changed):
        _tell(move, entry_id=entry.pk, stamp=stamp)
    return move


@action(policy.may_send_news)
def follow_ward(subscription: Subscription, *, stamp: Stamp) -> Subscription:
    """Let an area count for the ward in which it lies since new wards came into force.

    What its owner gets does not change by this, so nobody is written to. Refuses:
    `not_in_force` where it lies in the same ward. Records: `SubscriberChangedWard`.
    """
    ward = ward_of_wish(subscription, localdate(stamp.at))
    if ward in ("", subscription.ward_code):
        raise Refused("not_in_force", "It lies in the same ward.")
    before, subscription.ward_code = subscription.ward_code, ward
    subscription.save(update_fields=["ward_code"])
    record(facts.SubscriberChangedWard(**_about(subscription), before=before), stamp=stamp)
    return subscription


@action(policy.may_undo_moves)
def undo_moves(boundary_set: BoundarySet, *, reason: str, stamp: Stamp) -> int:
    """Move everybody back whom these boundaries moved, because they were wrong, and tell them.

    Who chose another area since, or stopped, is left alone. Refuses: no reason;
    `nothing_moved`. Records: `SubscriberMovedBack` for each, and `MovesUndone`.
    """
    reason = check_text(
        reason, code="reason_missing", sentence="Say what was wrong.", field="reason", most=200
    )
    moves = AreaMove.objects.filter(boundary_set=boundary_set, undone_at=None)
    related = ("subscription__subscriber", "before", "after")
    rows = list(moves.select_related(*related).order_by("pk"))
    if not rows:
        raise Refused("nothing_moved", "Nobody is moved by these boundaries now.")
    back = sum(_move_back(move, stamp) for move in rows)
    fact = facts.MovesUndone(
        boundary_kind=boundary_set.kind,
        valid_from=boundary_set.valid_from,
        subscribers=back,
        reason=reason,
    )
    record(fact, stamp=stamp)
    return back


def _fate(row: Subscription, before: District, boundary_set: BoundarySet, on: date) -> Fate:
    what = what_became_of(before, boundary_set)
    after = what.same
    if row.area == MINE:
        assert row.latitude is not None
        assert row.longitude is not None
        after = get_districts_at(row.latitude, row.longitude, on).get(row.kind)
    code = after.code if after is not None else None
    return Fate(effect_of(row.area, before.code, code), after, what)


def _about(row: Subscription) -> dict[str, Any]:
    return {
        "subscriber": row.subscriber_id,
        "party_id": row.subscriber.party_id,
        "ward_code": row.ward_code,
    }


def _tell(move: AreaMove, *, entry_id: int, stamp: Stamp) -> None:
    row, one = move.subscription, move.subscription.subscriber
    if hindrances([one])[one.pk] or row.confirmed_at is None or row.ended_at is not None:
        return
    mail = moved_mail(
        tongue_of(one.language),
        effect=move.effect,
        kind=row.kind,
        before=move.before.code,
        after=move.after.code if move.after else "",
        became=move.became,
        valid_from=move.boundary_set.valid_from,
        asked_on=localdate(row.confirmed_at),
        link=standing_link(one, stamp=stamp),
    )
    key = f"area-move:{row.pk}:{move.boundary_set_id}"
    move.message = queue_news(one, mail, entry_id=entry_id, key=key, stamp=stamp)
    move.save(update_fields=["message"])


def _move_back(move: AreaMove, stamp: Stamp) -> bool:
    row = move.subscription
    now = move.after_id or move.before_id
    if row.ended_at is not None or row.district_id != now:
        return False
    move.undone_at, move.undone_by = stamp.at, stamp.actor.name[:120]
    move.save(update_fields=["undone_at", "undone_by"])
    row.district, row.lost_at = move.before, None
    row.ward_code = ward_of_wish(row, localdate(stamp.at)) or row.ward_code
    row.save(update_fields=["district", "ward_code", "lost_at"])
    fact = facts.SubscriberMovedBack(**_about(row), move=move.pk, before=move.before.name)
    record(fact, stamp=stamp)
    return True
