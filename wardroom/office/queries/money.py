"""The funds: the list, what some come to together, and those that directors are told of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models import Sum as Total

from wardroom.access.actor import Actor
from wardroom.access.models import in_pieces
from wardroom.directory.queries import get_directors
from wardroom.kernel.paging import page_at
from wardroom.matters.models import Waiting
from wardroom.office import policy
from wardroom.office.models import Fund
from wardroom.office.queries.balances import running_in
from wardroom.office.queries.fund_lines import funds_within
from wardroom.office.rules import money
from wardroom.office.rules.money import Balance
from wardroom.office.rules.spending import AHEAD, fiscal_year_of

PAGE_ROWS = 25
SORTS: Mapping[str, tuple[Any, ...]] = {
    "code": ("code", "pk"),
    "-code": ("-code", "pk"),
    "ends": ("ends_on", "code", "pk"),
    "-ends": ("-ends_on", "code", "pk"),
    "-amount": ("-amount_cents", "pk"),
    "amount": ("amount_cents", "pk"),
    "left": ("left_cents", "pk"),
    "-left": ("-left_cents", "pk"),
}
STEPS = ("certified", "allocated", "committed", "spent")
ADDED_UP: Mapping[str, Any] = {
    "funds": Count("pk"),
    **{name: Total(f"{name}_cents") for name in (*STEPS, "amount")},
}


@dataclass(frozen=True)
class FundRow:
    """A fund with what it comes to, in cents; ``year`` and ``last_year`` are fiscal ones."""

    id: int
    code: str
    name: str
    sort: str
    standing: str
    scenario: str
    year: int
    last_year: int
    starts_on: date
    ends_on: date
    amount: int
    balance: Balance


@dataclass(frozen=True)
class Together:
    """Some funds added up: how many, what they hold, and how far it has come."""

    funds: int
    amount: int
    balance: Balance


@dataclass(frozen=True)
class FundPage:
    """A page of funds. ``existing`` adds up those of the filters; proposed ones stand apart."""

    rows: tuple[FundRow, ...]
    total: int
    page: int
    pages: int
    sort: str
    existing: Together
    proposed: Together


def may_read_money(actor: Actor) -> bool:
    """Whether the actor reads of the office's money at all."""
    return policy.may_read_money(actor, None)


def may_keep_money(actor: Actor) -> bool:
    """Whether the actor keeps it."""
    return policy.may_keep_money(actor, None)


def fund_page(
    actor: Actor,
    *,
    year: int | None = None,
    standing: str = "",
    sort_of_money: str = "",
    ending: int | None = None,
    scenario: str = "",
    on: date,
    sort: str = "code",
    page: int = 1,
) -> FundPage:
    """The funds, a page of them; with ``ending`` those that end within so many days."""
    rows = _chosen(
        actor,
        year=year,
        standing=standing,
        sort_of_money=sort_of_money,
        ending=ending,
        scenario=scenario,
        on=on,
    )
    sort = sort if sort in SORTS else "code"
    total = rows.count()
    page, pages, part = page_at(total, page, PAGE_ROWS)
    return FundPage(
        rows=tuple(fund_row(fund) for fund in rows.order_by(*SORTS[sort])[part]),
        total=total,
        page=page,
        pages=pages,
        sort=sort,
        existing=together(rows.filter(standing=money.EXISTING)),
        proposed=together(rows.filter(standing=money.PROPOSED)),
    )


def funds_in_pieces(
    actor: Actor,
    *,
    year: int | None,
    standing: str,
    sort_of_money: str,
    ending: int | None,
    scenario: str = "",
    on: date,
) -> Iterator[tuple[FundRow, ...]]:
    """The same funds for a file: all pages, by their code; read as the file is written."""
    rows = _chosen(
        actor,
        year=year,
        standing=standing,
        sort_of_money=sort_of_money,
        ending=ending,
        scenario=scenario,
        on=on,
    )
    return (tuple(map(fund_row, piece)) for piece in in_pieces(rows, by="code"))


