"""The spending of a fiscal year against its plans, what ends when, and scenarios."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.kernel.errors import NotAllowed
from wardroom.office.queries.money import FundRow, may_read_money, years_with_funds
from wardroom.office.queries.spending import Scenario, SpendingPage, SpendingRow, spending_page
from wardroom.office.rules.amounts import shown
from wardroom.office.rules.funds import SORTS
from wardroom.office.rules.spending import BARRED, fiscal_year_of
from wardroom.web.edge import actor_of, today_of
from wardroom.web.money import showing
from wardroom.web.money.funds import MONEY
from wardroom.web.ui import filters
from wardroom.web.ui.bars import month_name
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import Cell, Column, Table, Tag, address, page_number, paging, table
from wardroom.web.ui.words import counted, day_text, from_today

COLUMNS = (
    Column("Fund"),
    Column("Planned this year", number=True),
    Column("Planned so far", number=True),
    Column("Spent so far", number=True),
    Column("How it stands"),
)
SCENARIO_COLUMNS = (
    Column("Scenario"),
    Column("Proposed funds", number=True),
    Column("They would add", number=True),
    Column("With what exists", number=True),
)


@require_safe
def spending(request: HttpRequest) -> HttpResponse:
    """Plan against actual for one fiscal year."""
    actor, state, today = actor_of(request), request.GET, today_of(request)
    if not may_read_money(actor):
        raise NotAllowed
    year = chosen_year(request)
    found = spending_page(actor, year=int(year.value), on=today, page=page_number(state))
    return page(
        request,
        "money/spending.html",
        title="Spending",
        crumbs=(MONEY, Crumb("Spending")),
        filters=filters.bar(state, year),
        found=found,
        month=month_name(found.now),
        stands=showing.over_text(found.over),
        is_over=found.over > 0,
        limit=shown(found.limit),
        budget=shown(found.budget),
        barred=BARRED,
        figures=showing.together_figures(found.existing),
        plot=showing.plan_plot(
            found.months,
            caption=f"Fiscal year {found.year}: planned and spent, all funds with a plan",
            now=found.now,
            limit=found.limit,
        ),
        table=table(
            counted(found.total, "existing fund"),
            COLUMNS,
            [_cells(row) for row in found.rows],
            empty="No fund of this fiscal year exists yet.",
            state=state,
            paging=paging(state, page=found.page, pages=found.pages, total=found.total),
        ),
        ends=_ends(found.ends, today),
        scenarios=_scenarios(found),
        file=reverse("spending_file") + address(state),
    )


def chosen_year(request: HttpRequest) -> filters.Choice:
    """The fiscal year of the page: this one, or another that has funds."""
    now = fiscal_year_of(today_of(request))
    years = sorted({now, *years_with_funds(actor_of(request))}, reverse=True)
    return filters.choice(
        request.GET,
        "year",
        "Fiscal year",
        [(str(year), f"Fiscal year {year}") for year in years],
        default=str(now),
    )


def _cells(row: SpendingRow) -> tuple[Cell, ...]:
    fund = row.fund
    name = f"{fund.code} {fund.name}"
    head = Cell(name, href=reverse("fund", args=[fund.id]), sub=SORTS[fund.sort], main=True)
    if not row.has_plan:
        plan = reverse("fund_plan", args=[fund.id])
        missing = Cell("No plan yet", href=plan, tags=(Tag("Plan missing", "warn"),))
        return head, Cell("-"), Cell("-"), Cell(shown(row.spent_to_date)), missing
    over = (Tag("Over the plan", "warn"),) if row.over > 0 else ()
    return (
        head,
        Cell(shown(row.planned)),
        Cell(shown(row.planned_to_date)),
        Cell(shown(row.spent_to_date)),
        Cell(showing.over_text(row.over), tags=over),
    )


def _ends(rows: tuple[FundRow, ...], today: date) -> Table:
    return table(
        "Funds that end within half a year",
        (
            Column("Last day"),
            Column("Fund"),
            Column("Not committed", number=True),
            Column("Committed, to pay", number=True),
        ),
        [
            (
                Cell(
                    day_text(row.ends_on),
                    sub=from_today(row.ends_on, today),
                    tags=(Tag("Soon", "warn"),) if (row.ends_on - today).days <= 60 else (),
                ),
                Cell(
                    f"{row.code} {row.name}",
                    href=reverse("fund", args=[row.id]),
                    sub=SORTS[row.sort],
                    main=True,
                ),
                Cell(
                    shown(row.amount - row.balance.committed),
                    sub=f"{shown(row.balance.left)} of it certified",
                ),
                Cell(shown(row.balance.to_spend)),
            )
            for row in rows
        ],
        empty="No fund ends within half a year.",
    )


def _scenarios(found: SpendingPage) -> Table:
    def cells(row: Scenario) -> tuple[Cell, ...]:
        asked = {"year": str(found.year), "standing": "proposed", "scenario": row.name}
        query = "?" + urlencode({name: value for name, value in asked.items() if value})
        return (
            Cell(row.name or "No scenario named", href=reverse("funds") + query, main=True),
            Cell(f"{row.added.funds:,}"),
            Cell(shown(row.added.amount)),
            Cell(shown(row.added.amount + found.existing.amount)),
        )

    return table(
        "Proposed funds by scenario",
        SCENARIO_COLUMNS,
        [cells(row) for row in found.scenarios],
        empty="No fund is proposed for this fiscal year.",
    )
