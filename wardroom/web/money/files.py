"""The money as CSV files: the same rows as the pages, with the same filters."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import chain

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from wardroom.documents.rules import XLSX
from wardroom.kernel.errors import NotAllowed
from wardroom.office.queries import fund_lines
from wardroom.office.queries import money as queries
from wardroom.office.queries.spending import spending_page
from wardroom.office.queries.submissions import submission_pdf, submission_workbook
from wardroom.office.rules.funds import SORTS
from wardroom.office.rules.money import KINDS, STANDINGS
from wardroom.reporting.rules.open_data import MARK, csv_lines
from wardroom.web.edge import actor_of, today_of
from wardroom.web.money.fund import chosen_lines
from wardroom.web.money.funds import chosen_funds
from wardroom.web.money.spending import chosen_year
from wardroom.web.reports.rows import sent, streamed

FUND_HEAD = (
    "code", "name", "sort_of_money", "standing", "scenario", "fiscal_year", "last_fiscal_year",
    "first_day", "last_day", "amount", "certified", "allocated", "committed", "spent", "left",
)  # fmt: skip
LINE_HEAD = (
    "line", "kind", "amount", "for_what", "day", "paper", "payee", "words", "certified_by",
    "takes_back_line", "written_at", "written_by",
)  # fmt: skip
MONTH_HEAD = ("month", "planned", "spent", "planned_so_far", "spent_so_far", "over_plan")


@require_safe
def funds_file(request: HttpRequest) -> StreamingHttpResponse:
    """The funds of the list, all pages of it."""
    actor = actor_of(request)
    if not queries.may_read_money(actor):
        raise NotAllowed
    _, wanted = chosen_funds(request)
    found = queries.funds_in_pieces(actor, **wanted, on=today_of(request))
    return _file(request, "funds", FUND_HEAD, (map(_fund, piece) for piece in found))


@require_safe
def lines_file(request: HttpRequest, fund_id: int) -> StreamingHttpResponse:
    """The lines of one fund, all pages of them."""
    actor = actor_of(request)
    fund = fund_lines.get_fund(fund_id, actor)
    _, wanted = chosen_lines(request, list(fund_lines.purposes_to_choose(fund_id, actor)))
    found = fund_lines.lines_in_pieces(fund_id, actor, **wanted)
    pieces = (map(_line, piece) for piece in found)
    return _file(request, f"{fund.code.lower()}-lines", LINE_HEAD, pieces)


@require_safe
def spending_file(request: HttpRequest) -> StreamingHttpResponse:
    """Plan against actual, month by month."""
    actor = actor_of(request)
    if not queries.may_read_money(actor):
        raise NotAllowed
    year = int(chosen_year(request).value)
    found = spending_page(actor, year=year, on=today_of(request))
    rows = [
        (m.month, *map(_dollars, (m.planned, m.spent, m.planned_to_date, m.spent_to_date, m.over)))
        for m in found.months
    ]
    return _file(request, f"spending-{year}", MONTH_HEAD, [rows])


@require_safe
def budget_pdf(request: HttpRequest, submission_id: int) -> HttpResponse:
    """A budget submission on paper."""
    return sent(
        *submission_pdf(submission_id, actor_of(request), on=today_of(request)), "application/pdf"
    )


@require_safe
def budget_sheet(request: HttpRequest, submission_id: int) -> HttpResponse:
    """A budget submission as a spreadsheet file."""
    return sent(
        *submission_workbook(submission_id, actor_of(request), on=today_of(request)),
        XLSX.media_type,
    )


def _fund(row: queries.FundRow) -> tuple[object, ...]:
    return (
        row.code, row.name, SORTS[row.sort], STANDINGS[row.standing], row.scenario, row.year,
        row.last_year, row.starts_on, row.ends_on, *map(_dollars, _steps(row)),
    )  # fmt: skip


def _line(row: fund_lines.LineRow) -> tuple[object, ...]:
    return (
        row.id, KINDS[row.kind], _dollars(row.cents), row.purpose, row.happened_on,
        row.reference, row.payee, row.words, row.certified_by, row.corrects or "",
        row.written_at, row.written_by,
    )  # fmt: skip


def _steps(row: queries.FundRow) -> tuple[int, ...]:
    money = row.balance
    return row.amount, money.certified, money.allocated, money.committed, money.spent, money.left


def _dollars(cents: int) -> Decimal:
    """An exact number, which no spreadsheet takes for a formula even below nothing."""
    return Decimal(cents).scaleb(-2)


def _file(
    request: HttpRequest,
    name: str,
    head: tuple[str, ...],
    pieces: Iterable[Iterable[tuple[object, ...]]],
) -> StreamingHttpResponse:
    lines = map(csv_lines, chain([[head]], pieces))
    written = (text.encode() for text in chain([MARK], lines))
    return streamed(request, f"{name}.csv", written, "text/csv; charset=utf-8")
