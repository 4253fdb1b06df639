"""A group's plan: taken in, approved or returned by the director, and looked at on set days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.city.models import District
from wardroom.directory.models import Party
from wardroom.directory.queries import get_directors
from wardroom.engagement import facts, policy
from wardroom.engagement.models import Group, GroupPlan, PlanLook, PlanWording
from wardroom.engagement.rules import group_plans as rules
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.actions import close_matter, open_matter, set_next_step
from wardroom.matters.actions.waiting import wait_for
from wardroom.matters.actions.words import matter_words
from wardroom.matters.models import Matter
from wardroom.matters.rules import check_length, check_text, plan_waits

NOUN = "group_plan"


@action(policy.may_submit_plan)
def submit_plan(
    group: Group,
    *,
    title: str,
    text: str,
    owner: Party,
    next_on: date,
    ward: District | None,
    stamp: Stamp,
) -> GroupPlan:
    """Take in a plan that a group made for itself; the director approves it or returns it.

    Refuses: no words; what `open_matter` refuses. Records: `MatterOpened` and `PlanSubmitted`.
    """
    text = rules.check_plan_text(text)
    matter = open_matter(
        None,
        kind=rules.GROUP_PLAN,
        title=title,
        owner=owner,
        next_on=next_on,
        next_step=rules.PLAN_DECIDE_STEP,
        ward=ward,
        stamp=stamp,
    )
    plan: GroupPlan = GroupPlan.objects.create(matter=matter, group=group)
    _submit(plan, text, version=1, stamp=stamp)
    return plan


@action(policy.may_carry_plan)
def resubmit_plan(matter: Matter, *, text: str, stamp: Stamp) -> GroupPlan:
    """Take in a plan again that was returned, with what the group changed.

    Refuses: one that was not returned, or is over; no words; the same words.
    Records: `PlanSubmitted`.
    """
    plan = _open(matter, "resubmit")
    text = rules.check_plan_text(text)
    before = plan.wordings.order_by("-version")[0]
    if before.text == text:
        raise Refused("nothing_new", "Nothing was changed since it was returned.", field="text")
    _submit(plan, text, version=before.version + 1, stamp=stamp)
    return plan


@action(policy.may_decide_plan)
def approve_plan(
    matter: Matter, *, words: str = "", look_on: Sequence[date], stamp: Stamp
) -> GroupPlan:
    """Approve a group's plan, and say on which days somebody looks at how it goes.

    Refuses: one that does not wait, or is over; no day, or one that is over.
    Records: `PlanApproved` and `NextStepSet`.
    """
    plan = _open(matter, "approve")
    days = rules.check_look_days(look_on, today=localdate(stamp.at))
    wording = _decide(plan, rules.APPROVED, check_length(words, field="words", most=500), stamp)
    PlanLook.objects.bulk_create(PlanLook(plan=plan, due_on=day) for day in days)
    fact = facts.PlanApproved(
        **_words(plan), version=wording.version, words_said=wording.words, look_on=days
    )
    record(fact, stamp=stamp)
    set_next_step(matter, next_on=days[0], next_step=rules.PLAN_LOOK_STEP, stamp=stamp)
    return plan


@action(policy.may_decide_plan)
def return_plan(matter: Matter, *, words: str, next_on: date, stamp: Stamp) -> GroupPlan:
    """Return a group's plan, and say what has to change.

    Refuses: one that does not wait, or is over; no words; a next date that is over.
    Records: `PlanReturned` and `NextStepSet`.
    """
    plan = _open(matter, "return")
    wording = _decide(plan, rules.RETURNED, rules.check_return_words(words), stamp)
    fact = facts.PlanReturned(**_words(plan), version=wording.version, words_said=wording.words)
    record(fact, stamp=stamp)
    set_next_step(matter, next_on=next_on, next_step=rules.REVISE_STEP, stamp=stamp)
    return plan


@action(policy.may_carry_plan)
def look_at_plan(matter: Matter, *, finding: str, text: str, stamp: Stamp) -> PlanLook:
    """Write down how an approved plan goes, for the first look that is still open.

    Refuses: a plan that is not approved, or is over; no look left; no finding or words.
    Records: `PlanLookedAt`, and `NextStepSet` where another look follows.
    """
    plan = _open(matter, "look")
    text = rules.check_look(finding, text)
    open_looks = list(plan.looks.filter(looked_on=None).order_by("due_on"))
    if not open_looks:
        raise Refused("no_look_left", "Every look was taken. Say now how it ended.")
    look, *later = open_looks
    look.finding, look.text = finding, text
    look.looked_on, look.looked_by = localdate(stamp.at), stamp.actor.name
    look.save(update_fields=["finding", "text", "looked_on", "looked_by"])
    fact = facts.PlanLookedAt(
        **_words(plan), due_on=look.due_on, finding=rules.LOOKS[finding], text=text
    )
    record(fact, stamp=stamp)
    if later:
        next_on = max(later[0].due_on, localdate(stamp.at))
        set_next_step(matter, next_on=next_on, next_step=rules.PLAN_LOOK_STEP, stamp=stamp)
    return look


@action(policy.may_carry_plan)
def end_plan(matter: Matter, *, outcome: str, text: str, stamp: Stamp) -> GroupPlan:
    """Say how a group's plan ended.

    Refuses: one that is over; an outcome that is none; no words; asks still open.
    Records: `MatterClosed`.
    """
    plan = _open(matter, "end")
    words = check_text(
        text, code="text_missing", sentence="Say how it ended.", field="text", most=500
    )
    plan.matter = close_matter(matter, outcome=outcome, text=words, stamp=stamp)
    _keep_waiting(plan, stamp=stamp)
    return plan


def _submit(plan: GroupPlan, text: str, *, version: int, stamp: Stamp) -> None:
    PlanWording.objects.create(
        plan=plan,
        version=version,
        text=text,
        submitted_on=localdate(stamp.at),
        noted_by=stamp.actor.name,
    )
    plan.stage = rules.SUBMITTED
    plan.save(update_fields=["stage"])
    record(facts.PlanSubmitted(**_words(plan), version=version, text=text), stamp=stamp)
    _keep_waiting(plan, stamp=stamp)


def _decide(plan: GroupPlan, stage: str, words: str, stamp: Stamp) -> PlanWording:
    wording: PlanWording = plan.wordings.order_by("-version")[0]
    wording.verdict, wording.words = stage, words
    wording.decided_on, wording.decided_by = localdate(stamp.at), stamp.actor.name
    wording.save(update_fields=["verdict", "words", "decided_on", "decided_by"])
    plan.stage = stage
    plan.save(update_fields=["stage"])
    _keep_waiting(plan, stamp=stamp)
    return wording


def _keep_waiting(plan: GroupPlan, *, stamp: Stamp) -> None:
    """Put a plan that was submitted into the director's list; take a decided one off it."""
    today, matter = localdate(stamp.at), plan.matter
    waits = plan.stage == rules.SUBMITTED and matter.state == "open"
    wait_for(
        NOUN,
        str(matter.pk),
        plan_waits(today) if waits else None,
        party=next(iter(get_directors(on=today)), None),
        title=matter.title,
        matter=matter,
        ward_code=matter.ward_code,
        stamp=stamp,
    )


def _words(plan: GroupPlan) -> dict[str, Any]:
    return {**matter_words(plan.matter), "group_party_id": plan.group.party_id}


def _open(matter: Matter, move: str) -> GroupPlan:
    if matter.state != "open":
        raise Refused("wrong_state", "This plan is over.")
    rows = GroupPlan.objects.select_for_update(of=("self",), no_key=True)
    plan: GroupPlan = rows.select_related("group").get(matter=matter)
    plan.matter = matter
    rules.check_plan_move(move, plan.stage)
    return plan
