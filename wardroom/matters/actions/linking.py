"""Joining matters that are one trouble, taking that back, and links between others."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.actions import record
from wardroom.matters import facts, policy, rules
from wardroom.matters.actions.waiting import keep_all_waiting
from wardroom.matters.actions.words import check_there, index_ask, matter_words, save_matter
from wardroom.matters.models import Ask, Matter, MatterLink


@action(policy.may_link_matter)
def link_matters(matter: Matter, *, other: Matter, kind: str, stamp: Stamp) -> MatterLink:
    """Say that two matters have to do with each other.

    Refuses: a matter with itself; a kind of link that is not known; a link that exists;
    one that was destroyed.
    Records: `MattersLinked`, on both.
    """
    if other.pk == matter.pk:
        raise Refused("same_matter", "That is the same matter.", field="other")
    other.refresh_from_db(fields=["destroyed_at"])
    check_there(other)
    return put_link(matter, other, kind, stamp=stamp)


@action(policy.may_link_matter)
def end_link(matter: Matter, *, link_id: int, stamp: Stamp) -> MatterLink:
    """Take a link between two matters back.

    Refuses: a link that has ended. Records: `LinkEnded`, on both.
    """
    link = MatterLink.objects.filter(pk=link_id, of=matter).select_related("to").first()
    if link is None:
        raise NotFound(f"no link {link_id}")
    if link.ended_at is not None:
        raise Refused("already_ended", "This link has already been taken back.")
    link.ended_at = stamp.at
    link.save(update_fields=["ended_at"])
    fact = facts.LinkEnded(
        **matter_words(matter), other_id=link.to_id, other_title=link.to.title, link=link.kind
    )
    record(fact, stamp=stamp)
    return link


@action(policy.may_merge_matter)
def merge_matter(matter: Matter, *, into: Matter, stamp: Stamp) -> Matter:
    """Join a matter to another of which it is the same trouble; it can be taken back for ever.

    Its asks go on under the other one, with their dates and promises as they were.
    Refuses: a matter that is closed, or another kind, or itself; a target that is closed or
    was joined to another, or is not theirs to run. Records: `MatterMerged`, on both.
    """
    to = rules.check_move(rules.MATTER_MOVES, matter.state, "merge_matter")
    target = Matter.objects.select_for_update(of=("self",), no_key=True).get(pk=into.pk)
    if target.pk == matter.pk:
        raise Refused("same_matter", "That is the same matter.", field="into")
    if not policy.runs_matter(stamp.actor, target):
        raise NotAllowed("You may not join it to that one.")
    if target.kind != matter.kind:
        raise Refused("other_kind", "Only two of one kind can be joined.", field="into")
    if target.state != "open":
        raise Refused("target_closed", f"{target.title} is closed. Open it first.", field="into")
    moved = tuple(
        matter.asks.filter(state__in=rules.LIVE).order_by("pk").values_list("pk", flat=True)
    )
    Ask.objects.filter(pk__in=moved).update(matter=target, ward_code=target.ward_code)
    matter.state, matter.outcome, matter.closed_at = to, "duplicate", stamp.at
    matter.merged_into = target
    save_matter(matter, "state", "outcome", "closed_at", "merged_into")
    fact = facts.MatterMerged(
        **matter_words(matter), other_id=target.pk, other_title=target.title, moved_asks=moved
    )
    record(fact, stamp=stamp)
    _find_asks_again(moved, stamp=stamp)
    keep_all_waiting(matter, stamp=stamp)
    keep_all_waiting(target, stamp=stamp)
    return matter


@action(policy.may_merge_matter)
def undo_merge(matter: Matter, *, reason: str, asks: tuple[int, ...], stamp: Stamp) -> Matter:
    """Let a matter that was joined to another stand for itself again.

    ``asks`` are those that went over with it; each comes back as it is now.
    Refuses: a matter that was not joined; no reason. Records: `MergeUndone`, on both.
    """
    to = rules.check_move(rules.MATTER_MOVES, matter.state, "undo_merge")
    target = matter.merged_into
    if target is None:
        raise Refused("not_merged", "This was not joined to another matter.")
    reason = rules.check_text(
        reason, code="reason_missing", sentence="Say why.", field="reason", most=300
    )
    Ask.objects.filter(pk__in=asks, matter=target).update(matter=matter, ward_code=matter.ward_code)
    matter.state, matter.outcome, matter.closed_at, matter.merged_into = to, "", None, None
    today = localdate(stamp.at)
    matter.next_on = max(matter.next_on or today, today)
    matter.reopened_at = stamp.at
    save_matter(matter, "state", "outcome", "closed_at", "merged_into", "next_on", "reopened_at")
    fact = facts.MergeUndone(
        **matter_words(matter), other_id=target.pk, other_title=target.title, reason=reason
    )
    record(fact, stamp=stamp)
    _find_asks_again(asks, stamp=stamp)
    keep_all_waiting(matter, stamp=stamp)
    keep_all_waiting(target, stamp=stamp)
    return matter


def _find_asks_again(asks: Iterable[int], *, stamp: Stamp) -> None:
    """Asks that went to another matter are found by those who see that one."""
    rows = Ask.objects.filter(pk__in=list(asks), kind=rules.REFERRAL).select_related("party")
    for ask in rows.order_by("pk"):
        index_ask(ask, stamp=stamp)


def put_link(matter: Matter, other: Matter, kind: str, *, stamp: Stamp) -> MatterLink:
    """Write a link between two matters down; part of an action that found it.

    Refuses: a kind of link that is not known; a link that exists.
    """
    label = rules.check_link(kind)
    if MatterLink.objects.filter(of=matter, to=other, kind=kind, ended_at=None).exists():
        raise Refused("already_linked", "These two are linked already.", field="other")
    link = MatterLink.objects.create(
        of=matter, to=other, kind=kind, made_at=stamp.at, made_by=stamp.actor.name
    )
    fact = facts.MattersLinked(
        **matter_words(matter), other_id=other.pk, other_title=other.title, link=kind, label=label
    )
    record(fact, stamp=stamp)
    return link
