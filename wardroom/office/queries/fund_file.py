"""One fund with its plan and all its lines, what can be done with it, and what can be changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from wardroom.access.actor import Actor
from wardroom.kernel.facts import Ref
from wardroom.kernel.paging import page_at
from wardroom.kernel.versions import version_of
from wardroom.ledger.queries import TimelinePage, timeline
from wardroom.office import policy
from wardroom.office.models import Fund, PlannedMonth, Purpose
from wardroom.office.queries.balances import spent_by_month
from wardroom.office.queries.fund_lines import (
    LinePage,
    get_fund,
    get_fund_to_keep,
    line_rows,
    lines_of,
)
from wardroom.office.queries.money import PAGE_ROWS, STEPS, FundRow, fund_row
from wardroom.office.rules import money
from wardroom.office.rules.money import Balance
from wardroom.office.rules.spending import AHEAD, Month, against_plan, months_of

MOST_PURPOSES = 100


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