def years_with_funds(actor: Actor) -> tuple[int, ...]:
    """The fiscal years in which a fund runs, the newest first."""
    rows = Fund.objects.within(policy.money_reach(actor)).order_by()
    spans = rows.values_list("starts_on", "ends_on").distinct()
    years = {year for span in spans for year in range(*_years(*span))}
    return tuple(sorted(years, reverse=True))


def scenarios_of(actor: Actor) -> tuple[str, ...]:
    """The scenarios that proposed funds belong to, by name."""
    rows = funds_within(actor).filter(standing=money.PROPOSED).exclude(scenario="")
    return tuple(rows.order_by("scenario").values_list("scenario", flat=True).distinct())


def get_funds_to_announce(on: date) -> tuple[Fund, ...]:
    """The funds whose end the directors are to be told of now, 60 days ahead and again 30."""
    far, near = on + timedelta(days=AHEAD[0]), on + timedelta(days=AHEAD[1])
    rows = Fund.objects.filter(
        standing=money.EXISTING, end_noted="", ends_on__gte=on, ends_on__lte=far
    )
    told = Q(end_noted_on=None) | Q(
        ends_on__lte=near, end_noted_on__lt=F("ends_on") - timedelta(days=AHEAD[1])
    )
    return tuple(rows.filter(told).order_by("ends_on", "pk"))


def get_funds_without_plan(on: date) -> tuple[Fund, ...]:
    """The funds that run without a spending plan, and of which not every director is told."""
    running = Fund.objects.filter(standing=money.EXISTING, starts_on__lte=on, ends_on__gte=on)
    missing = list(running.exclude(plans__replaced=False).order_by("code", "pk"))
    told = set(
        Waiting.objects.filter(noun="fund", key__contains="-plan-").values_list("key", flat=True)
    )
    directors = [director.pk for director in get_directors(on=on)] if missing else []
    return tuple(
        fund
        for fund in missing
        if any(f"{fund.pk}-plan-{director}" not in told for director in directors)
    )


def fund_row(fund: Fund) -> FundRow:
    """A fund as a list shows it."""
    return FundRow(
        id=fund.pk,
        code=fund.code,
        name=fund.name,
        sort=fund.sort,
        standing=fund.standing,
        scenario=fund.scenario,
        year=fund.year_id,
        last_year=fiscal_year_of(fund.ends_on),
        starts_on=fund.starts_on,
        ends_on=fund.ends_on,
        amount=fund.amount_cents,
        balance=Balance(*(getattr(fund, f"{step}_cents") for step in STEPS)),
    )


def together(funds: QuerySet[Any]) -> Together:
    """Some funds added up by the database."""
    return told_together(funds.order_by().aggregate(**ADDED_UP))


def told_together(sums: Mapping[str, Any]) -> Together:
    """What the database added up, as whole cents."""
    cents = {name: int(sums[name] or 0) for name in ADDED_UP}
    return Together(cents["funds"], cents["amount"], Balance(*(cents[step] for step in STEPS)))


def _chosen(
    actor: Actor,
    *,
    year: int | None,
    standing: str,
    sort_of_money: str,
    ending: int | None,
    scenario: str = "",
    on: date,
) -> QuerySet[Any]:
    wanted = {"standing": standing, "sort": sort_of_money, "scenario": scenario}
    rows = funds_within(actor).filter(**{name: value for name, value in wanted.items() if value})
    rows = running_in(rows, year) if year is not None else rows
    if not standing:
        rows = rows.exclude(standing=money.DROPPED)
    if ending is not None:
        rows = rows.filter(ends_on__gte=on, ends_on__lte=on + timedelta(days=ending))
    made: QuerySet[Any] = rows.annotate(left_cents=F("certified_cents") - F("committed_cents"))
    return made


def _years(starts_on: date, ends_on: date) -> tuple[int, int]:
    return fiscal_year_of(starts_on), fiscal_year_of(ends_on) + 1
