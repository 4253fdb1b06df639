"""The spending of a fiscal year against its plans, what ends when, and what proposals would add."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum as Total

from wardroom.access.actor import Actor
from wardroom.kernel.paging import page_at
from wardroom.office import policy
from wardroom.office.models import Fund, FundLine, PlannedMonth
from wardroom.office.queries.balances import (
    budget_of,
    charged_to,
    months_in,
    planned_by_month,
    running_in,
    spent_by_month,
)
from wardroom.office.queries.money import (
    ADDED_UP,
    FundRow,
    Together,
    fund_row,
    together,
    told_together,
)
from wardroom.office.rules import money
from wardroom.office.rules.spending import (
    Month,
    against_plan,
    first_day,
    last_day,
    month_of,
    months_of,
    most_over,
)

PAGE_ROWS = 25
MOST_ENDS = 20
MOST_SCENARIOS = 20
ENDS_WITHIN = 180


@dataclass(frozen=True)
class SpendingRow:
    """One fund: planned and spent in the year up to the end of this month, and planned in all."""

    fund: FundRow
    has_plan: bool
    planned_to_date: int
    spent_to_date: int
    planned: int

    @property
    def over(self) -> int:
        """How much more was spent than planned so far; below nothing where less was."""
        return self.spent_to_date - self.planned_to_date


@dataclass(frozen=True)
class Scenario:
    """Proposed funds that go together: what they would add to what there is."""

    name: str
    added: Together


@dataclass(frozen=True)
class SpendingPage:
    """A fiscal year: plan against actual of all funds that have a plan, and each fund.

    ``budget`` is what the planned funds hold together, and of a fund of several years what is
    planned in this one; ``limit`` is how far spending may run over the plans by law, and ``now``
    the month up to which they are compared.
    """

    year: int
    now: str
    months: tuple[Month, ...]
    budget: int
    limit: int
    over: int
    existing: Together
    scenarios: tuple[Scenario, ...]
    ends: tuple[FundRow, ...]
    unplanned: int
    rows: tuple[SpendingRow, ...]
    total: int
    page: int
    pages: int


def spending_page(actor: Actor, *, year: int, on: date, page: int = 1) -> SpendingPage:
    """How the spending of a fiscal year goes; nothing for whoever does not read the money."""
    funds = Fund.objects.within(policy.money_reach(actor))
    existing = running_in(funds.filter(standing=money.EXISTING), year)
    planned_funds = existing.filter(plans__replaced=False)
    now = month_of(min(max(on, first_day(year)), last_day(year)))
    runs = dict.fromkeys(months_of(first_day(year), last_day(year)), 0)
    planned = planned_by_month(planned_funds, year=year)
    months = against_plan({**runs, **planned}, spent_by_month(planned_funds, year=year))
    budget = budget_of(planned_funds, year=year)
    total = existing.count()
    page, pages, part = page_at(total, page, PAGE_ROWS)
    return SpendingPage(
        year=year,
        now=now,
        months=months,
        budget=budget,
        limit=most_over(budget),
        over=next((row.over for row in reversed(months) if row.month <= now), 0),
        existing=together(existing),
        scenarios=_scenarios(actor, year),
        ends=tuple(fund_row(fund) for fund in _ends(actor, on)),
        unplanned=existing.count() - planned_funds.count(),
        rows=_rows([fund_row(fund) for fund in existing.order_by("code")[part]], year, now),
        total=total,
        page=page,
        pages=pages,
    )


def _ends(actor: Actor, on: date) -> list[Fund]:
    """The funds that end within half a year, the soonest first."""
    rows = Fund.objects.within(policy.money_reach(actor)).filter(
        standing=money.EXISTING, ends_on__gte=on, ends_on__lte=on + timedelta(days=ENDS_WITHIN)
    )
    return list(rows.order_by("ends_on", "code")[:MOST_ENDS])


def _scenarios(actor: Actor, year: int) -> tuple[Scenario, ...]:
    proposed = Fund.objects.within(policy.money_reach(actor)).filter(standing=money.PROPOSED)
    rows = running_in(proposed, year).order_by("scenario")
    found = rows.values("scenario").annotate(**ADDED_UP)[:MOST_SCENARIOS]
    return tuple(Scenario(sums["scenario"], told_together(sums)) for sums in found)


def _rows(funds: list[FundRow], year: int, now: str) -> tuple[SpendingRow, ...]:
    ids = [fund.id for fund in funds]
    plans = PlannedMonth.objects.filter(plan__replaced=False, plan__fund__in=ids).order_by()
    has_plan = set(plans.values_list("plan__fund", flat=True))
    by_fund = plans.filter(months_in(year)).values_list("plan__fund").annotate(cents=Total("cents"))
    whole = {pk: int(cents) for pk, cents in by_fund}
    to_date = {pk: int(cents) for pk, cents in by_fund.filter(month__lte=now)}
    lines = FundLine.objects.filter(kind=money.SPEND, fund__in=ids).order_by()
    lines = lines.filter(charged_to(year), happened_on__lt=_after(now))
    spent = {pk: int(c) for pk, c in lines.values_list("fund").annotate(cents=Total("cents"))}
    return tuple(
        SpendingRow(
            fund=fund,
            has_plan=fund.id in has_plan,
            planned_to_date=to_date.get(fund.id, 0),
            spent_to_date=spent.get(fund.id, 0),
            planned=whole.get(fund.id, 0),
        )
        for fund in funds
    )


def _after(month: str) -> date:
    """The first day after a month."""
    return (date.fromisoformat(f"{month}-01") + timedelta(days=32)).replace(day=1)
