"""The funds: the list, one with all its lines, and what can be chosen from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models import Sum as Total

from wardroom.access.actor import Actor
from wardroom.access.models import in_pieces
from wardroom.directory.queries import get_directors
from wardroom.kernel.facts import Ref
from wardroom.kernel.paging import page_at
from wardroom.kernel.versions import version_of
from wardroom.ledger.queries import TimelinePage, timeline
from wardroom.matters.models import Waiting
from wardroom.office import policy
from wardroom.office.models import Fund, PlannedMonth, Purpose
from wardroom.office.queries.balances import running_in, spent_by_month
from wardroom.office.queries.fund_lines import (
    LinePage,
    funds_within,
    get_fund,
    get_fund_to_keep,
    line_rows,
    lines_of,
)
from wardroom.office.rules import money
from wardroom.office.rules.money import Balance
from wardroom.office.rules.spending import AHEAD, Month, against_plan, fiscal_year_of, months_of

PAGE_ROWS = 25
MOST_PURPOSES = 100
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


@dataclass(frozen=True)
class PurposeRow:
    """One purpose of a fund; the numbers lead to its event or matter where it names one."""

    id: int
    kind: str
    name: str
    event_id: int | None
    matter_id: int | None
    matter_kind: str
    position_id: int | None
    balance: Balance


@dataclass(frozen=True)
class PlanHead:
    """The spending plan that counts, or version 0 where nobody made one."""

    version: int
    reason: str
    planned_at: datetime | None
    planned_by: str
    total: int


@dataclass(frozen=True)
class FundFile:
    """One fund with its purposes, its plan against what was spent, and its lines."""

    row: FundRow
    purpose: str
    restriction: str
    certifier: str
    added_at: datetime
    added_by: str
    end_noted: str
    purposes: tuple[PurposeRow, ...]
    purposes_in_all: int
    plan: PlanHead
    months: tuple[Month, ...]
    lines: LinePage
    timeline: TimelinePage
    allowed: frozenset[str]


@dataclass(frozen=True)
class PlanToEdit:
    """A fund's plan month by month, to be changed."""

    row: FundRow
    plan: PlanHead
    months: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class FundToEdit:
    """What can be changed of a fund, and the version of it."""

    row: FundRow
    values: Mapping[str, Any]
    seen: str


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


def fund_file(
    fund_id: int,
    actor: Actor,
    *,
    on: date,
    kind: str = "",
    purpose: int | None = None,
    since: date | None = None,
    until: date | None = None,
    page: int = 1,
) -> FundFile:
    """One fund: its balance and purposes, plan against actual, and a page of its lines."""
    fund = get_fund(fund_id, actor)
    rows = lines_of(fund, kind=kind, purpose=purpose, since=since, until=until)
    total = rows.count()
    page, pages, part = page_at(total, page, PAGE_ROWS)
    purposes = fund.purposes.select_related("matter").order_by("kind", "name", "pk")
    head, planned = _plan_of(fund)
    spent = spent_by_month(Fund.objects.filter(pk=fund.pk))
    return FundFile(
        row=fund_row(fund),
        purpose=fund.purpose,
        restriction=fund.restriction,
        certifier=fund.certifier,
        added_at=fund.added_at,
        added_by=fund.added_by,
        end_noted=fund.end_noted,
        purposes=tuple(_purpose_row(one) for one in purposes[:MOST_PURPOSES]),
        purposes_in_all=purposes.count(),
        plan=head,
        months=against_plan({**dict.fromkeys(_runs(fund), 0), **planned}, spent),
        lines=LinePage(line_rows(rows[part]), total, page, pages),
        timeline=timeline(actor, refs=[Ref("fund", str(fund.pk))]),
        allowed=_allowed(fund, actor, on),
    )


def plan_to_edit(fund_id: int, actor: Actor) -> PlanToEdit:
    """The spending plan of a fund with every month in which it runs."""
    fund = get_fund_to_keep(fund_id, actor)
    head, planned = _plan_of(fund)
    return PlanToEdit(
        fund_row(fund), head, tuple((month, planned.get(month, 0)) for month in _runs(fund))
    )


def fund_to_edit(fund_id: int, actor: Actor) -> FundToEdit:
    """What a fund is, to be put right."""
    fund = get_fund_to_keep(fund_id, actor)
    names = (
        "code", "name", "sort", "starts_on", "ends_on", "amount_cents", "purpose", "restriction",
        "certifier", "scenario",
    )  # fmt: skip
    values = {name: getattr(fund, name) for name in names}
    return FundToEdit(fund_row(fund), values, version_of(values))


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


def _runs(fund: Fund) -> tuple[str, ...]:
    return months_of(fund.starts_on, fund.ends_on)


def _plan_of(fund: Fund) -> tuple[PlanHead, dict[str, int]]:
    plan = fund.plans.filter(replaced=False).first()
    if plan is None:
        return PlanHead(0, "", None, "", 0), {}
    planned = dict(PlannedMonth.objects.filter(plan=plan).values_list("month", "cents"))
    head = PlanHead(
        plan.version, plan.reason, plan.planned_at, plan.planned_by, sum(planned.values())
    )
    return head, planned


def _purpose_row(one: Purpose) -> PurposeRow:
    given = one.allocated_cents
    return PurposeRow(
        id=one.pk,
        kind=one.kind,
        name=one.name,
        event_id=one.event_id,
        matter_id=one.matter_id,
        matter_kind=one.matter.kind if one.matter else "",
        position_id=one.position_id,
        balance=Balance(given, given, one.committed_cents, one.spent_cents),
    )


def _allowed(fund: Fund, actor: Actor, on: date) -> frozenset[str]:
    if not policy.may_keep_money(actor, fund) or fund.standing == money.DROPPED:
        return frozenset()
    may = {"change", "plan"}
    if fund.standing == money.PROPOSED:
        return frozenset({*may, "grant", "drop"})
    runs = fund.ends_on >= on
    held = Balance(*(getattr(fund, f"{step}_cents") for step in STEPS))
    if held.certified < fund.amount_cents:
        may.add("certify")
    if runs and held.to_allocate:
        may.add("allocate")
    if held.to_commit:
        may |= {"commit", "return"}
    if held.to_spend or held.to_commit:
        may.add("spend")
    if held.to_spend:
        may.add("release")
    if not held.certified:
        may.add("drop")
    if on <= fund.ends_on <= on + timedelta(days=AHEAD[0]) and not fund.end_noted:
        may.add("settle")
    if fund.lines.exists():
        may.add("take_back")
    return frozenset(may)
