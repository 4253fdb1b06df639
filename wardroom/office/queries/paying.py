"""Which fund pays which position: one position, and all of them by fund."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.db.models import Sum as Total

from wardroom.access.actor import Actor
from wardroom.office import policy
from wardroom.office.models import Fund, Purpose
from wardroom.office.queries.structure import PositionRow, Structure, UnitNode
from wardroom.office.rules import money
from wardroom.office.rules import structure as rules
from wardroom.office.rules.paying import parts_of

STAFF = frozenset({rules.APPOINTED, "fixed_term"})


@dataclass(frozen=True)
class PaidPart:
    """The part of a job that a fund pays, and the cents it gave for that; nothing from no fund."""

    row: PositionRow
    part: Decimal
    cents: int


@dataclass(frozen=True)
class FundStaff:
    """A fund with the positions it pays. ``in_words`` is given to positions that nobody named.

    The last one stands for no fund at all, and has no number.
    """

    fund_id: int | None
    fund: str
    sort: str
    ends_on: date | None
    paid: tuple[PaidPart, ...]
    cents: int
    in_words: int

    @property
    def existing(self) -> Decimal:
        """Full-time jobs in positions that exist."""
        return _jobs(one for one in self.paid if one.row.status == rules.EXISTING)

    @property
    def filled(self) -> Decimal:
        """Those that somebody of the office's own staff holds; who is lent is no job of it."""
        return _jobs(one for one in self.paid if STAFF & {who.sort for who in one.row.holders})

    @property
    def proposed(self) -> Decimal:
        """Full-time jobs in positions that are only proposed."""
        return _jobs(one for one in self.paid if one.row.status == rules.PROPOSED)


@dataclass(frozen=True)
class PaidBy:
    """A fund that pays one position: the part of a job, the cents it gave, and its last day."""

    fund_id: int
    fund: str
    ends_on: date
    part: Decimal
    cents: int


def positions_by_fund(built: Structure, actor: Actor, *, on: date) -> tuple[FundStaff, ...]:
    """The positions by the funds that run on a day; nothing for whoever does not read the money."""
    if not policy.may_read_money(actor, None):
        return ()
    rows = [*built.loose, *(row for unit in built.units for row in _inside(unit))]
    given = _given([row.id for row in rows], actor, on)
    paid: dict[int | None, list[PaidPart]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.title, row.ward_code, row.id)):
        from_funds = given.get(row.id, {})
        for fund, part in parts_of(row.fte, from_funds).items():
            paid[fund].append(PaidPart(row, part, from_funds[fund]))
        if not from_funds:
            paid[None].append(PaidPart(row, row.fte, 0))
    words = _in_words(actor, on)
    funds = _running(actor, on).filter(pk__in={*words, *(pk for pk in paid if pk is not None)})
    found = [
        _staff(fund, paid.get(fund.pk, []), words.get(fund.pk, 0))
        for fund in funds.order_by("code")
    ]
    if paid[None]:
        found.append(FundStaff(None, "", "", None, tuple(paid[None]), 0, 0))
    return tuple(found)


def funds_of_position(row: PositionRow, actor: Actor, *, on: date) -> tuple[PaidBy, ...] | None:
    """The funds that pay a position on a day; ``None`` for whoever does not read the money."""
    if not policy.may_read_money(actor, None):
        return None
    given = _given([row.id], actor, on).get(row.id, {})
    parts = parts_of(row.fte, given)
    if not parts:
        return ()
    return tuple(
        PaidBy(fund.pk, f"{fund.code} {fund.name}", fund.ends_on, parts[fund.pk], given[fund.pk])
        for fund in Fund.objects.filter(pk__in=parts).order_by("code")
    )


def _staff(fund: Fund, paid: list[PaidPart], in_words: int) -> FundStaff:
    return FundStaff(
        fund_id=fund.pk,
        fund=f"{fund.code} {fund.name}",
        sort=fund.sort,
        ends_on=fund.ends_on,
        paid=tuple(paid),
        cents=sum(one.cents for one in paid) + in_words,
        in_words=in_words,
    )


def _running(actor: Actor, on: date) -> QuerySet[Any]:
    rows = Fund.objects.within(policy.money_reach(actor)).filter(standing=money.EXISTING)
    found: QuerySet[Any] = rows.filter(starts_on__lte=on, ends_on__gte=on)
    return found


def _given(positions: Iterable[int], actor: Actor, on: date) -> dict[int, dict[int, int]]:
    """The cents that each running fund gave to each of some positions."""
    rows = Purpose.objects.filter(
        position__in=list(positions), allocated_cents__gt=0, fund__in=_running(actor, on)
    )
    found: dict[int, dict[int, int]] = defaultdict(dict)
    named = rows.order_by().values_list("position", "fund")
    for position, fund, cents in named.annotate(cents=Total("allocated_cents")):
        found[position][fund] = int(cents)
    return found


def _in_words(actor: Actor, on: date) -> dict[int, int]:
    """The cents that each running fund gave to positions in words, without naming one."""
    rows = Purpose.objects.filter(kind="position", position=None, allocated_cents__gt=0)
    named = rows.filter(fund__in=_running(actor, on)).order_by().values_list("fund")
    return {fund: int(cents) for fund, cents in named.annotate(cents=Total("allocated_cents"))}


def _inside(unit: UnitNode) -> Iterator[PositionRow]:
    yield from unit.positions
    for part in unit.parts:
        yield from _inside(part)


def _jobs(paid: Iterable[PaidPart]) -> Decimal:
    return sum((one.part for one in paid), Decimal(0))
