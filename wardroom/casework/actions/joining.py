"""Several complaints of one trouble: joined, parted again a month later, or split off."""

from __future__ import annotations

from django.utils.timezone import localdate

from wardroom.access.actor import Actor, Stamp
from wardroom.access.gate import action
from wardroom.casework import facts, policy
from wardroom.casework.actions.ending import settle_public_end
from wardroom.casework.actions.hearing import move_words_waiting
from wardroom.casework.actions.telling import forget_telling
from wardroom.casework.actions.wording import complaint_words
from wardroom.casework.models import Complaint, ComplaintMove, Issue
from wardroom.casework.queries.details import get_split_link
from wardroom.kernel.errors import NotFound, Refused
from wardroom.ledger.actions import record
from wardroom.ledger.models import Entry
from wardroom.matters import policy as matters_policy
from wardroom.matters.actions import end_link, merge_matter, open_matter, undo_merge
from wardroom.matters.actions.linking import put_link
from wardroom.matters.actions.words import matter_words
from wardroom.matters.models import Matter
from wardroom.matters.rules import DECIDE, check_text


@action(policy.may_join_issues)
def join_issues(matter: Matter, *, into: Matter, stamp: Stamp) -> Matter:
    """Join an issue to another of the same trouble; each complaint keeps its own thread.

    Everybody who reported either is told when the other closes. It can be taken back for
    ever. Refuses: what `merge_matter` refuses. Records: `ComplaintMoved` for each complaint,
    `MatterMerged`.
    """
    moving = list(matter.complaints.select_related("reporter").order_by("pk"))
    merged = merge_matter(matter, into=into, stamp=stamp)
    target = merged.merged_into
    if target is None:
        raise LookupError("a merged matter has a target")
    for complaint in moving:
        move_complaint(complaint, target, stamp)
    move_words_waiting(merged, target, stamp=stamp)
    settle_public_end(target, stamp=stamp)
    return merged


@action(policy.may_join_issues)
def part_issues(matter: Matter, *, reason: str, stamp: Stamp) -> Matter:
    """Let an issue that was joined to another stand for itself again, with its own complaints.

    Its asks come back as they are now; what was asked since stays with the other. Whoever was
    told what became of the other is told again what became of this one.
    Refuses: an issue that was not joined; no reason. Records: `MergeUndone`, and
    `ComplaintMoved` for each complaint that comes back.
    """
    target = matter.merged_into
    parted = undo_merge(matter, reason=reason, asks=_asks_moved(matter), stamp=stamp)
    moves = ComplaintMove.objects.filter(former=matter, now=target, undone_at=None)
    for move in moves.select_related("complaint__reporter").order_by("pk"):
        if move.complaint.matter_id == (target.pk if target else None):
            move.undone_at = stamp.at
            move.save(update_fields=["undone_at"])
            if move.complaint.told_at is not None and move.complaint.told_at >= move.moved_at:
                forget_telling(
                    move.complaint, keep_words=False
                )  # those words were about the other trouble
            _put(move.complaint, parted, undone=True, stamp=stamp)
    settle_public_end(parted, stamp=stamp)
    return parted


@action(policy.may_split_issue)
def split_complaint(matter: Matter, *, complaint_id: int, title: str, stamp: Stamp) -> Matter:
    """Make a complaint that is another trouble an issue of its own.

    Refuses: a complaint that is not of this issue; the only complaint of it; an issue that is
    closed. Records: `MatterOpened`, `MattersLinked`, `ComplaintMoved`.
    """
    if matter.state != "open":
        raise Refused("wrong_state", "This is closed. Open it again before splitting it.")
    complaint = matter.complaints.select_related("reporter").filter(pk=complaint_id).first()
    if complaint is None:
        raise NotFound(f"no complaint {complaint_id}")
    if matter.complaints.count() == 1:
        raise Refused("only_one", "This is its only complaint: there is nothing to split off.")
    today = localdate(stamp.at)
    made = open_matter(
        matter.place,
        kind="issue",
        title=title,
        owner=matter.owner,
        next_on=max(matter.next_on or today, today),
        next_step=DECIDE,
        ward=matter.ward,
        stamp=stamp,
    )
    old = Issue.objects.get(matter=matter)
    Issue.objects.create(
        matter=made,
        topic=old.topic,
        ground_owner=old.ground_owner,
        ground_name=old.ground_name,
        ground_kind=old.ground_kind,
        first_reported_at=complaint.received_at,
    )
    put_link(made, matter, "split", stamp=stamp)
    move_complaint(complaint, made, stamp)
    return made


@action(policy.may_split_issue)
def undo_split(matter: Matter, *, reason: str, stamp: Stamp) -> Matter:
    """Take a splitting back: the complaint returns to the issue that it was split from.

    What was asked and reported since goes along, as in any joining.
    Refuses: an issue that was not split off; no reason; what `join_issues` refuses.
    Records: `SplitUndone`, `LinkEnded`, and what `join_issues` records.
    """
    reason = check_text(
        reason, code="reason_missing", sentence="Say why.", field="reason", most=300
    )
    link = get_split_link(matter)
    if link is None:
        raise Refused("not_split", "This was not split off from another issue.")
    target = issue_to_join(link.to_id, stamp.actor)
    fact = facts.SplitUndone(
        **matter_words(matter), other_id=target.pk, other_title=target.title, reason=reason
    )
    record(fact, stamp=stamp)
    end_link(matter, link_id=link.pk, stamp=stamp)
    return join_issues(matter, into=target, stamp=stamp)


def issue_to_join(number: int, actor: Actor) -> Matter:
    """The issue that another is to join, as far as the actor sees; what is sealed is not there.

    Refuses: an issue that is out of reach, or is none.
    """
    seen = Matter.objects.within(matters_policy.reach_inside(actor)).filter(
        kind="issue", destroyed_at=None
    )
    matter: Matter | None = seen.filter(pk=number).first()
    if matter is None:
        sentence = f"There is no issue W-{number} that you can see."
        raise Refused("no_such_matter", sentence, field="into")
    return matter


def move_complaint(complaint: Complaint, to: Matter, stamp: Stamp) -> None:
    """Put a complaint to another issue, inside an action, so that it can be found back."""
    ComplaintMove.objects.create(
        complaint=complaint, former=complaint.matter, now=to, moved_at=stamp.at
    )
    _put(complaint, to, undone=False, stamp=stamp)


def _put(complaint: Complaint, to: Matter, *, undone: bool, stamp: Stamp) -> None:
    former, complaint.matter = complaint.matter, to
    complaint.save(update_fields=["matter"])
    fact = facts.ComplaintMoved(
        **complaint_words(complaint),
        former_id=former.pk,
        former_title=former.title,
        undone=undone,
    )
    record(fact, stamp=stamp)


def _asks_moved(matter: Matter) -> tuple[int, ...]:
    """The asks that went over when this matter was joined last, as the ledger has it."""
    lines = Entry.objects.filter(kind="MatterMerged", matter_key=str(matter.pk))
    body = lines.order_by("-pk").values_list("body", flat=True).first()
    return tuple(body["moved_asks"]) if body else ()
