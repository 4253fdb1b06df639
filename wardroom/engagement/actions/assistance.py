"""Helping a group to do more by itself: opened, worked through session by session, and ended."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.calendar.actions import EventDraft, plan_event
from wardroom.calendar.models import Event
from wardroom.city.models import District
from wardroom.directory.models import Party
from wardroom.engagement import facts, policy
from wardroom.engagement.actions.drafts import AssistanceDraft, SessionDraft
from wardroom.engagement.models import Assistance, AssistanceLine
from wardroom.engagement.rules import assistance as rules
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.actions import close_matter, open_matter, restrict_matter
from wardroom.matters.actions.words import matter_words
from wardroom.matters.models import Matter
from wardroom.matters.rules import check_text


@action(policy.may_open_assistance)
def open_assistance(
    party: Party | None,
    *,
    draft: AssistanceDraft,
    owner: Party,
    next_on: date,
    ward: District | None,
    stamp: Stamp,
) -> Assistance:
    """Take on to help a group, or both sides of a dispute; a mediation is confidential at once.

    ``party`` is the organization where the office knows it.
    Refuses: a kind that is none; nobody named; no goal; a donation without its giver or gift;
    what `open_matter` refuses. Records: `MatterOpened`, `AssistanceOpened`, and
    `MatterRestricted` for a mediation.
    """
    kind = rules.check_kind_of_assistance(draft.kind)
    whom = party.name if party is not None else rules.check_for_whom(draft.for_whom)
    goal = rules.check_goal(draft.goal)
    giver, gift, approval = rules.check_gift(
        kind, giver=draft.giver, gift=draft.gift, approval=draft.approval
    )
    matter = open_matter(
        None,
        kind=kind,
        title=f"{rules.ASSISTANCE_KINDS[kind]}: {whom}"[:200],
        owner=owner,
        next_on=next_on,
        next_step=draft.next_step,
        ward=ward,
        stamp=stamp,
    )
    made: Assistance = Assistance.objects.create(
        matter=matter,
        party=party,
        for_whom=whom,
        goal=goal,
        giver=giver,
        gift=gift,
        approval=approval,
    )
    if kind == rules.MEDIATION:
        made.matter = restrict_matter(
            matter, readers=[owner], reason=rules.MEDIATION_SEAL, stamp=stamp
        )
    record(_opened(made), stamp=stamp)
    return made


def _opened(made: Assistance) -> facts.AssistanceOpened:
    """What is told of new help; whom a mediation is about is not."""
    kind = made.matter.kind
    return facts.AssistanceOpened(
        **matter_words(made.matter),
        kind_label=rules.ASSISTANCE_KINDS[kind],
        for_whom=made.for_whom,
        goal=made.goal,
        party_id=made.party_id if kind != rules.MEDIATION else None,
    )


@action(policy.may_carry_assistance)
def approve_gift(matter: Matter, *, approval: str, stamp: Stamp) -> Assistance:
    """Note who approved a donation in kind, and where that is written.

    Refuses: what is no donation; nothing said; one that was approved; one that is over.
    Records: `GiftApproved`.
    """
    row = _open(matter)
    if matter.kind != rules.DONATION:
        raise Refused("not_a_donation", "Only a donation in kind is approved like this.")
    if row.approval:
        raise Refused("already_approved", f"It was approved already: {row.approval}")
    row.approval = rules.check_approval(approval)
    row.save(update_fields=["approval"])
    record(facts.GiftApproved(**matter_words(matter), approval=row.approval), stamp=stamp)
    return row


@action(policy.may_carry_assistance)
def add_need(matter: Matter, *, kind: str, text: str, stamp: Stamp) -> AssistanceLine:
    """Write down one thing that they need, or one thing that is to be handed over.

    Refuses: a kind of line that is none; no words; help that is over.
    Records: `AssistanceLineAdded`.
    """
    row, text = _open(matter), rules.check_need(kind, text)
    line: AssistanceLine = AssistanceLine.objects.create(
        assistance=row, kind=kind, text=text, added_at=stamp.at, added_by=stamp.actor.name
    )
    fact = facts.AssistanceLineAdded(**matter_words(matter), line_kind=rules.LINES[kind], text=text)
    record(fact, stamp=stamp)
    return line


@action(policy.may_tick_line)
def meet_need(line: AssistanceLine, *, done_words: str, stamp: Stamp) -> AssistanceLine:
    """Say that a need was met, or that something was handed over, and what shows it.

    Refuses: one that was done; nothing that shows it; help that is over.
    Records: `AssistanceLineDone`.
    """
    _open(line.matter)
    if line.done_on is not None:
        raise Refused("already_done", "This was done already.")
    line.done_words = check_text(
        done_words,
        code="evidence_missing",
        sentence="Say what shows it, such as: the by-laws were filed.",
        field="done_words",
        most=300,
    )
    line.done_on = localdate(stamp.at)
    line.save(update_fields=["done_words", "done_on"])
    fact = facts.AssistanceLineDone(
        **matter_words(line.matter), text=line.text, done_words=line.done_words
    )
    record(fact, stamp=stamp)
    return line


@action(policy.may_carry_assistance)
def plan_session(matter: Matter, *, draft: SessionDraft, stamp: Stamp) -> Event:
    """Put a session into the calendar; once it was held, its hours count by who came.

    Refuses: a donation, which has none; help that is over; what `plan_event` refuses.
    Records: `EventPlanned`.
    """
    _open(matter)
    if matter.kind not in rules.SESSIONS:
        raise Refused("no_sessions", "A donation has no sessions.")
    event = EventDraft(
        kind=rules.SESSIONS[matter.kind],
        title=draft.title.strip() or matter.title,
        starts_at=draft.starts_at,
        ends_at=draft.ends_at,
        place_text=draft.place_text,
        ward_code=matter.ward_code,
        matter=matter,
    )
    return plan_event(event, stamp=stamp)


@action(policy.may_carry_assistance)
def end_assistance(matter: Matter, *, outcome: str, text: str, stamp: Stamp) -> Matter:
    """Say what came of the help: each kind has outcomes of its own.

    Refuses: help that is over; an outcome that is none; no words; a gift in use that nobody
    approved; asks still open. Records: `MatterClosed`.
    """
    row = _open(matter)
    words = check_text(
        text, code="text_missing", sentence="Say what came of it.", field="text", most=500
    )
    if outcome == "received" and not row.approval:
        raise Refused("approval_missing", "Note first who approved the gift.", field="outcome")
    return close_matter(matter, outcome=outcome, text=words, stamp=stamp)


def _open(matter: Matter) -> Assistance:
    if matter.state != "open":
        raise Refused("wrong_state", "This is over.")
    row: Assistance = Assistance.objects.select_related("party").get(matter=matter)
    return row
