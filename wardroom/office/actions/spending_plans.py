"""Planning when a fund is spent, and saying ahead of time that one ends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.directory.queries import get_directors
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.actions.waiting import wait_for
from wardroom.matters.rules import Wait
from wardroom.office import facts, policy
from wardroom.office.actions.funds import (
    NOUN,
    PLAN,
    fund_words,
    hold_years,
    stop_announcing,
    stop_asking_for_plan,
)
from wardroom.office.models import Fund, PlannedMonth, SpendingPlan
from wardroom.office.queries.money import get_funds_without_plan
from wardroom.office.rules import funds as rules
from wardroom.office.rules import money
from wardroom.office.rules.spending import (
    AHEAD,
    check_plan,
    days_ahead,
    fiscal_year_of,
    months_of,
)


@action(policy.may_keep_money)
def plan_spending(
    fund: Fund, *, months: Mapping[str, int], reason: str = "", seen: int = 0, stamp: Stamp
) -> SpendingPlan:
    """Plan when a fund is spent, month by month; a proposed fund is planned in the same way.

    ``seen`` is the version that the page was opened with. Refuses: months in which the fund does
    not run; more than the fund holds; a change without a reason; nothing that changed; a plan
    that somebody changed in the meantime. Records: `SpendingPlanned`.
    """
    if fund.standing == money.DROPPED:
        raise Refused("wrong_state_dropped", "This fund was dropped.")
    hold_years(fund.year_id, fiscal_year_of(fund.ends_on))
    kept = check_plan(
        months, runs=months_of(fund.starts_on, fund.ends_on), amount=fund.amount_cents
    )
    before = fund.plans.filter(replaced=False).first()
    version = before.version if before else 0
    if seen != version:
        raise Refused(
            "already_changed",
            f"Somebody saved version {version} of this plan while your page was open. Nothing was "
            "overwritten: open the plan again and make your change in it.",
        )
    if before is not None and dict(before.months.values_list("month", "cents")) == kept:
        raise Refused("nothing_new", "Nothing was changed.")
    why = rules.check_words(
        reason, field="reason", sentence="Say why the plan changes." if before else ""
    )
    if before is not None:
        before.replaced = True
        before.save(update_fields=["replaced"])
    plan: SpendingPlan = SpendingPlan.objects.create(
        fund=fund,
        version=version + 1,
        reason=why,
        planned_at=stamp.at,
        planned_by=stamp.actor.name,
    )
    PlannedMonth.objects.bulk_create(
        PlannedMonth(plan=plan, month=month, cents=cents) for month, cents in kept.items()
    )
    fact = facts.SpendingPlanned(
        **fund_words(fund), version=plan.version, total=sum(kept.values()), reason=why
    )
    record(fact, stamp=stamp)
    stop_asking_for_plan(fund)
    return plan


@action(policy.may_watch_money)
def ask_for_plan(fund: Fund, *, stamp: Stamp) -> Fund:
    """Put a fund that runs without a spending plan on the directors' lists: nothing bars it yet.

    Refuses: a fund that has a plan, does not run, or stands on the lists already. Records:
    `SpendingPlanMissing`.
    """
    today = localdate(stamp.at)
    if fund.pk not in {one.pk for one in get_funds_without_plan(today)}:
        raise Refused("nothing_due", "Nothing is to be asked of this fund now.")
    for director in get_directors(on=today):
        wait_for(
            NOUN,
            f"{fund.pk}-{PLAN}-{director.pk}",
            Wait("fund_plan", max(today, fund.starts_on)),
            party=director,
            title=f"{fund.name} has no spending plan",
            stamp=stamp,
        )
    record(facts.SpendingPlanMissing(**fund_words(fund)), stamp=stamp)
    return fund


@action(policy.may_watch_money)
def announce_fund_end(fund: Fund, *, stamp: Stamp) -> Fund:
    """Put the end of a fund on the lists of the directors, 60 days ahead and again 30.

    Refuses: a fund whose end is further away, or past, or dealt with. Records:
    `FundEndAnnounced`.
    """
    today = localdate(stamp.at)
    days = days_ahead(fund.ends_on, today)
    if days is None or fund.standing != money.EXISTING or fund.end_noted:
        raise Refused("nothing_due", "Nothing is to be said of its end now.")
    fund.end_noted_on = today
    fund.save(update_fields=["end_noted_on"])
    due_on = fund.ends_on - timedelta(days=AHEAD[1]) if days == AHEAD[0] else fund.ends_on
    for director in get_directors(on=today):
        wait_for(
            NOUN,
            f"{fund.pk}-{director.pk}",
            Wait("fund_ends", due_on),
            party=director,
            title=f"{fund.name} ends in {(fund.ends_on - today).days} days: what comes after?",
            stamp=stamp,
        )
    fact = facts.FundEndAnnounced(**fund_words(fund), ends_on=fund.ends_on, days=days)
    record(fact, stamp=stamp)
    return fund


@action(policy.may_keep_money)
def settle_fund_end(fund: Fund, *, words: str, stamp: Stamp) -> Fund:
    """Say what comes after a fund that ends soon, and take it off the lists.

    Refuses: a fund that runs on for more than 60 days; no words. Records: `FundEndSettled`.
    """
    if fund.standing != money.EXISTING or fund.ends_on > localdate(stamp.at) + timedelta(AHEAD[0]):
        raise Refused("wrong_state", "This fund does not end soon.")
    said = rules.check_words(words, field="words", sentence="Say what comes after it.")
    fund.end_noted = said
    fund.save(update_fields=["end_noted"])
    stop_announcing(fund)
    record(facts.FundEndSettled(**fund_words(fund), note=said), stamp=stamp)
    return fund
