"""Figures of measures as cells, tables and words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from wardroom.reporting.queries.measured import MeasuredHead, MeasureRow
from wardroom.reporting.rules.measuring import AGES, BY_DAYS, FLOW_DAYS, ages_in_words
from wardroom.web.rows import AS_OF, rows_address
from wardroom.web.ui.tables import Band, Cell, Column, Table, table
from wardroom.web.ui.words import counted

NOT_KNOWN = "cannot tell"
FIGURES = (
    Column("Done on time"),
    Column("Late, still open"),
    Column("Half are closed within"),
    Column("Open now"),
    Column("In and out"),
    Column("Came back, less chance"),
)


def percent(share: float | None) -> str:
    """A share as people write it."""
    if share is None:
        return "-"
    shown = f"{100 * share:.0f}%"
    if shown == "100%" and share < 1:
        return "over 99%"
    return "under 1%" if shown == "0%" and share > 0 else shown


def between(lower: float, upper: float) -> str:
    """An interval of a share."""
    return f"{100 * lower:.0f} to {100 * upper:.0f}%"


def days(value: float | None) -> str:
    """A number of days as people say it."""
    if value is None:
        return NOT_KNOWN
    if value < 1:
        return "under a day"
    shown = f"{value:.0f}" if value >= 10 else f"{value:.1f}".removesuffix(".0")
    return f"{shown} {'day' if shown == '1' else 'days'}"


def measure_table(
    caption: str,
    rows: Iterable[MeasureRow],
    head: MeasuredHead,
    *,
    first: str,
    addresses: Mapping[str, str],
    empty: str,
) -> Table:
    """Agencies or kinds with their figures, in the order given."""
    return table(
        caption,
        (Column(first), *FIGURES),
        [
            (
                Cell(row.name, href=addresses.get(row.code, ""), main=True),
                *(_cell(row, head, part) for part in _PARTS),
            )
            for row in rows
        ],
        empty=empty,
    )


def behind(row: MeasureRow, head: MeasuredHead, standing: str, **limits: str) -> str:
    """The address of the requests behind a number; nothing where the asker cannot list them."""
    if row.rows is None:
        return ""
    until = timezone.localtime(head.data_as_of + timedelta(seconds=1)).isoformat()
    limited = [*row.rows, ("standing", standing), *limits.items(), (AS_OF, until)]
    return rows_address("requests", limited)


def figures(row: MeasureRow, head: MeasuredHead) -> list[tuple[str, Cell]]:
    """The figures of one row, each with its name, for the top of a page."""
    return [(c.label, _cell(row, head, p)) for c, p in zip(FIGURES, _PARTS, strict=True)]


def age_bands(numbers: Iterable[int]) -> tuple[Band, ...]:
    """The parts of a bar, from the youngest to the oldest."""
    many = list(numbers)
    total = sum(many) or 1
    start, bands = 0.0, []
    for n, number in enumerate(many):
        width = round(100 * number / total, 2)
        if number:
            bands.append(Band(round(start, 2), width, f"ages__{n}"))
        start += width
    return tuple(bands)


def age_key() -> list[tuple[str, str]]:
    """Which tone of the bar is which age."""
    return [(f"ages__{n}", age) for n, age in enumerate(AGES)]


def _cell(row: MeasureRow, head: MeasuredHead, part: str) -> Cell:
    made: Cell = _CELLS[part](row, head)
    return made


def _on_time(row: MeasureRow, head: MeasuredHead) -> Cell:
    f = row.on_time
    rest = [f"{f['not_yet_due']:,} not due yet"] if f["not_yet_due"] else []
    rest += [f"{f['without_due']:,} without a due date"] if f["without_due"] else []
    said = "nothing was due"
    if f["of"]:
        sure = between(f["lower"], f["upper"])
        said = f"{f['yes']:,} of {f['of']:,} that were due; likely {sure}"
    return Cell(
        percent(f["value"]),
        href=behind(row, head, "due_by_then", due_from=f"{head.since_on}") if f["of"] else "",
        sub=". ".join([said, *([", ".join(rest)] if rest else [])]),
    )


def _late(row: MeasureRow, head: MeasuredHead) -> Cell:
    f = row.on_time
    since = {"due_from": f"{head.since_on}"}
    return Cell(
        f"{f['overdue']:,}",
        href=behind(row, head, "overdue", **since) if f["overdue"] else "",
        sub=f"{f['late']:,} done late",
    )


def _time(row: MeasureRow, head: MeasuredHead) -> Cell:
    f = row.time
    median = f["median"]
    if not f["number"]:
        return Cell("-", sub="nothing came in")
    sure = f"likely {_span(median['lower'], median['upper'])}. "
    known = median["value"] is not None
    by = f["by_days"]
    said = f"after {BY_DAYS} days nobody knows yet"
    if by:
        said = f"{percent(by['value'])} within {BY_DAYS} days"
    more = "" if known else "fewer than half are closed so far. "
    return Cell(
        days(median["value"]) if known else "not yet",
        href=behind(row, head, "watched", opened_from=f"{head.since_on}"),
        sub=f"{sure if known else more}{said}; {f['number']:,} came in",
    )


def _span(lower: float | None, upper: float | None) -> str:
    if lower is None:
        return NOT_KNOWN
    return f"{days(lower)} to {days(upper)}" if upper is not None else f"{days(lower)} or more"


def _open(row: MeasureRow, head: MeasuredHead) -> Cell:
    f = row.backlog
    return Cell(
        f"{f['open']:,}",
        href=behind(row, head, "waiting", sort="opened") if f["open"] else "",
        bands=age_bands(f["by_age"]),
        sub=ages_in_words(f["by_age"]),
    )


def _flow(row: MeasureRow, head: MeasuredHead) -> Cell:
    f = row.backlog
    net = f["net_flow"]
    word = "grew by" if net > 0 else "shrank by" if net < 0 else "no change"
    said = f"{f['came_in']:,} in, {f['went_out']:,} out in {FLOW_DAYS} days"
    if f["clearance"] is not None:
        said += f": {percent(f['clearance'])} cleared"
    return Cell(
        f"{word} {abs(net):,}" if net else word,
        href=behind(row, head, "counted", opened_from=f"{head.flow_on}") if f["came_in"] else "",
        sub=said,
    )


def _back(row: MeasureRow, head: MeasuredHead) -> Cell:
    f = row.back
    if f["excess"] is None:
        recent = counted(f["too_recent"], "closing is", "closings are")
        return Cell("-", sub=f"{recent} too recent to tell" if f["too_recent"] else "no closing")
    points = round(100 * f["value"]) - round(100 * f["by_chance"])
    low, high = (100 * max(-1.0, min(f[f"excess_{end}"], 1.0)) for end in ("lower", "upper"))
    return Cell(
        _points(points),
        href=behind(row, head, "counted", closed_from=f"{head.since_on}"),
        sub=(
            f"{f['yes']:,} of {f['of']:,} closings ({percent(f['value'])}),"
            f" {percent(f['by_chance'])} by chance; likely {low:+.0f} to {high:+.0f} points"
        ),
    )


def _points(points: int) -> str:
    """A difference of two shares; nothing over chance is said so."""
    return f"{points:+d} {'point' if abs(points) == 1 else 'points'}" if points else "no more"


_CELLS: Mapping[str, Any] = {
    "on_time": _on_time,
    "late": _late,
    "time": _time,
    "open": _open,
    "flow": _flow,
    "back": _back,
}
_PARTS = tuple(_CELLS)
