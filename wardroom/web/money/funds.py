"""The list of funds, writing one down, and putting one right."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.kernel.errors import NotAllowed
from wardroom.office import actions
from wardroom.office.queries.fund_file import fund_to_edit
from wardroom.office.queries.fund_lines import get_fund_to_keep
from wardroom.office.queries.money import (
    fund_page,
    may_keep_money,
    may_read_money,
    scenarios_of,
    years_with_funds,
)
from wardroom.office.rules.funds import NEVER_HERE, SORTS
from wardroom.office.rules.money import STANDINGS
from wardroom.office.rules.spending import first_day, fiscal_year_of, last_day
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.money.forms import FundForm
from wardroom.web.money.showing import FUND_COLUMNS, fund_cells, together_figures
from wardroom.web.ui import filters
from wardroom.web.ui.lists import ListWords, list_page
from wardroom.web.ui.new import new_page, posted
from wardroom.web.ui.page import Crumb
from wardroom.web.ui.tables import address, page_number

MONEY = Crumb("Money", "/funds/")
ENDING = (("", "Whenever"), ("30", "Within 30 days"), ("60", "Within 60 days"),
          ("180", "Within half a year"))  # fmt: skip
LIST = ListWords(
    title="Money",
    noun="fund",
    empty="No fund fits these filters. Write down the first one, existing or proposed.",
    crumbs=(Crumb("Money"),),
)
FIELDS = (
    "code", "sort", "starts_on", "ends_on", "purpose", "restriction", "certifier", "scenario"
)  # fmt: skip


@require_safe
def fund_list(request: HttpRequest) -> HttpResponse:
    """The funds that exist, and apart from them those that are only proposed."""
    actor, state = actor_of(request), request.GET
    if not may_read_money(actor):
        raise NotAllowed
    items, wanted = chosen_funds(request)
    found = fund_page(
        actor,
        **wanted,
        on=today_of(request),
        sort=state.get("sort", "code"),
        page=page_number(state),
    )
    return list_page(
        request,
        "money/funds.html",
        LIST,
        found,
        chosen=items,
        columns=FUND_COLUMNS,
        cells=fund_cells,
        sums=found,
        existing=together_figures(found.existing),
        keeps=may_keep_money(actor),
        never_here=NEVER_HERE,
        file=reverse("funds_file") + address(state, sort=""),
    )


def chosen_funds(request: HttpRequest) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """The filters of the list, and what they ask for."""
    state = request.GET
    years = [(str(year), f"Fiscal year {year}") for year in years_with_funds(actor_of(request))]
    year = filters.choice(state, "year", "Fiscal year", [("", "All"), *years])
    standing = filters.choice(
        state, "standing", "Standing", [("", "Existing and proposed"), *STANDINGS.items()]
    )
    sort = filters.choice(state, "of", "Sort of money", [("", "All"), *SORTS.items()])
    ending = filters.choice(state, "ending", "Ends", ENDING)
    named = [(name, name) for name in scenarios_of(actor_of(request))]
    scenario = filters.choice(state, "scenario", "Scenario", [("", "All"), *named])
    wanted = {
        "year": int(year.value) if year.value else None,
        "standing": standing.value,
        "sort_of_money": sort.value,
        "ending": int(ending.value) if ending.value else None,
        "scenario": scenario.value,
    }
    return (year, standing, sort, ending, *((scenario,) if named else ())), wanted


@require_http_methods(["GET", "HEAD", "POST"])
def fund_new(request: HttpRequest) -> HttpResponse:
    """Write a fund down, existing or proposed."""
    if not may_keep_money(actor_of(request)):
        raise NotAllowed
    year = fiscal_year_of(today_of(request))
    form = FundForm(
        posted(request), initial={"starts_on": first_day(year), "ends_on": last_day(year)}
    )
    return new_page(
        request,
        "money/new.html",
        form,
        lambda given: _add(request, given),
        leads_to=lambda made: (reverse("fund", args=[made.pk]), "The fund is written down."),
        title="Add a fund",
        crumbs=(MONEY, Crumb("Add a fund")),
        action=reverse("fund_new"),
        back=reverse("funds"),
        button="Add the fund",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def fund_change(request: HttpRequest, fund_id: int) -> HttpResponse:
    """Put right what a fund is."""
    actor = actor_of(request)
    now = fund_to_edit(fund_id, actor)
    values = dict(now.values)
    started = {**values, "called": values["name"], "amount": values["amount_cents"]}
    form = FundForm(posted(request), initial=started, seen=now.seen, standing=now.row.standing)
    own = reverse("fund", args=[fund_id])
    return new_page(
        request,
        "money/new.html",
        form,
        lambda given: _change(request, fund_id, given),
        leads_to=lambda _: (own, "Saved."),
        title=f"Change {now.row.code}",
        crumbs=(MONEY, Crumb(f"{now.row.code} {now.row.name}", own), Crumb("Change it")),
        action=reverse("fund_change", args=[fund_id]),
        back=own,
        button="Save",
    )


def _add(request: HttpRequest, given: dict[str, Any]) -> Any:
    proposed = given["proposed"] == "yes"
    return actions.add_fund(_draft(given), proposed=proposed, stamp=stamp_of(request))


def _change(request: HttpRequest, fund_id: int, given: dict[str, Any]) -> Any:
    fund = get_fund_to_keep(fund_id, actor_of(request))
    return actions.change_fund(
        fund, draft=_draft(given), seen=given["seen"], stamp=stamp_of(request)
    )


def _draft(given: dict[str, Any]) -> actions.FundDraft:
    return actions.FundDraft(
        name=given["called"],
        amount_cents=given["amount"],
        **{name: given.get(name, "") for name in FIELDS},
    )
