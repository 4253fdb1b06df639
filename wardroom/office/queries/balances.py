"""What the lines of funds come to; the database adds them up."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models import Sum as Total

from wardroom.office.models import Fund, FundLine, PlannedMonth
from wardroom.office.rules import money
from wardroom.office.rules.spending import first_day, last_day, month_of


def balances_of(fund: Fund) -> money.Balances:
    """What the lines of a fund come to; the database adds them up by kind and purpose."""
    rows = fund.lines.order_by().values_list("kind", "purpose").annotate(cents=Total("cents"))
    return money.balances(
        money.Sum(kind, str(purpose or ""), int(cents)) for kind, purpose, cents in rows
    )


def lines_by_day(fund: Fund) -> dict[date, list[money.Sum]]:
    """The lines of a fund by the day on which they happened, added up by kind and purpose."""
    rows = fund.lines.order_by().values_list("happened_on", "kind", "purpose")
    found: dict[date, list[money.Sum]] = defaultdict(list)
    for day, kind, purpose, cents in rows.annotate(cents=Total("cents")):
        found[day].append(money.Sum(kind, str(purpose or ""), int(cents)))
    return dict(found)


def left_of(line: FundLine) -> int:
    """How much of a line still counts after what was taken back of it."""
    taken = line.corrections.aggregate(cents=Total("cents"))["cents"]
    return line.cents + int(taken or 0)


def running_in(funds: QuerySet[Any], year: int) -> QuerySet[Any]:
    """Those of some funds that run in a fiscal year, if only for a part of it."""
    return funds.filter(starts_on__lte=last_day(year), ends_on__gte=first_day(year))


def months_in(year: int) -> Q:
    """The planned months of a fiscal year."""
    return Q(month__gte=month_of(first_day(year)), month__lte=month_of(last_day(year)))


def charged_to(year: int) -> Q:
    """The lines of a fiscal year; what a fund still pays after its end belongs to its last one."""
    last = last_day(year)
    return Q(happened_on__gte=first_day(year)) & (
        Q(happened_on__lte=last) | Q(fund__ends_on__lte=last)
    )


def planned_by_month(funds: QuerySet[Any], *, year: int) -> dict[str, int]:
    """What the plans in force of some funds say of each month of a fiscal year, together."""
    rows = PlannedMonth.objects.filter(plan__replaced=False, plan__fund__in=funds.values("pk"))
    found = rows.filter(months_in(year)).order_by().values_list("month")
    return {month: int(cents) for month, cents in found.annotate(cents=Total("cents"))}


def budget_of(funds: QuerySet[Any], *, year: int) -> int:
    """The budget of a fiscal year: of a fund of several years, what is planned in this one."""
    whole = Q(starts_on__gte=first_day(year), ends_on__lte=last_day(year))
    amount = funds.filter(whole).aggregate(cents=Total("amount_cents"))["cents"]
    return int(amount or 0) + sum(planned_by_month(funds.exclude(whole), year=year).values())


def spent_by_month(funds: QuerySet[Any], *, year: int | None = None) -> dict[str, int]:
    """What was spent of some funds in each month, together; ``year`` is a fiscal one."""
    rows = FundLine.objects.filter(kind=money.SPEND, fund__in=funds.values("pk"))
    rows = rows.filter(charged_to(year)) if year is not None else rows
    found = rows.order_by().values_list("happened_on__year", "happened_on__month")
    return {
        f"{year:04d}-{month:02d}": int(cents)
        for year, month, cents in found.annotate(cents=Total("cents"))
    }
