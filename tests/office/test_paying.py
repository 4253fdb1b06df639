"""Which fund pays which position, and who reads of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.cast import Cast
from tests.office.funds import certified, make_fund, moved
from tests.office.people import TODAY, day, lent
from wardroom.directory.actions import fill_seat
from wardroom.office.actions import (
    PositionDraft,
    PurposeDraft,
    add_position,
    allocate_money,
    propose_position,
)
from wardroom.office.models import Fund, Position
from wardroom.office.queries import position_file, structure
from wardroom.office.queries.paying import FundStaff, funds_of_position, positions_by_fund

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def place(who: Cast, title: str, fte: str = "1") -> Position:
    draft = PositionDraft(title=title, fte=Decimal(fte))
    return add_position(None, draft=draft, since_on=day(-9), stamp=who.stamp)


def pay(who: Cast, fund: Fund, dollars: int, position: Position | None = None) -> None:
    draft = PurposeDraft("position", "" if position else "Some liaisons", position=position)
    allocate_money(fund, movement=moved(dollars), purpose=draft, stamp=who.stamp)


def by_fund(who: Cast, *, on: date = TODAY) -> dict[str, FundStaff]:
    found = positions_by_fund(structure(who.actor, on=on), who.actor, on=on)
    return {row.fund.split()[0] if row.fund else "": row for row in found}


def test_positions_stand_under_the_funds_that_pay_them(director: Cast, liaison5: Cast) -> None:
    local, grant = make_fund(director), make_fund(director, code="GRANT", ends_on=date(2027, 1, 31))
    for fund in (local, grant):
        certified(fund, 50_000, director.stamp)
    desk, half = place(director, "Front desk"), place(director, "Records", "0.5")
    place(director, "Nobody pays")
    wish = propose_position(
        None,
        draft=PositionDraft("Analyst", Decimal(1)),
        reason="Growth",
        stamp=director.stamp,
    )
    assert desk.seat is not None
    assert half.seat is not None
    fill_seat(desk.seat, since_on=TODAY, holder=director.party, stamp=director.stamp)
    fill_seat(half.seat, since_on=TODAY, holder=liaison5.party, stamp=director.stamp)
    lent(liaison5, director)
    pay(director, local, 300, desk)
    pay(director, grant, 100, desk)
    pay(director, local, 90, half)
    pay(director, local, 80, wish)
    pay(director, local, 70)
    rows = by_fund(director)
    assert list(rows) == ["FY27-LOCAL", "GRANT", ""]
    found, other, none = rows.values()
    assert (found.existing, found.proposed) == (Decimal("1.25"), Decimal(1))
    assert found.filled == Decimal("0.75")  # who is on detail fills no job of the office
    assert (found.cents, found.in_words) == (540_00, 70_00)
    assert (other.existing, other.cents) == (Decimal("0.25"), 100_00)
    assert [one.row.title for one in none.paid] == ["Nobody pays"]
    assert sum((row.existing for row in rows.values()), Decimal(0)) == Decimal("2.5")

    row = position_file(desk.pk, director.actor, on=TODAY).row
    paid = funds_of_position(row, director.actor, on=TODAY)
    assert paid is not None
    assert [(one.fund_id, one.part, one.cents) for one in paid] == [
        (local.pk, Decimal("0.75"), 300_00),
        (grant.pk, Decimal("0.25"), 100_00),
    ]
    # When the grant has ended, the local fund alone pays; and after it nobody.
    assert by_fund(director, on=date(2027, 2, 1))["FY27-LOCAL"].existing == Decimal("1.5")
    assert list(by_fund(director, on=date(2027, 10, 1))) == [""]
    assert funds_of_position(row, director.actor, on=date(2027, 10, 1)) == ()


def test_only_who_reads_the_money_sees_which_fund_pays(
    director: Cast, auditor: Cast, liaison5: Cast, staff: Cast, records_officer: Cast
) -> None:
    fund, desk = make_fund(director), place(director, "Front desk")
    certified(fund, 100, director.stamp)
    pay(director, fund, 100, desk)
    row = position_file(desk.pk, director.actor, on=TODAY).row
    for who in (director, auditor):
        assert list(by_fund(who)) == ["FY27-LOCAL"]
        assert funds_of_position(row, who.actor, on=TODAY)
    for who in (liaison5, staff, records_officer):
        assert by_fund(who) == {}
        assert funds_of_position(row, who.actor, on=TODAY) is None
