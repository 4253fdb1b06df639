"""Which fund pays which position: one position, and all of them by fund."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
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


@dataclass(frozen=True)
class _Gift:
    """The cents that a fund gave to a position, or to positions that nobody named."""

    position_id: int | None
    fund_id: int
    code: str
    name: str
    sort: str
    ends_on: date
    cents: int

    @property
    def fund(self) -> str:
        """The fund in words."""
        return f"{self.code} {self.name}"


def positions_by_fund(built: Structure, actor: Actor, *, on: date) -> tuple[FundStaff, ...]:
    """The positions by the funds that run on a day; nothing for whoever does not read the money."""
    if not policy.may_read_money(actor, None):
        return ()
    rows = [*built.loose, *(row for unit in built.units for row in _inside(unit))]
    of_one = Q(position__in=[row.id for row in rows])
    gifts = _gifts(of_one | Q(position=None, kind="position"), actor, on)
    given = _by_position(gifts)
    paid: dict[int | None, list[PaidPart]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.title, row.ward_code, row.id)):
        from_funds = given.get(row.id, {})
        for fund, part in parts_of(row.fte, from_funds).items():
            paid[fund].append(PaidPart(row, part, from_funds[fund]))
        if not from_funds:
            paid[None].append(PaidPart(row, row.fte, 0))
    in_words = {gift.fund_id: gift.cents for gift in gifts if gift.position_id is None}
    funds = {gift.fund_id: gift for gift in gifts}.values()
    found = [
        _staff(fund, paid.get(fund.fund_id, []), in_words.get(fund.fund_id, 0))
        for fund in sorted(funds, key=lambda fund: fund.code)
        if fund.fund_id in paid or fund.fund_id in in_words
    ]
    if paid[None]:
        found.append(FundStaff(None, "", "", None, tuple(paid[None]), 0, 0))
    return tuple(found)


def funds_of_position(row: PositionRow, actor: Actor, *, on: date) -> tuple[PaidBy, ...] | None:
    """The funds that pay a position on a day; ``None`` for whoever does not read the money."""
    if not policy.may_read_money(actor, None):
        return None
    gifts = _gifts(Q(position=row.id), actor, on)
    parts = parts_of(row.fte, _by_position(gifts).get(row.id, {}))
    return tuple(
        PaidBy(gift.fund_id, gift.fund, gift.ends_on, parts[gift.fund_id], gift.cents)
        for gift in sorted(gifts, key=lambda gift: gift.code)
        if gift.fund_id in parts
    )


def _staff(fund: _Gift, paid: list[PaidPart], in_words: int) -> FundStaff:
    return FundStaff(
        fund_id=fund.fund_id,
        fund=fund.fund,
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


def _gifts(which: Q, actor: Actor, on: date) -> list[_Gift]:
    """What each running fund gave to each of some positions, or to positions in words."""
    rows = Purpose.objects.filter(which, allocated_cents__gt=0, fund__in=_running(actor, on))
    of = ("fund__code", "fund__name", "fund__sort", "fund__ends_on")
    named = rows.order_by().values_list("position", "fund", *of)
    return [_Gift(*row) for row in named.annotate(cents=Total("allocated_cents"))]


def _by_position(gifts: Iterable[_Gift]) -> dict[int, dict[int, int]]:
    """The cents that each fund gave to each position that somebody named."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for gift in gifts:
        if gift.position_id is not None:
            found[gift.position_id][gift.fund_id] = int(gift.cents)
    return found


def _inside(unit: UnitNode) -> Iterator[PositionRow]:
    yield from unit.positions
    for part in unit.parts:
        yield from _inside(part)


def _jobs(paid: Iterable[PaidPart]) -> Decimal:
    return sum((one.part for one in paid), Decimal(0))
