"""Spending plans: what they bar, in which fiscal year, and who is asked for one."""

from __future__ import annotations

from datetime import date

import pytest

from tests.cast import Cast, hire
from tests.office.funds import DAY, certified, make_fund, moved, purpose_with, refused
from wardroom.access.actor import SYSTEM, Role, Stamp, Window
from wardroom.kernel.errors import NotAllowed
from wardroom.matters.models import Waiting
from wardroom.office import actions
from wardroom.office.models import Fund, Purpose
from wardroom.office.queries.balances import balances_of
from wardroom.office.queries.money import fund_page, get_funds_without_plan, years_with_funds
from wardroom.office.queries.spending import spending_page
from wardroom.office.queries.submissions import told_now
from wardroom.office.rules.spending import months_of

pytestmark = pytest.mark.django_db


def test_spending_over_the_plan_is_barred_beyond_5_percent_of_the_budget(director: Cast) -> None:
    fund = make_fund(director)
    stamp = director.stamp
    certified(fund, 100_000, stamp)
    purpose = purpose_with(fund, 100_000, stamp)
    months = dict.fromkeys(months_of(fund.starts_on, fund.ends_on), 1_000_00)
    actions.plan_spending(fund, months=months, stamp=stamp)

    def spend(dollars: int, cents: int = 0) -> str:
        return refused(
            lambda: actions.spend_money(
                fund,
                movement=moved(dollars, cents=cents),
                purpose=purpose,
                commit_too=True,
                stamp=stamp,
            )
        )

    assert spend(7_000, 1) == "over_plan"
    assert balances_of(fund).fund.committed == 0
    assert spend(7_000) == ""
    assert spend(0, 1) == "over_plan"
    months["2026-11"] = 2_000_00
    changed = actions.plan_spending(fund, months=months, reason="A storm", seen=1, stamp=stamp)
    assert changed.version == 2
    assert spend(1_000) == ""


def test_room_in_the_plan_of_one_fund_is_room_for_the_office(director: Cast) -> None:
    stamp = director.stamp
    fund, other = make_fund(director), make_fund(director, code="FY27-GRANT")
    actions.plan_spending(other, months={"2026-10": 10_000_00}, stamp=stamp)
    actions.plan_spending(fund, months={"2027-09": 1_00}, stamp=stamp)
    certified(fund, 100_000, stamp)
    purpose = purpose_with(fund, 100_000, stamp)
    spend = actions.spend_money
    most = moved(20_000)
    spend(fund, movement=most, purpose=purpose, commit_too=True, stamp=stamp)
    over = refused(
        lambda: spend(fund, movement=moved(1), purpose=purpose, commit_too=True, stamp=stamp)
    )
    assert over == "over_plan"


def three_years(director: Cast) -> tuple[Fund, Purpose]:
    """$300,000 for fiscal years 2026 to 2028: $1,000 a month, and all of it can be committed."""
    fund = make_fund(
        director,
        code="FED",
        amount_cents=300_000_00,
        starts_on=date(2025, 10, 1),
        ends_on=date(2028, 9, 30),
    )
    certified(fund, 300_000, director.stamp)
    purpose = purpose_with(fund, 300_000, director.stamp)
    months = dict.fromkeys(months_of(fund.starts_on, fund.ends_on), 1_000_00)
    actions.plan_spending(fund, months=months, stamp=director.stamp)
    return fund, purpose


def test_fund_of_several_years_stands_in_each_of_them(director: Cast) -> None:
    fund, _ = three_years(director)
    make_fund(director)
    actor = director.actor
    assert years_with_funds(actor) == (2028, 2027, 2026)
    for year, funds in ((2025, 0), (2026, 1), (2027, 2), (2028, 1), (2029, 0)):
        found = spending_page(actor, year=year, on=DAY)
        assert (found.total, fund_page(actor, year=year, on=DAY).total) == (funds, funds)
        assert found.budget == (12_000_00 if funds else 0)
        assert sum(month.planned for month in found.months) == found.budget
    [row] = [r for r in spending_page(actor, year=2027, on=DAY).rows if r.fund.id == fund.pk]
    assert (row.planned, row.planned_to_date) == (12_000_00, 2_000_00)
    draft = actions.draft_submission(None, year=2028, stamp=director.stamp)
    [told] = told_now(draft)["existing"]
    assert (told["code"], sum(told["quarters"])) == ("FED", 12_000_00)
    late = refused(lambda: actions.draft_submission(None, year=2029, stamp=director.stamp))
    assert late == "no_funds"


