"""Adopting an outreach plan, changing it with a reason, and putting off a suggested touch."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.city.models import District
from wardroom.city.queries import districts
from wardroom.directory.models import Party
from wardroom.engagement import facts, policy
from wardroom.engagement.models import (
    OutreachPlan,
    OutreachTarget,
    OutreachVersion,
    TouchPutOff,
)
from wardroom.engagement.queries.touchable import TouchDraft
from wardroom.engagement.rules import outreach, silence
from wardroom.ledger.actions import record
from wardroom.matters.actions import open_matter
from wardroom.matters.actions.words import matter_words
from wardroom.matters.models import Matter


@action(policy.may_adopt_outreach)
def adopt_outreach_plan(
    ward: District | None,
    *,
    title: str,
    starts_on: date,
    ends_on: date,
    reserve: int,
    targets: str,
    owner: Party,
    next_on: date,
    stamp: Stamp,
) -> OutreachPlan:
    """Say with whom the office wants to be in touch, and how often, for some months.

    ``targets`` are lines such as ``Each SMD: 1 in 60 days``; ``reserve`` is the share of
    suggestions, in percent, that is kept for where few report. Without a ward it is the city's.
    Refuses: a line that is not clear; a time that is over; a day on which another plan holds
    there; what `open_matter` refuses. Records: `MatterOpened` and `OutreachPlanAdopted`.
    """
    found = _checked(starts_on, ends_on, reserve, targets, stamp)
    _check_alone(ward.code if ward else "", starts_on, ends_on)
    matter = open_matter(
        None,
        kind=outreach.OUTREACH_PLAN,
        title=title,
        owner=owner,
        next_on=next_on,
        next_step=outreach.LOOK_STEP,
        ward=ward,
        stamp=stamp,
    )
    plan: OutreachPlan = OutreachPlan.objects.create(matter=matter)
    held = _write(plan, found, starts_on, ends_on, reserve, "", stamp)
    record(facts.OutreachPlanAdopted(**held), stamp=stamp)
    return plan


@action(policy.may_change_outreach)
def change_outreach_plan(
    matter: Matter,
    *,
    starts_on: date,
    ends_on: date,
    reserve: int,
    targets: str,
    reason: str,
    stamp: Stamp,
) -> OutreachPlan:
    """Give an outreach plan another version, and say why; the one before stays.

    Refuses: a plan that is closed; no reason; what `adopt_outreach_plan` refuses of its lines
    and its time. Records: `OutreachPlanChanged`.
    """
    outreach.check_open(matter.state)
    reason = outreach.check_reason(reason)
    found = _checked(starts_on, ends_on, reserve, targets, stamp)
    _check_alone(matter.ward_code, starts_on, ends_on, but=matter)
    plan = OutreachPlan.objects.get(matter=matter)
    plan.version += 1
    plan.save(update_fields=["version"])
    held = _write(plan, found, starts_on, ends_on, reserve, reason, stamp)
    record(facts.OutreachPlanChanged(**held, reason=reason), stamp=stamp)
    return plan


@action(policy.may_put_off_touch)
def put_off_touch(touch: TouchDraft, *, reason: str, until_on: date, stamp: Stamp) -> TouchPutOff:
    """Say why somebody is not turned to now; the suggestion comes back after that day.

    Refuses: no reason; a day that is over, or more than 120 days away. Records:
    `TouchDeferred`.
    """
    reason = silence.check_put_off(reason, until_on, today=localdate(stamp.at))
    row: TouchPutOff = TouchPutOff.objects.create(
        party_id=touch.party_id,
        smd_code=touch.smd_code,
        ward_code=touch.ward_code,
        reason=reason,
        until_on=until_on,
        put_off_at=stamp.at,
        put_off_by=stamp.actor.name,
    )
    fact = facts.TouchDeferred(
        party_id=touch.party_id,
        who=touch.name,
        smd_code=touch.smd_code,
        ward_code=touch.ward_code,
        reason=reason,
        until_on=until_on,
    )
    record(fact, stamp=stamp)
    return row


def _checked(
    starts_on: date, ends_on: date, reserve: int, targets: str, stamp: Stamp
) -> tuple[outreach.Target, ...]:
    today = localdate(stamp.at)
    outreach.check_period(starts_on, ends_on, today=today)
    outreach.check_reserve(reserve)
    known = {
        kind: {d.code for d in districts(kind, today)} for kind in (outreach.WARD, outreach.SMD)
    }
    return outreach.targets_in(targets, known=known)


def _check_alone(
    ward_code: str, starts_on: date, ends_on: date, *, but: Matter | None = None
) -> None:
    """One plan at a time for a ward, and one for the city."""
    rows = OutreachVersion.objects.in_force().filter(plan__matter__ward_code=ward_code)
    if but is not None:
        rows = rows.exclude(plan__matter=but)
    periods = rows.order_by("starts_on").values_list("starts_on", "ends_on")
    outreach.check_alone(periods, starts_on, ends_on)


def _write(
    plan: OutreachPlan,
    found: tuple[outreach.Target, ...],
    starts_on: date,
    ends_on: date,
    reserve: int,
    reason: str,
    stamp: Stamp,
) -> dict[str, Any]:
    """Write a version down with its lines; gives what a fact says of it."""
    version = OutreachVersion.objects.create(
        plan=plan,
        version=plan.version,
        starts_on=starts_on,
        ends_on=ends_on,
        reserve=reserve,
        reason=reason,
        adopted_at=stamp.at,
        adopted_by=stamp.actor.name,
    )
    OutreachTarget.objects.bulk_create(
        OutreachTarget(
            version=version, position=n, by=t.by, key=t.key, contacts=t.contacts, days=t.days
        )
        for n, t in enumerate(found)
    )
    return {
        **matter_words(plan.matter),
        "version": plan.version,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "reserve": reserve,
        "targets": tuple(str(target) for target in found),
    }
