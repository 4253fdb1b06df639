"""Writing down what funds there are: existing ones, proposed ones, and what became of those."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Max, Min
from django.db.models import Sum as Total
from django.db.models.functions import Coalesce

from wardroom.access.actor import Stamp
from wardroom.access.gate import action, hold
from wardroom.kernel.errors import Refused, Stale
from wardroom.kernel.facts import Change
from wardroom.kernel.text import long_day
from wardroom.kernel.versions import moved_since, version_of
from wardroom.ledger.actions import record
from wardroom.matters.actions.waiting import end_wait
from wardroom.matters.models import Waiting
from wardroom.office import facts, policy
from wardroom.office.models import FiscalYear, Fund, PlannedMonth
from wardroom.office.rules import funds as rules
from wardroom.office.rules import money
from wardroom.office.rules.amounts import checked_cents, shown
from wardroom.office.rules.spending import fiscal_year_of, months_of

LABELS = {
    "code": "Code",
    "name": "Name",
    "sort": "Sort of money",
    "starts_on": "First day",
    "ends_on": "Last day",
    "amount_cents": "Amount",
    "purpose": "Purpose",
    "restriction": "Restriction",
    "certifier": "Who certifies",
    "scenario": "Scenario",
}
NOUN, PLAN = "fund", "plan"


@dataclass(frozen=True)
class FundDraft:
    """What a fund is: how much, of which sort, from when to when, what for, and who certifies."""

    code: str
    name: str
    sort: str
    starts_on: date
    ends_on: date
    amount_cents: int
    purpose: str
    certifier: str
    restriction: str = ""
    scenario: str = ""


@action(policy.may_keep_money)
def add_fund(draft: FundDraft, *, proposed: bool = False, stamp: Stamp) -> Fund:
    """Write down a source of money: one that exists, or one that is only proposed.

    Refuses: a code that is taken; no name, purpose or certifier; an end before the beginning;
    money of a campaign or a constituent-service fund. Records: `FundAdded`.
    """
    draft = _checked(draft, proposed=proposed)
    _check_code_free(draft.code)
    fund = Fund(
        standing=money.PROPOSED if proposed else money.EXISTING,
        added_at=stamp.at,
        added_by=stamp.actor.name,
    )
    _put(fund, draft)
    fund.save()
    fact = facts.FundAdded(
        **fund_words(fund),
        standing=money.STANDINGS[fund.standing],
        fund_sort=rules.SORTS[fund.sort],
        amount=fund.amount_cents,
        starts_on=fund.starts_on,
        ends_on=fund.ends_on,
    )
    record(fact, stamp=stamp)
    return fund


@action(policy.may_keep_money)
def change_fund(fund: Fund, *, draft: FundDraft, seen: str = "", stamp: Stamp) -> Fund:
    """Put right what a fund is; its lines and balances stay.

    ``seen`` is the version that the page was opened with. Refuses: what `add_fund` refuses; an
    amount below what is certified; a span that leaves a line out, or a month that is planned; an
    amount below the spending plan; nothing that changed; `stale` where somebody changed it in the
    meantime. Records: `FundChanged`.
    """
    if fund.standing == money.DROPPED:
        raise Refused("wrong_state_dropped", "This fund was dropped.")
    draft = _checked(draft, proposed=fund.standing == money.PROPOSED)
    before = fund_values(fund)
    _check_seen(before, seen)
    if draft.code != fund.code:
        _check_code_free(draft.code)
    if draft.amount_cents < fund.certified_cents:
        raise Refused(
            "below_certified",
            f"{shown(fund.certified_cents)} of it is certified. The amount cannot be less.",
            field="amount",
        )
    _check_span_of_lines(fund, draft)
    _check_plan_fits(
        fund,
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
        amount=draft.amount_cents,
    )
    _put(fund, draft)
    after = fund_values(fund)
    changes = tuple(
        Change(name, LABELS[name], _said(name, before[name]), _said(name, after[name]))
        for name in LABELS
        if before[name] != after[name]
    )
    if not changes:
        raise Refused("nothing_new", "Nothing was changed.")
    if before["ends_on"] != after["ends_on"]:
        fund.end_noted, fund.end_noted_on = "", None
        stop_announcing(fund)
    fund.save()
    record(facts.FundChanged(**fund_words(fund), changes=changes), stamp=stamp)
    return fund


@action(policy.may_keep_money)
def grant_fund(fund: Fund, *, amount_cents: int, words: str, stamp: Stamp) -> Fund:
    """Make a proposed fund an existing one, with the amount that was really granted.

    It still holds nothing until money is certified. Refuses: a fund that is not proposed; less
    than its spending plan; no words on what granted it. Records: `FundGranted`.
    """
    if fund.standing != money.PROPOSED:
        raise Refused("wrong_state", "Only a proposed fund can be granted.")
    said = rules.check_words(
        words, field="words", sentence="Say what granted it: the act, the letter, the agreement."
    )
    cents = checked_cents(amount_cents)
    _check_plan_fits(fund, starts_on=fund.starts_on, ends_on=fund.ends_on, amount=cents)
    fund.amount_cents = cents
    fund.standing, fund.scenario = money.EXISTING, ""
    fund.save()
    fact = facts.FundGranted(**fund_words(fund), amount=fund.amount_cents, note=said)
    record(fact, stamp=stamp)
    return fund


@action(policy.may_keep_money)
def drop_fund(fund: Fund, *, reason: str, stamp: Stamp) -> Fund:
    """Give up a fund that holds no money: a proposal that failed, or one opened in error.

    Refuses: one that was dropped; one with money; no reason. Records: `FundDropped`.
    """
    if fund.standing == money.DROPPED:
        raise Refused("already_dropped", "It was dropped already.")
    if fund.certified_cents:
        raise Refused(
            "wrong_state",
            f"{shown(fund.certified_cents)} of it is certified, so it cannot be dropped. Take the "
            "certification back first if it was wrong.",
        )
    said = rules.check_words(reason, field="reason", sentence="Say why it is given up.")
    fund.standing = money.DROPPED
    fund.save()
    stop_announcing(fund)
    stop_asking_for_plan(fund)
    record(facts.FundDropped(**fund_words(fund), reason=said), stamp=stamp)
    return fund


def hold_years(first: int, last: int) -> None:
    """Hold some fiscal years, the first one first, so that plan and spending agree in each."""
    for number in range(first, last + 1):
        year, _ = FiscalYear.objects.get_or_create(pk=number)
        hold(year)


def fund_words(fund: Fund) -> dict[str, Any]:
    """What every line about a fund says of it."""
    return {"fund_id": fund.pk, "fund": f"{fund.code} {fund.name}"}


def fund_values(fund: Fund) -> dict[str, Any]:
    """What can be changed of a fund, by the names of the form."""
    return {name: getattr(fund, name) for name in LABELS}


def stop_announcing(fund: Fund) -> None:
    """Take the end of a fund off every list."""
    rows = Waiting.objects.filter(noun=NOUN, key__startswith=f"{fund.pk}-")
    rows = rows.exclude(key__startswith=f"{fund.pk}-{PLAN}-")
    for key in list(rows.values_list("key", flat=True)):
        end_wait(NOUN, key)


def stop_asking_for_plan(fund: Fund) -> None:
    """Take a fund that waited for its spending plan off every list."""
    rows = Waiting.objects.filter(noun=NOUN, key__startswith=f"{fund.pk}-{PLAN}-")
    for key in list(rows.values_list("key", flat=True)):
        end_wait(NOUN, key)


def _checked(draft: FundDraft, *, proposed: bool) -> FundDraft:
    rules.check_span(draft.starts_on, draft.ends_on)
    return FundDraft(
        code=rules.check_code(draft.code),
        name=rules.check_words(
            draft.name, field="name", sentence="Say what the fund is called.", most=160
        ),
        sort=rules.check_sort(draft.sort),
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
        amount_cents=checked_cents(draft.amount_cents),
        purpose=rules.check_words(
            draft.purpose, field="purpose", sentence="Say what the money is for.", most=500
        ),
        certifier=rules.check_words(
            draft.certifier,
            field="certifier",
            sentence="Say who certifies that the money is there.",
            most=160,
        ),
        restriction=rules.check_words(draft.restriction, field="restriction", most=500),
        scenario=rules.check_words(draft.scenario, field="scenario", most=80) if proposed else "",
    )


def _check_span_of_lines(fund: Fund, draft: FundDraft) -> None:
    """What still counts was certified, allocated and committed while the fund ran."""
    left = F("cents") + Coalesce(Total("corrections__cents"), 0)
    lines = fund.lines.filter(corrects=None).annotate(still=left).filter(still__gt=0)
    first = lines.aggregate(on=Min("happened_on"))["on"]
    if first is not None and draft.starts_on > first:
        raise Refused("line_before", "A line of it is older than this day.", field="starts_on")
    last = lines.filter(kind__in=money.WHILE_IT_RUNS).aggregate(on=Max("happened_on"))["on"]
    if last is not None and draft.ends_on < last:
        raise Refused(
            "line_after",
            f"Money of it was certified, allocated or committed on {long_day(last)}. The fund "
            "cannot end before.",
            field="ends_on",
        )


def _check_plan_fits(fund: Fund, *, starts_on: date, ends_on: date, amount: int) -> None:
    """The spending plan in force stays within what the fund holds and when it runs."""
    rows = PlannedMonth.objects.filter(plan__fund=fund, plan__replaced=False, cents__gt=0)
    planned = dict(rows.values_list("month", "cents"))
    total = sum(planned.values())
    if total > amount:
        raise Refused(
            "plan_over_amount",
            f"The spending plan comes to {shown(total)}. Take {shown(total - amount)} out of the "
            "plan first.",
            field="amount",
        )
    runs = months_of(starts_on, ends_on)
    for month in sorted(planned):
        if month not in runs:
            raise Refused(
                "plan_outside",
                f"The spending plan has {shown(planned[month])} in {month}, when the fund would "
                "not run. Change the plan first.",
                field="starts_on" if month < runs[0] else "ends_on",
            )


def _check_code_free(code: str) -> None:
    if Fund.objects.filter(code=code).exists():
        raise Refused("already_there", f"{code} is the code of another fund.", field="code")


def _put(fund: Fund, draft: FundDraft) -> None:
    for name in LABELS:
        setattr(fund, name, getattr(draft, name))
    fund.year, _ = FiscalYear.objects.get_or_create(pk=fiscal_year_of(draft.starts_on))


def _check_seen(now: dict[str, Any], seen: str) -> None:
    moved = moved_since(seen, now) if seen else frozenset()
    if moved:
        theirs = tuple((LABELS[n], _said(n, now[n])) for n in LABELS if n in moved)
        raise Stale(seen=version_of(now), theirs=theirs)


def _said(name: str, value: Any) -> str:
    if name == "amount_cents":
        return shown(value)
    return rules.SORTS[value] if name == "sort" else str(value)
