"""How money is shown: figures, tables, and the picture of a plan against what was spent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.http import QueryDict
from django.urls import reverse

from wardroom.office.queries.fund_file import PurposeRow
from wardroom.office.queries.fund_lines import LineRow
from wardroom.office.queries.money import FundRow, Together
from wardroom.office.rules.amounts import shown
from wardroom.office.rules.funds import PURPOSES, SORTS
from wardroom.office.rules.money import KINDS, STANDINGS, Balance
from wardroom.office.rules.spending import Month
from wardroom.web.rows import matter_address
from wardroom.web.ui.bars import month_name
from wardroom.web.ui.plots import Plot, Tick, across, band, line, round_top, upwards
from wardroom.web.ui.tables import Cell, Column, Paging, Table, Tag, table
from wardroom.web.ui.words import counted, day_text, instant_text

TONES = {"existing": "good", "proposed": "accent", "dropped": ""}
FUND_COLUMNS = (
    Column("Fund", sort="code"),
    Column("Last day", sort="ends"),
    Column("Amount", sort="-amount", number=True),
    Column("Certified", number=True),
    Column("Allocated", number=True),
    Column("Committed", number=True),
    Column("Spent", number=True),
    Column("Left", sort="left", number=True),
)
KEY = (
    ("plot__line", "spent so far"),
    ("plot__line--middle", "planned so far"),
)
LIMIT_KEY = ("plot__band", "over the plan, and within the law")


class Figure(NamedTuple):
    """A number with its name and a note."""

    label: str
    text: str
    note: str = ""


def standing_tag(standing: str) -> Tag:
    """Whether a fund exists or is only proposed."""
    return Tag(STANDINGS[standing], TONES[standing])


def figures_of(amount: int, balance: Balance) -> tuple[Figure, ...]:
    """A balance from the amount to what is left."""
    return (
        Figure("Amount", shown(amount), f"{shown(amount - balance.certified)} not certified"),
        Figure("Certified", shown(balance.certified), f"{shown(balance.to_allocate)} to allocate"),
        Figure("Allocated", shown(balance.allocated), f"{shown(balance.to_commit)} to commit"),
        Figure("Committed", shown(balance.committed), f"{shown(balance.to_spend)} to pay"),
        Figure("Spent", shown(balance.spent)),
        Figure("Left", shown(balance.left), "certified, and promised to nobody"),
    )


def together_figures(added: Together) -> tuple[Figure, ...]:
    """Some funds together."""
    return figures_of(added.amount, added.balance)


def years_text(row: FundRow) -> str:
    """The fiscal years in which a fund runs."""
    if row.last_year == row.year:
        return f"Fiscal year {row.year}"
    return f"Fiscal years {row.year} to {row.last_year}"


def fund_cells(row: FundRow) -> tuple[Cell, ...]:
    """A fund as a row."""
    money = row.balance
    proposed = row.standing == "proposed"
    about = [SORTS[row.sort], *([row.scenario] if row.scenario else [])]
    steps = (money.certified, money.allocated, money.committed, money.spent, money.left)
    return (
        Cell(
            f"{row.code} {row.name}",
            href=reverse("fund", args=[row.id]),
            sub=" · ".join(about),
            tags=() if row.standing == "existing" else (standing_tag(row.standing),),
            main=True,
        ),
        Cell(day_text(row.ends_on), sub=years_text(row)),
        Cell(shown(row.amount)),
        *(Cell("-" if proposed else shown(cents)) for cents in steps),
    )


def purpose_table(rows: Sequence[PurposeRow], in_all: int) -> Table:
    """What a fund pays for, each purpose with its balance."""
    more = f", the first {len(rows)} of them shown" if in_all > len(rows) else ""
    return table(
        f"{counted(in_all, 'purpose')}{more}",
        (
            Column("For what"),
            Column("Allocated", number=True),
            Column("Committed", number=True),
            Column("Spent", number=True),
            Column("Left to commit", number=True),
        ),
        [
            (
                Cell(row.name, href=_address(row), sub=_sort_of(row), main=True),
                Cell(shown(row.balance.allocated)),
                Cell(shown(row.balance.committed)),
                Cell(shown(row.balance.spent)),
                Cell(shown(row.balance.to_commit)),
            )
            for row in rows
        ],
        empty="Nothing of this fund is allocated yet.",
    )


def line_table(
    fund_id: int, rows: Sequence[LineRow], total: int, state: QueryDict, paging: Paging
) -> Table:
    """The lines of a fund, the newest first."""
    return table(
        counted(total, "line"),
        (
            Column("Line"),
            Column("Amount", number=True),
            Column("For what"),
            Column("Day"),
            Column("Paper, payee and words"),
            Column("Written"),
        ),
        [
            (
                Cell(
                    f"{row.id}: {kind_text(row)}",
                    href=reverse("fund_line", args=[fund_id, row.id]),
                    tags=line_tags(row),
                    main=True,
                ),
                Cell(shown(row.cents)),
                Cell(row.purpose or "The whole fund"),
                Cell(day_text(row.happened_on)),
                Cell(row.reference or "-", sub=" · ".join(filter(None, (row.payee, row.words)))),
                Cell(instant_text(row.written_at), sub=row.written_by),
            )
            for row in rows
        ],
        empty="No line fits. The first one is a certification.",
        state=state,
        paging=paging,
    )


def kind_text(row: LineRow) -> str:
    """What a line does, in words."""
    return f"Took back of line {row.corrects}" if row.corrects else KINDS[row.kind]


def line_tags(row: LineRow) -> tuple[Tag, ...]:
    """Whether a line still counts whole."""
    if row.corrects or row.left == row.cents:
        return ()
    return (Tag(f"{shown(row.left)} of it counts", "warn") if row.left else Tag("Taken back"),)


def plan_plot(
    months: Sequence[Month],
    *,
    caption: str,
    now: str,
    limit: int | None = None,
    planned: bool = True,
) -> Plot | None:
    """Planned and spent up to the end of each month; none where there is nothing to draw.

    What was spent is drawn up to ``now``. With a ``limit`` the band above the plan shows how far
    the law lets spending run over it. Without a plan none is drawn, not even one of nothing.
    """
    most = max((max(m.planned_to_date, m.spent_to_date) for m in months), default=0)
    if len(months) < 2 or not most:
        return None
    over = limit or 0
    top = round_top((most + over) / 100)
    x, y = across(0.0, float(len(months) - 1)), upwards(0.0, top)
    at = [x(float(n)) for n in range(len(months))]
    plan = [y(m.planned_to_date / 100) for m in months]
    high = [y((m.planned_to_date + over) / 100) for m in months]
    so_far = [m for m in months if m.month <= now]
    paid = [y(m.spent_to_date / 100) for m in so_far]
    apart = -(-len(months) // 6)
    return Plot(
        caption=caption,
        summary=_summary(months, now) if planned else _spent(months, now),
        across=tuple(
            Tick(at[n], month_name(m.month)) for n, m in enumerate(months) if n % apart == 0
        ),
        along=tuple(Tick(y(top * n / 4), _short(top * n / 4)) for n in range(5)),
        bands=(band(at, plan, high, "plot__band"),) if limit else (),
        lines=(
            *((line(at, plan, "plot__line--middle"),) if planned else ()),
            line(at[: len(paid)], paid, "plot__line"),
        ),
        key=(*KEY, LIMIT_KEY) if limit else KEY[: 1 + planned],
        headers=("Month", "Planned", "Spent", "Planned so far", "Spent so far"),
        rows=tuple(
            (
                month_name(m.month),
                shown(m.planned) if planned else "-",
                shown(m.spent) if m.month <= now else "-",
                shown(m.planned_to_date) if planned else "-",
                shown(m.spent_to_date) if m.month <= now else "-",
            )
            for m in months
        ),
    )


def over_text(over: int) -> str:
    """How spending stands to its plan, in words."""
    if over > 0:
        return f"{shown(over)} over the plan"
    return f"{shown(-over)} under the plan" if over else "exactly as planned"


def _summary(months: Sequence[Month], now: str) -> str:
    month = next((m for m in reversed(months) if m.month <= now), months[0])
    return (
        f"By the end of {month_name(month.month)}: {shown(month.spent_to_date)} spent, "
        f"{shown(month.planned_to_date)} planned, so {over_text(month.over)}. "
        f"{shown(months[-1].planned_to_date)} is planned in all."
    )


def _spent(months: Sequence[Month], now: str) -> str:
    month = next((m for m in reversed(months) if m.month <= now), months[0])
    spent = shown(month.spent_to_date)
    return f"By the end of {month_name(month.month)}: {spent} spent. Nobody planned it yet."


def _short(dollars: float) -> str:
    if dollars >= 1_000_000:
        return f"${dollars / 1_000_000:g}M"
    return f"${dollars / 1_000:g}K" if dollars >= 1_000 else f"${dollars:g}"


def _sort_of(row: PurposeRow) -> str:
    return "" if row.kind == "other" else PURPOSES[row.kind]


def _address(row: PurposeRow) -> str:
    if row.event_id is not None:
        return reverse("event", args=[row.event_id])
    if row.position_id is not None:
        return reverse("position", args=[row.position_id])
    if row.matter_id is not None:
        return matter_address(row.matter_kind, row.matter_id)
    return ""
