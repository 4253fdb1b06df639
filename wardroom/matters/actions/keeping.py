"""Opening a matter, moving it on, handing it over, closing it and taking it up again."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localdate

from wardroom.access.actor import Role, Stamp
from wardroom.access.gate import action, hold
from wardroom.access.queries import actor_for
from wardroom.city.models import District, Place
from wardroom.directory.models import Party
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.kernel.text import long_day
from wardroom.ledger.actions import record
from wardroom.matters import facts, policy, rules
from wardroom.matters.actions.sealing import move_seal
from wardroom.matters.actions.waiting import keep_all_waiting, keep_matter_waiting
from wardroom.matters.actions.words import (
    check_seen,
    index_matter,
    matter_words,
    save_matter,
)
from wardroom.matters.models import Matter

SETS_NEXT_STEP = (
    "NextStepSet",
    "NextStepFollowed",
    "MatterOpened",
    "MatterReopened",
    "MergeUndone",
)


@action(policy.may_open_matter)
def open_matter(
    place: Place | None,
    *,
    kind: str,
    title: str,
    owner: Party,
    next_on: date,
    next_step: str = "",
    ward: District | None = None,
    public_text: str = "",
    stamp: Stamp,
) -> Matter:
    """Take something on: the office owns it until it has an outcome.

    What lies in a colleague's ward is opened in the colleague's name.
    Refuses: a kind that is not known; no title; an owner who is not on the staff or has no
    reach there; a next date that is over; a matter kept in a ward that is not one's own.
    Records: `MatterOpened`.
    """
    hold(owner)
    ward_code = ward.code if ward else ""
    own = owner.user_id is not None and owner.user_id == stamp.actor.user_id
    if own and not policy.opens(stamp.actor, ward_code):
        raise NotAllowed("You may keep a matter in your own ward only.")
    rules.kind_of(kind)
    title = check_title(title)
    _check_owner(owner, ward_code, stamp)
    matter, fact = begin_matter(
        place,
        kind=kind,
        title=title,
        owner=owner,
        next_on=next_on,
        next_step=next_step,
        ward=ward,
        public_text=public_text,
        stamp=stamp,
    )
    record(fact, stamp=stamp)
    return matter


def begin_matter(
    place: Place | None,
    *,
    kind: str,
    title: str,
    owner: Party,
    next_on: date,
    next_step: str,
    ward: District | None,
    public_text: str = "",
    stamp: Stamp,
) -> tuple[Matter, facts.MatterOpened]:
    """Write a new matter down, and the fact that the action which calls this is to record.

    Refuses: a next date that is over. Who may open it and who may own it was asked before.
    """
    rules.check_next_date(next_on, today=localdate(stamp.at))
    ward_code = ward.code if ward else ""
    matter = Matter.objects.create(
        kind=kind,
        title=title,
        owner=owner,
        next_on=next_on,
        next_step=rules.check_length(next_step, field="next_step", most=200),
        place=place,
        ward=ward,
        ward_code=ward_code,
        public_text=public_text.strip(),
        opened_at=stamp.at,
    )
    fact = facts.MatterOpened(
        **matter_words(matter),
        matter_kind=kind,
        owner_id=owner.pk,
        owner_name=owner.name,
        next_on=next_on,
        next_step=matter.next_step,
    )
    keep_matter_waiting(matter, new=True, stamp=stamp)
    index_matter(matter, new=True, stamp=stamp)
    return matter, fact


@action(policy.may_set_next_step)
def set_next_step(
    matter: Matter, *, next_on: date, next_step: str, seen: str = "", stamp: Stamp
) -> Matter:
    """Say what comes next on an open matter, and when.

    ``seen`` is the version that the writer had before them. The day and its words are one
    thing: where somebody else saved either since, they are never mixed.
    Refuses: a matter that is closed; a date that is over; `stale`. Records: `NextStepSet`.
    """
    rules.check_move(rules.MATTER_MOVES, matter.state, "set_next_step")
    check_seen(
        matter,
        seen,
        now={"next_on": matter.next_on, "next_step": matter.next_step},
        mine={"next_on": next_on, "next_step": next_step},
        theirs={
            "Next on": long_day(matter.next_on) if matter.next_on else "",
            "Next step": matter.next_step,
        },
        kinds=SETS_NEXT_STEP,
    )
    rules.check_next_date(next_on, today=localdate(stamp.at))
    former_step, former_on = matter.next_step, matter.next_on
    matter.next_on = next_on
    matter.next_step = rules.check_length(next_step, field="next_step", most=200)
    save_matter(matter, "next_on", "next_step")
    fact = facts.NextStepSet(
        **matter_words(matter),
        next_on=next_on,
        next_step=matter.next_step,
        former_step=former_step,
        former_on=former_on,
    )
    record(fact, stamp=stamp)
    keep_matter_waiting(matter, stamp=stamp)
    return matter


@action(policy.may_hand_over)
def hand_over_matter(matter: Matter, *, owner: Party, stamp: Stamp) -> Matter:
    """Give an open matter to another owner; what was promised and seen stays with it.

    A restricted matter is open to its new owner from then on, and to the former no more.
    Refuses: a matter that is closed; an owner who is not on the staff or has no reach there.
    Records: `MatterHandedOver`.
    """
    rules.check_move(rules.MATTER_MOVES, matter.state, "hand_over_matter")
    hold(owner)
    _check_owner(owner, matter.ward_code, stamp)
    former, matter.owner = matter.owner, owner
    save_matter(matter, "owner")
    if matter.restricted:
        move_seal(matter, former=former, owner=owner)
    fact = facts.MatterHandedOver(
        **matter_words(matter),
        former_id=former.pk,
        former_name=former.name,
        owner_id=owner.pk,
        owner_name=owner.name,
    )
    record(fact, stamp=stamp)
    keep_all_waiting(matter, stamp=stamp)
    return matter


@action(policy.may_close_matter)
def close_matter(matter: Matter, *, outcome: str, text: str = "", stamp: Stamp) -> Matter:
    """Close a matter with its outcome; what an agency says never does that by itself.

    Refuses: a matter that is closed; an outcome its kind does not know; asks, to-dos and
    clocks that are still open; an issue of which somebody who reported it was not told.
    Records: `MatterClosed`.
    """
    to = rules.check_move(rules.MATTER_MOVES, matter.state, "close_matter")
    kind = rules.kind_of(matter.kind)
    label = rules.check_outcome(kind, outcome)
    if kind.closed_by_telling and matter.told_at is None:
        raise Refused(
            "not_told", "Tell the people who reported it first: only that closes an issue."
        )
    live = list(matter.asks.filter(state__in=rules.LIVE).values_list("kind", flat=True))
    if live:
        sentence = f"{rules.open_sentence(live)} Finish, withdraw or drop what is open first."
        raise Refused("asks_under_way", sentence)
    matter.state, matter.outcome, matter.closed_at = to, outcome, stamp.at
    save_matter(matter, "state", "outcome", "closed_at")
    fact = facts.MatterClosed(
        **matter_words(matter), outcome=outcome, outcome_label=label, text=text.strip()
    )
    record(fact, stamp=stamp)
    keep_all_waiting(matter, stamp=stamp)
    return matter


@action(policy.may_reopen_matter)
def reopen_matter(
    matter: Matter, *, reason: str, next_on: date, next_step: str = "", stamp: Stamp
) -> Matter:
    """Take a closed matter up again: the trouble came back, or was never gone.

    Refuses: a matter that is open; no reason; a next date that is over.
    Records: `MatterReopened`, with the outcome it had.
    """
    to = rules.check_move(rules.MATTER_MOVES, matter.state, "reopen_matter")
    reason = rules.check_text(
        reason, code="reason_missing", sentence="Say why.", field="reason", most=300
    )
    rules.check_next_date(next_on, today=localdate(stamp.at))
    former = matter.outcome
    if matter.merged_into_id is not None:
        raise Refused("merged", "This was joined to another matter. Undo that first.")
    matter.state, matter.outcome, matter.closed_at, matter.told_at = to, "", None, None
    matter.next_on, matter.reopened_at = next_on, stamp.at
    matter.next_step = rules.check_length(next_step, field="next_step", most=200)
    matter.version += 1
    matter.save()
    fact = facts.MatterReopened(
        **matter_words(matter),
        reason=reason,
        next_on=next_on,
        next_step=matter.next_step,
        former_outcome=former,
    )
    record(fact, stamp=stamp)
    keep_all_waiting(matter, stamp=stamp)
    return matter


def check_title(title: str) -> str:
    """What a matter is called. Refuses: no title."""
    return rules.check_text(
        title, code="title_missing", sentence="Give it a title.", field="title", most=200
    )


def _check_owner(owner: Party, ward_code: str, stamp: Stamp) -> None:
    """Asked of an owner who is held, whoever acts: a stamp is older than the hold."""
    today = localdate(stamp.at)
    actor = actor_for(owner.user, on=today)
    if not actor.has(Role.DIRECTOR, Role.LIAISON):
        raise Refused(
            "owner_not_on_staff",
            f"{owner.name} is not on the staff on {long_day(today)}. Choose a liaison or the "
            "director.",
            field="owner",
        )
    if not policy.runs(actor, ward_code):
        raise Refused(
            "owner_out_of_reach",
            f"{owner.name} does not work in this ward. Choose its liaison or the director.",
            field="owner",
        )
