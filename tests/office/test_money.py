"""Funds and their lines: what is refused, what is kept, and who may."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.cast import Cast, hire
from tests.office.funds import (
    DAY,
    DRAFT,
    certified,
    fund_in_use,
    make_fund,
    moved,
    purpose_with,
    refused,
)
from wardroom.access.actor import SYSTEM, Role, Stamp, Window
from wardroom.access.gate import guard_pass
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry
from wardroom.ledger.policy import may_read_entry
from wardroom.matters.models import Waiting
from wardroom.office import actions
from wardroom.office.models import Fund, FundLine, Purpose
from wardroom.office.queries.balances import balances_of
from wardroom.office.queries.money import fund_page, get_funds_without_plan, years_with_funds
from wardroom.office.queries.spending import spending_page
from wardroom.office.queries.submissions import told_now
from wardroom.office.rules.money import Balance
from wardroom.office.rules.spending import months_of

pytestmark = pytest.mark.django_db


def test_money_goes_from_certified_to_spent_and_the_columns_say_so(director: Cast) -> None:
    fund, purpose = fund_in_use(director)
    held = balances_of(fund)
    assert held.fund == Balance(50_000_00, 20_000_00, 5_000_00, 1_000_00)
    assert (fund.certified_cents, fund.spent_cents) == (50_000_00, 1_000_00)
    assert (purpose.allocated_cents, purpose.committed_cents) == (20_000_00, 5_000_00)
    assert list(fund.lines.order_by("pk").values_list("kind", flat=True)) == [
        "certify", "allocate", "commit", "spend",
    ]  # fmt: skip


def test_nothing_is_obligated_before_it_is_certified(director: Cast) -> None:
    fund = make_fund(director)
    assert refused(lambda: purpose_with(fund, 1, director.stamp)) == "not_certified"
    assert not fund.lines.exists()
    assert not fund.purposes.exists()


def test_nothing_is_obligated_on_a_day_before_it_was_certified(director: Cast) -> None:
    fund, stamp = make_fund(director), director.stamp
    certified_on = date(2026, 11, 10)
    paper = moved(1_000, on=certified_on)
    actions.certify_money(fund, movement=paper, certified_by="The AFO", stamp=stamp)
    draft = actions.PurposeDraft("other", "Walks")

    def allocate(on: date) -> FundLine:
        movement = moved(1_000, on=on)
        return actions.allocate_money(fund, movement=movement, purpose=draft, stamp=stamp)

    with pytest.raises(Refused) as no:
        allocate(date(2026, 10, 2))
    assert (no.value.code, no.value.field) == ("not_there_yet", "happened_on")
    assert "By Friday, October 2, 2026, $0.00 was certified" in no.value.sentence
    line = allocate(certified_on)
    early = moved(5, on=date(2026, 10, 3))
    assert line.purpose is not None
    for verb in (actions.commit_money, actions.spend_money):
        more = {"commit_too": True} if verb is actions.spend_money else {}
        asked = {"movement": early, "purpose": line.purpose, "stamp": stamp, **more}
        assert refused(lambda verb=verb, asked=asked: verb(fund, **asked)) == "not_there_yet"
    assert fund.lines.count() == 2


def test_certification_that_an_older_day_rests_on_is_not_taken_back(director: Cast) -> None:
    fund, stamp = make_fund(director), director.stamp
    first, second = moved(100, on=date(2026, 11, 2)), moved(100, on=date(2026, 11, 9))
    line = actions.certify_money(fund, movement=first, certified_by="The AFO", stamp=stamp)
    draft = actions.PurposeDraft("other", "Walks")
    actions.allocate_money(fund, movement=first, purpose=draft, stamp=stamp)
    actions.certify_money(fund, movement=second, certified_by="The AFO", stamp=stamp)
    take = actions.take_line_back
    back = refused(lambda: take(fund, line=line, cents=1, reason="Wrong", stamp=stamp))
    assert back == "still_needed"


def test_nothing_goes_over_what_is_certified(director: Cast) -> None:
    fund, purpose = fund_in_use(director)
    stamp = director.stamp
    assert refused(lambda: certified(fund, 50_001, stamp)) == "over_amount"
    assert refused(lambda: purpose_with(fund, 30_001, stamp)) == "over_certified"
    commit = actions.commit_money
    over = moved(15_000, cents=1)
    assert refused(lambda: commit(fund, movement=over, purpose=purpose, stamp=stamp)) == (
        "over_allocated"
    )
    spend = actions.spend_money
    assert refused(lambda: spend(fund, movement=moved(4_001), purpose=purpose, stamp=stamp)) == (
        "over_committed"
    )
    assert fund.lines.count() == 4


def test_money_is_committed_and_spent_in_one_step_or_not_at_all(director: Cast) -> None:
    fund, purpose = fund_in_use(director)
    stamp = director.stamp
    actions.spend_money(fund, movement=moved(15_000), purpose=purpose, commit_too=True, stamp=stamp)
    held = balances_of(fund).fund
    assert (held.committed, held.spent) == (20_000_00, 16_000_00)
    both = refused(
        lambda: actions.spend_money(
            fund, movement=moved(1), purpose=purpose, commit_too=True, stamp=stamp
        )
    )
    assert both == "over_allocated"
    assert balances_of(fund).fund == held


def test_what_is_released_and_returned_can_be_used_elsewhere(director: Cast) -> None:
    fund, purpose = fund_in_use(director)
    stamp = director.stamp
    assert (
        refused(
            lambda: actions.release_money(fund, movement=moved(4_001), purpose=purpose, stamp=stamp)
        )
        == "over_released"
    )
    actions.release_money(fund, movement=moved(4_000), purpose=purpose, stamp=stamp)
    actions.return_money(fund, movement=moved(19_000), purpose=purpose, stamp=stamp)
    assert balances_of(fund).fund == Balance(50_000_00, 1_000_00, 1_000_00, 1_000_00)
    purpose_with(fund, 49_000, stamp, name="Chairs")
    assert (
        refused(lambda: actions.return_money(fund, movement=moved(1), purpose=purpose, stamp=stamp))
        == "over_returned"
    )


def test_correction_is_a_line_against_the_wrong_one(director: Cast) -> None:
    fund, _ = fund_in_use(director)
    spent = fund.lines.get(kind="spend")
    back = actions.take_line_back(
        fund, line=spent, cents=400_00, reason="Paid twice in the list", stamp=director.stamp
    )
    assert (back.cents, back.corrects_id, back.happened_on) == (-400_00, spent.pk, DAY)
    assert balances_of(fund).fund.spent == 600_00
    assert FundLine.objects.get(pk=spent.pk).cents == 1_000_00

    def again(line: FundLine, cents: int) -> str:
        return refused(
            lambda: actions.take_line_back(
                fund, line=line, cents=cents, reason="Once more", stamp=director.stamp
            )
        )

    assert again(spent, 600_01) == "over_line"
    assert again(back, 1) == "wrong_state"
    assert again(fund.lines.get(kind="certify"), 30_000_01) == "still_needed"
    assert again(fund.lines.get(kind="certify"), 30_000_00) == ""


def test_line_of_another_fund_is_not_taken_back_here(director: Cast) -> None:
    fund, purpose = fund_in_use(director)
    other, _ = fund_in_use(director, code="OTHER")
    line = fund.lines.get(kind="spend")
    take, commit = actions.take_line_back, actions.commit_money
    assert (
        refused(lambda: take(other, line=line, cents=1, reason="x", stamp=director.stamp))
        == "other_fund"
    )
    assert (
        refused(lambda: commit(other, movement=moved(1), purpose=purpose, stamp=director.stamp))
        == "other_fund"
    )


def test_proposed_fund_takes_a_plan_and_no_money(director: Cast) -> None:
    fund = make_fund(director, proposed=True, scenario="If the grant comes")
    assert refused(lambda: certified(fund, 1, director.stamp)) == "fund_proposed"
    plan = actions.plan_spending(fund, months={"2026-12": 40_000_00}, stamp=director.stamp)
    assert plan.months.count() == 12
    actions.grant_fund(fund, amount_cents=80_000_00, words="Award letter 12", stamp=director.stamp)
    fund.refresh_from_db()
    assert (fund.standing, fund.amount_cents, fund.scenario) == ("existing", 80_000_00, "")
    certified(fund, 80_000, director.stamp)


def test_fund_that_ended_commits_nothing_new_and_pays_what_was_committed(director: Cast) -> None:
    ended = date(2026, 11, 10)
    fund = make_fund(director, ends_on=ended)
    stamp = director.stamp
    before = moved(10_000, on=ended)
    actions.certify_money(fund, movement=before, certified_by="The AFO", stamp=stamp)
    draft = actions.PurposeDraft("other", "Walks")
    purpose = actions.allocate_money(fund, movement=before, purpose=draft, stamp=stamp).purpose
    assert purpose is not None
    actions.commit_money(fund, movement=moved(500, on=ended), purpose=purpose, stamp=stamp)
    with pytest.raises(Refused) as no:
        actions.commit_money(fund, movement=moved(1), purpose=purpose, stamp=stamp)
    assert (no.value.code, no.value.field) == ("fund_ended", "happened_on")
    assert "ended on Tuesday, November 10, 2026" in no.value.sentence
    actions.spend_money(fund, movement=moved(500), purpose=purpose, stamp=stamp)


def test_fund_with_money_is_not_dropped_and_not_cut_below_what_is_certified(
    director: Cast,
) -> None:
    fund, _ = fund_in_use(director)
    stamp = director.stamp
    assert refused(lambda: actions.drop_fund(fund, reason="No", stamp=stamp)) == "wrong_state"
    smaller = replace(DRAFT, amount_cents=49_999_99)
    assert refused(lambda: actions.change_fund(fund, draft=smaller, stamp=stamp)) == (
        "below_certified"
    )
    actions.change_fund(fund, draft=replace(DRAFT, amount_cents=60_000_00), stamp=stamp)
    [line] = Entry.objects.filter(kind="FundChanged")
    assert line.body["changes"][0]["after"] == "$60,000.00"


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"ends_on": date(2026, 11, 17)}, "line_after", "ends_on"),
        ({"ends_on": date(2027, 7, 31)}, "plan_outside", "ends_on"),
        ({"starts_on": date(2026, 11, 1)}, "plan_outside", "starts_on"),
        ({"amount_cents": 59_999_99}, "plan_over_amount", "amount"),
        ({"ends_on": date(2027, 8, 1), "amount_cents": 60_000_00}, "", None),
    ],
)
def test_fund_is_not_changed_under_its_lines_and_its_plan(
    director: Cast, changed: dict[str, Any], code: str, field: str | None
) -> None:
    fund, _ = fund_in_use(director)
    months = {"2026-10": 20_000_00, "2027-08": 40_000_00}
    actions.plan_spending(fund, months=months, stamp=director.stamp)
    draft = replace(DRAFT, **changed)
    if not code:
        actions.change_fund(fund, draft=draft, stamp=director.stamp)
        return
    with pytest.raises(Refused) as no:
        actions.change_fund(fund, draft=draft, stamp=director.stamp)
    assert (no.value.code, no.value.field) == (code, field)


def test_lines_that_were_taken_back_hold_no_fund_open(director: Cast) -> None:
    fund, stamp = make_fund(director), director.stamp
    line = certified(fund, 5, stamp)
    actions.take_line_back(fund, line=line, cents=5_00, reason="Another fund", stamp=stamp)
    sooner = replace(DRAFT, ends_on=date(2026, 10, 31))
    assert actions.change_fund(fund, draft=sooner, stamp=stamp).ends_on == sooner.ends_on


def test_fund_is_not_granted_less_than_its_plan(director: Cast) -> None:
    fund = make_fund(director, proposed=True)
    actions.plan_spending(fund, months={"2026-12": 40_000_00}, stamp=director.stamp)

    def grant(cents: int) -> Fund:
        words, stamp = "Award letter 12", director.stamp
        return actions.grant_fund(fund, amount_cents=cents, words=words, stamp=stamp)

    assert refused(lambda: grant(39_999_99)) == "plan_over_amount"
    assert grant(40_000_00).standing == "existing"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": "Constituent services fund"}, "political_money"),
        ({"purpose": "Campaign contributions"}, "political_money"),
        ({"code": "FY 27"}, "code_unclear"),
        ({"sort": "cash"}, "unknown_sort"),
        ({"ends_on": date(2026, 9, 1)}, "ends_first"),
        ({"ends_on": date(2036, 9, 1)}, "too_long"),
        ({"certifier": " "}, "certifier_missing"),
        ({"amount_cents": 0}, "amount_missing"),
        ({"name": "x" * 161}, "too_long"),
    ],
)
def test_fund_that_cannot_be(director: Cast, changed: dict[str, Any], code: str) -> None:
    assert refused(lambda: make_fund(director, **changed)) == code
    assert not Fund.objects.exists()


def test_two_funds_have_two_codes(director: Cast) -> None:
    make_fund(director)
    assert refused(lambda: make_fund(director, code="fy27-local")) == "already_there"


def test_only_the_director_keeps_money(
    director: Cast, liaison5: Cast, staff: Cast, auditor: Cast, partner_dpw: Cast
) -> None:
    fund, _ = fund_in_use(director)
    for who in (liaison5, staff, auditor, partner_dpw):
        with pytest.raises(NotAllowed):
            make_fund(who, code="X")
        with pytest.raises(NotAllowed):
            certified(fund, 1, who.stamp)


def test_lines_of_the_ledger_about_money_are_for_directors_and_auditors(
    director: Cast, liaison5: Cast, staff: Cast, auditor: Cast, records_officer: Cast
) -> None:
    fund_in_use(director)
    lines = list(Entry.objects.filter(about__noun="fund"))
    assert len(lines) == 5
    assert all(may_read_entry(who.actor, e) for e in lines for who in (director, auditor))
    others = (liaison5, staff, records_officer)
    assert not any(may_read_entry(who.actor, e) for e in lines for who in others)


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


def test_end_of_a_fund_waits_for_every_director_until_somebody_says_what_comes(
    director: Cast,
) -> None:
    second = hire("second.director", "Second Director", Role.DIRECTOR)
    fund = make_fund(director, ends_on=date(2027, 1, 10))
    house = Stamp(actor=SYSTEM, at=director.stamp.at, window=Window.WORKER)
    actions.announce_fund_end(fund, stamp=house)
    rows = Waiting.objects.filter(noun="fund")
    assert {(r.party_id, r.due_on) for r in rows} == {
        (director.party.pk, date(2026, 12, 11)),
        (second.party.pk, date(2026, 12, 11)),
    }
    actions.settle_fund_end(fund, words="The new grant begins", stamp=director.stamp)
    assert not Waiting.objects.filter(noun="fund").exists()
    far = make_fund(director, code="FAR")
    assert refused(lambda: actions.announce_fund_end(far, stamp=house)) == "nothing_due"
    assert (
        refused(lambda: actions.settle_fund_end(far, words="x", stamp=director.stamp))
        == "wrong_state"
    )


@pytest.mark.parametrize("column", ["certified_cents", "allocated_cents", "spent_cents"])
def test_database_itself_lets_no_fund_be_overdrawn(director: Cast, column: str) -> None:
    fund, _ = fund_in_use(director)
    rows = Fund.objects.filter(pk=fund.pk)
    with guard_pass("a test"), pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**{column: 20_000_01 + 80_000_00})


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["certify", "allocate", "commit", "spend", "release", "return", "back"]),
        st.integers(0, 1),
        st.integers(1, 60_000_00),
    ),
    max_size=12,
)


class Sequences(TestCase):
    """Any sequence of lines through the actions leaves the columns true to the lines."""

    @given(STEPS)
    def test_no_sequence_overdraws_a_fund_or_loses_a_cent(
        self, steps: list[tuple[str, int, int]]
    ) -> None:
        from tests.cast import HIRES

        who = HIRES["director"]()
        fund, purpose = fund_in_use(who)
        purposes = [purpose, purpose_with(fund, 1, who.stamp, name="Chairs")]
        for kind, which, cents in steps:
            movement = replace(moved(0), cents=cents)
            refused(lambda k=kind, w=which, m=movement: one_step(fund, k, purposes[w], m, who))
        fund.refresh_from_db()
        held = balances_of(fund)
        assert held.is_sound
        assert held.fund == Balance(
            fund.certified_cents,
            fund.allocated_cents,
            fund.committed_cents,
            fund.spent_cents,
        )
        for one in fund.purposes.all():
            own = held.of(str(one.pk))
            assert (own.allocated, own.committed, own.spent) == (
                one.allocated_cents,
                one.committed_cents,
                one.spent_cents,
            )


def one_step(fund: Fund, kind: str, purpose: object, movement: actions.Movement, who: Cast) -> None:
    if kind == "certify":
        actions.certify_money(fund, movement=movement, certified_by="AFO", stamp=who.stamp)
    elif kind == "back":
        line = fund.lines.filter(corrects=None).order_by("-pk")[0]
        actions.take_line_back(
            fund, line=line, cents=movement.cents, reason="Wrong", stamp=who.stamp
        )
    else:
        verb = getattr(actions, f"{kind}_money")
        verb(fund, movement=movement, purpose=purpose, stamp=who.stamp)
