"""Funds: which can be, how they change and end, and who keeps and reads them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.cast import Cast, hire
from tests.office.funds import DRAFT, certified, fund_in_use, make_fund, moved, refused
from wardroom.access.actor import SYSTEM, Role, Stamp, Window
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry
from wardroom.ledger.policy import may_read_entry
from wardroom.matters.models import Waiting
from wardroom.office import actions
from wardroom.office.models import Fund

pytestmark = pytest.mark.django_db


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