def test_spending_is_held_against_the_plan_of_its_own_fiscal_year(director: Cast) -> None:
    fund, purpose = three_years(director)

    def spend(dollars: int) -> str:
        return refused(
            lambda: actions.spend_money(
                fund,
                movement=moved(dollars),
                purpose=purpose,
                commit_too=True,
                stamp=director.stamp,
            )
        )

    # Of last year's $12,000 nothing was spent, and that makes no room in this one: two months
    # of $1,000 and 5% of the year's $12,000.
    assert spend(2_601) == "over_plan"
    assert spend(2_600) == ""
    [october, november] = spending_page(director.actor, year=2027, on=DAY).months[:2]
    assert (october.spent, november.spent, november.over) == (0, 2_600_00, 600_00)
    assert not any(m.spent for m in spending_page(director.actor, year=2026, on=DAY).months)


def test_what_is_paid_after_the_end_belongs_to_the_last_year_of_a_fund(director: Cast) -> None:
    ended = date(2026, 9, 30)
    fund = make_fund(director, starts_on=date(2025, 10, 1), ends_on=ended)
    before = moved(1_000, on=ended)
    stamp = director.stamp
    actions.certify_money(fund, movement=before, certified_by="The AFO", stamp=stamp)
    draft = actions.PurposeDraft("other", "Walks")
    purpose = actions.allocate_money(fund, movement=before, purpose=draft, stamp=stamp).purpose
    assert purpose is not None
    actions.commit_money(fund, movement=before, purpose=purpose, stamp=stamp)
    actions.plan_spending(fund, months={"2026-09": 1_000_00}, stamp=stamp)
    actions.spend_money(fund, movement=moved(1_000), purpose=purpose, stamp=stamp)
    month = spending_page(director.actor, year=2026, on=DAY).months[-1]
    assert (month.month, month.spent, month.over) == ("2026-11", 1_000_00, 0)
    assert spending_page(director.actor, year=2027, on=DAY).total == 0


def test_plan_that_somebody_else_saved_is_not_overwritten(director: Cast) -> None:
    fund = make_fund(director)
    stamp = director.stamp
    plan = actions.plan_spending
    plan(fund, months={"2026-12": 1_00}, stamp=stamp)
    assert refused(lambda: plan(fund, months={"2026-12": 2_00}, stamp=stamp)) == "already_changed"
    assert (
        refused(lambda: plan(fund, months={"2026-12": 2_00}, seen=1, stamp=stamp))
        == "reason_missing"
    )
    assert (
        refused(lambda: plan(fund, months={"2026-12": 1_00}, reason="x", seen=1, stamp=stamp))
        == "nothing_new"
    )
    assert fund.plans.count() == 1


def test_fund_without_a_plan_waits_for_every_director_until_there_is_one(director: Cast) -> None:
    second = hire("second.director", "Second Director", Role.DIRECTOR)
    fund, planned = make_fund(director), make_fund(director, code="PLANNED")
    actions.plan_spending(planned, months={"2026-12": 1_00}, stamp=director.stamp)
    house = Stamp(actor=SYSTEM, at=director.stamp.at, window=Window.WORKER)
    today = director.stamp.at.date()
    assert get_funds_without_plan(today) == (fund,)
    actions.ask_for_plan(fund, stamp=house)
    rows = Waiting.objects.filter(noun="fund")
    assert {(r.party_id, r.title) for r in rows} == {
        (who.party.pk, f"{fund.name} has no spending plan") for who in (director, second)
    }
    assert not get_funds_without_plan(today)
    for other in (fund, planned):
        assert refused(lambda one=other: actions.ask_for_plan(one, stamp=house)) == "nothing_due"
    third = hire("third.director", "Third Director", Role.DIRECTOR)
    actions.ask_for_plan(fund, stamp=house)
    assert Waiting.objects.filter(noun="fund", party=third.party).exists()
    actions.plan_spending(fund, months={"2026-12": 1_00}, stamp=director.stamp)
    assert not Waiting.objects.filter(noun="fund").exists()
    with pytest.raises(NotAllowed):
        actions.ask_for_plan(fund, stamp=director.stamp)
