"""The spending plan by month, what was really spent, and when the law bars more.

D.C. Code 47-355.02 (8) bars overspending a spending plan by more than 5% of the agency's budget,
or by more than $1 million whatever the share. This office holds its own part to the same line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wardroom.kernel.errors import Refused
from wardroom.office.rules.amounts import shown
from wardroom.office.rules.money import LAW, OWN_UP

FIRST_MONTH = 10
MOST_OVER = 100_000_000
PARTS_OF_BUDGET = 20
MOST_MONTHS = 72
AHEAD = (60, 30)
BARRED = (
    "An agency may not overspend its spending plan by more than 5% of its budget, or by more than "
    f"$1,000,000 whatever the share ({LAW} (8)). Wardroom holds the office's own part of the "
    "agency's budget to the same line."
)


def fiscal_year_of(day: date) -> int:
    """The fiscal year of a day: it begins on October 1 and bears the year in which it ends."""
    return day.year + (day.month >= FIRST_MONTH)


def first_day(year: int) -> date:
    """The first day of a fiscal year."""
    return date(year - 1, FIRST_MONTH, 1)


def last_day(year: int) -> date:
    """The last day of a fiscal year."""
    return date(year, FIRST_MONTH - 1, 30)


def year_charged(day: date, *, ends_on: date) -> int:
    """The fiscal year that pays: that of the day, or the last one of a fund that has ended."""
    return min(fiscal_year_of(day), fiscal_year_of(ends_on))


def month_of(day: date) -> str:
    """The month of a day, as 2026-11."""
    return f"{day:%Y-%m}"


def months_of(starts_on: date, ends_on: date) -> tuple[str, ...]:
    """Every month that a fund runs in, the first and the last one too."""
    day = starts_on.replace(day=1)
    found: list[str] = []
    while day <= ends_on and len(found) < MOST_MONTHS:
        found.append(month_of(day))
        day = (day + timedelta(days=32)).replace(day=1)
    return tuple(found)


def check_plan(months: Mapping[str, int], *, runs: Sequence[str], amount: int) -> dict[str, int]:
    """A spending plan: cents for each month in which the fund runs, and no more than it holds.

    Refuses: a month in which the fund does not run; more in all than the fund's amount.
    """
    strange = sorted(set(months) - set(runs))
    if strange:
        raise Refused("month_unknown", f"The fund does not run in {strange[0]}.")
    if any(cents < 0 for cents in months.values()):
        raise Refused("amount_negative", "A month cannot have less than nothing.")
    total = sum(months.values())
    if total > amount:
        raise Refused(
            "plan_over_amount",
            f"The months add up to {shown(total)}, and the fund holds {shown(amount)}. Take "
            f"{shown(total - amount)} out of the plan.",
        )
    return {month: months.get(month, 0) for month in runs}


@dataclass(frozen=True)
class Month:
    """One month: planned and spent in it, and both from the beginning up to its end."""

    month: str
    planned: int
    spent: int
    planned_to_date: int
    spent_to_date: int

    @property
    def over(self) -> int:
        """How much more was spent than planned up to its end; below nothing where less was."""
        return self.spent_to_date - self.planned_to_date


def against_plan(planned: Mapping[str, int], spent: Mapping[str, int]) -> tuple[Month, ...]:
    """Plan and actual, month by month from the first that either names."""
    names = sorted({*planned, *spent})
    rows: list[Month] = []
    plan_so_far = spent_so_far = 0
    for name in names:
        plan_so_far += planned.get(name, 0)
        spent_so_far += spent.get(name, 0)
        row = Month(name, planned.get(name, 0), spent.get(name, 0), plan_so_far, spent_so_far)
        rows.append(row)
    return tuple(rows)


def most_over(budget: int) -> int:
    """How far spending may run over its plan: 5% of the budget, $1 million at most."""
    return min(budget // PARTS_OF_BUDGET, MOST_OVER)


def check_spending(
    planned: Mapping[str, int],
    spent: Mapping[str, int],
    *,
    month: str,
    today: date,
    cents: int,
    budget: int,
) -> None:
    """Whether spending in a month stays close enough to the plan of all funds that have one.

    It must hold at the end of that month and of every later one up to today.
    Refuses: `over_plan`.
    """
    now = max(month, month_of(today))
    after = {**spent, month: spent.get(month, 0) + cents}
    named = {**dict.fromkeys((month, now), 0), **planned}
    for row in against_plan(named, after):
        if month <= row.month <= now and row.over > most_over(budget):
            raise Refused(
                "over_plan",
                f"With this, {shown(row.spent_to_date)} would be spent by the end of {row.month}, "
                f"and {shown(row.planned_to_date)} was planned: {shown(row.over)} over. "
                f"{shown(most_over(budget))} over is the most with a budget of {shown(budget)}. "
                f"{BARRED} Change the spending plan first, with its reason.{OWN_UP}",
                field="amount",
            )


def days_ahead(ends_on: date, today: date) -> int | None:
    """Which notice of an end is due: 60 or 30 days ahead; none earlier, and none afterwards."""
    left = (ends_on - today).days
    if left < 0 or left > AHEAD[0]:
        return None
    return min(days for days in AHEAD if left <= days)
