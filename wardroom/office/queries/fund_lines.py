"""One fund and its lines: found within reach, listed, and with what was taken back of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.db.models import Sum as Total

from wardroom.access.actor import Actor
from wardroom.access.models import in_pieces
from wardroom.kernel.errors import NotFound
from wardroom.office import policy
from wardroom.office.models import Fund, FundLine, Purpose
from wardroom.office.rules import money

FILE_ROWS = 20_000


@dataclass(frozen=True)
class LineRow:
    """One line of a fund. ``left`` is what still counts of it; a correction names its line."""

    id: int
    kind: str
    cents: int
    purpose: str
    reference: str
    payee: str
    words: str
    certified_by: str
    happened_on: date
    written_at: datetime
    written_by: str
    corrects: int | None
    left: int


@dataclass(frozen=True)
class LineFile:
    """One line with the lines that take it back, and whether the asker may take back more."""

    row: LineRow
    fund: str
    corrections: tuple[LineRow, ...]
    may_take_back: bool


@dataclass(frozen=True)
class LinePage:
    """A page of lines, the newest first."""

    rows: tuple[LineRow, ...]
    total: int
    page: int
    pages: int


def get_fund(fund_id: int, actor: Actor) -> Fund:
    """One fund, to act on it; `NotFound` for whoever does not read the money."""
    found: Fund | None = funds_within(actor).filter(pk=fund_id).select_related("year").first()
    if found is None:
        raise NotFound(f"no fund {fund_id}")
    return found


def get_fund_to_keep(fund_id: int, actor: Actor) -> Fund:
    """One fund, to change it; whoever only reads the money is told that there is none."""
    if not policy.may_keep_money(actor, None):
        raise NotFound(f"no fund {fund_id}")
    return get_fund(fund_id, actor)


def get_line(fund_id: int, line_id: int, actor: Actor) -> FundLine:
    """One line of a fund, to take it back."""
    fund = get_fund(fund_id, actor)
    found: FundLine | None = fund.lines.filter(pk=line_id).select_related("purpose").first()
    if found is None:
        raise NotFound(f"no line {line_id} of fund {fund_id}")
    return found


def get_purpose(fund_id: int, purpose_id: int, actor: Actor) -> Purpose:
    """One purpose of a fund."""
    found: Purpose | None = get_fund(fund_id, actor).purposes.filter(pk=purpose_id).first()
    if found is None:
        raise NotFound(f"no purpose {purpose_id} of fund {fund_id}")
    return found


def certifier_of(fund_id: int, actor: Actor) -> str:
    """Who certifies the money of a fund."""
    return str(get_fund(fund_id, actor).certifier)


def purposes_to_choose(fund_id: int, actor: Actor) -> tuple[tuple[str, str], ...]:
    """The purposes of a fund, by number and name; all of them, as money of each must be usable."""
    rows = get_fund(fund_id, actor).purposes.order_by("name", "pk")
    return tuple((str(pk), name) for pk, name in rows.values_list("pk", "name"))


def lines_in_pieces(
    fund_id: int,
    actor: Actor,
    *,
    kind: str = "",
    purpose: int | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Iterator[tuple[LineRow, ...]]:
    """The same lines for a file, all of them, the newest first; read as the file is written."""
    fund = get_fund(fund_id, actor)
    rows = lines_of(fund, kind=kind, purpose=purpose, since=since, until=until)
    return map(line_rows, in_pieces(rows, by="-pk"))


def line_file(fund_id: int, line_id: int, actor: Actor) -> LineFile:
    """One line of a fund with what was taken back of it."""
    line = get_line(fund_id, line_id, actor)
    [row] = line_rows([line])
    back = line.corrections.select_related("purpose").order_by("pk")
    fund = get_fund(fund_id, actor)
    may = policy.may_keep_money(actor, fund) and fund.standing == money.EXISTING
    return LineFile(
        row, f"{fund.code} {fund.name}", line_rows(back[:FILE_ROWS]), may and row.left > 0
    )


def funds_within(actor: Actor) -> QuerySet[Any]:
    """The funds that the asker reads of."""
    rows: QuerySet[Any] = Fund.objects.within(policy.money_reach(actor))
    return rows


def lines_of(
    fund: Fund,
    *,
    kind: str,
    purpose: int | None,
    since: date | None,
    until: date | None,
) -> QuerySet[Any]:
    """The lines of a fund that fit, the newest first."""
    rows = fund.lines.all()
    if kind == "corrections":
        rows = rows.exclude(corrects=None)
    elif kind:
        rows = rows.filter(kind=kind)
    wanted = {"purpose": purpose, "happened_on__gte": since, "happened_on__lte": until}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    kept: QuerySet[Any] = rows.select_related("purpose").order_by("-pk")
    return kept


def line_rows(lines: Iterable[FundLine]) -> tuple[LineRow, ...]:
    """Lines as lists show them, with what still counts of each; read at once for all."""
    found = list(lines)
    taken = FundLine.objects.filter(corrects__in=[line.pk for line in found]).order_by()
    back = {
        pk: int(cents) for pk, cents in taken.values_list("corrects").annotate(c=Total("cents"))
    }
    return tuple(
        LineRow(
            id=line.pk,
            kind=line.kind,
            cents=line.cents,
            purpose=line.purpose.name if line.purpose else "",
            reference=line.reference,
            payee=line.payee,
            words=line.words,
            certified_by=line.certified_by,
            happened_on=line.happened_on,
            written_at=line.written_at,
            written_by=line.written_by,
            corrects=line.corrects_id,
            left=0 if line.corrects_id else line.cents + back.get(line.pk, 0),
        )
        for line in found
    )
