"""The demonstration's year of money holds on any day that it is loaded for."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.cast import Cast
from wardroom.demonstration import money
from wardroom.demonstration.loader import Plan
from wardroom.office.actions import PositionDraft, add_position
from wardroom.office.queries import structure
from wardroom.office.queries.paying import positions_by_fund

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("end", [date(2026, 10, 2), date(2026, 11, 18), date(2027, 9, 29)])
def test_year_of_money_holds_on_any_day(
    director: Cast, monkeypatch: pytest.MonkeyPatch, end: date
) -> None:
    monkeypatch.setattr(money, "DIRECTOR", director.email)
    plan = Plan(requests=0, seed=1, end=end)
    assert money.show_money(plan) == 6
    draft = PositionDraft("Front desk", Decimal("0.5"))
    since = end - timedelta(days=9)
    add_position(None, draft=draft, since_on=since, stamp=director.stamp)
    for _ in range(2):
        money.pay_positions(plan)
    [row] = positions_by_fund(structure(director.actor, on=end), director.actor, on=end)
    assert (row.existing, row.cents - row.in_words) == (Decimal("0.5"), 55_000_00)
