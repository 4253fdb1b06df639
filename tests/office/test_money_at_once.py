"""Two write lines of one fund at the same moment: the fund is never overdrawn."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.matters.test_same_time import race
from tests.office.funds import certified, make_fund, moved, purpose_with
from wardroom.office.actions import commit_money, plan_spending, spend_money, take_line_back
from wardroom.office.models import Fund
from wardroom.office.queries.balances import balances_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]


def test_of_many_commitments_at_once_only_those_that_fit_are_written(director: Cast) -> None:
    fund = make_fund(director)
    certified(fund, 1_000, director.stamp)
    purpose = purpose_with(fund, 1_000, director.stamp)
    said = race(
        *[lambda: commit_money(fund, movement=moved(300), purpose=purpose, stamp=director.stamp)]
        * 5
    )
    assert sorted(said) == ["done"] * 3 + ["over_allocated"] * 2
    assert balances_of(fund).fund.committed == 900_00
    assert Fund.objects.get(pk=fund.pk).committed_cents == 900_00


def test_line_is_taken_back_once_and_not_while_it_is_being_used(director: Cast) -> None:
    fund = make_fund(director)
    stamp = director.stamp
    line = certified(fund, 1_000, stamp)
    said = race(
        lambda: take_line_back(fund, line=line, cents=1_000_00, reason="Wrong", stamp=stamp),
        lambda: take_line_back(fund, line=line, cents=1_000_00, reason="Wrong", stamp=stamp),
        lambda: purpose_with(fund, 600, stamp),
    )
    assert said.count("done") == 1
    assert balances_of(fund).is_sound


def test_two_funds_at_once_do_not_overspend_the_plan_of_the_year(director: Cast) -> None:
    stamp = director.stamp
    pairs = []
    for code in ("ONE", "TWO"):
        fund = make_fund(director, code=code)
        certified(fund, 50_000, stamp)
        plan_spending(fund, months={"2026-11": 1_000_00}, stamp=stamp)
        pairs.append((fund, purpose_with(fund, 50_000, stamp)))
    said = race(
        *(
            lambda fund=fund, purpose=purpose: spend_money(
                fund, movement=moved(7_000), purpose=purpose, commit_too=True, stamp=stamp
            )
            for fund, purpose in pairs
        )
    )
    assert sorted(said) == ["done", "over_plan"]
