"""Funds as the office makes them: every line through its own action."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from tests.cast import Cast
from wardroom.access.actor import Stamp
from wardroom.office.actions import (
    FundDraft,
    Movement,
    PurposeDraft,
    add_fund,
    allocate_money,
    certify_money,
    commit_money,
    draft_submission,
    plan_spending,
    spend_money,
)
from wardroom.office.models import Fund, FundLine, Purpose
from wardroom.office.rules.spending import months_of

DAY = date(2026, 11, 18)
DRAFT = FundDraft(
    code="FY27-LOCAL",
    name="Local funds, fiscal year 2027",
    sort="local",
    starts_on=date(2026, 10, 1),
    ends_on=date(2027, 9, 30),
    amount_cents=100_000_00,
    purpose="The office's work in all eight wards",
    certifier="The agency fiscal officer",
)


def make_fund(who: Cast, *, proposed: bool = False, **changed: Any) -> Fund:
    """A fund of $100,000 of this fiscal year, unless something else is wanted."""
    return add_fund(replace(DRAFT, **changed), proposed=proposed, stamp=who.stamp)


def moved(dollars: int, *, on: date = DAY, cents: int = 0) -> Movement:
    """So many dollars on a day, by a paper and with a word."""
    return Movement(
        dollars * 100 + cents, on, reference="PO-1", words="As agreed", payee="The hall", again=True
    )


def certified(fund: Fund, dollars: int, stamp: Stamp) -> FundLine:
    """Money certified by whoever certifies it."""
    return certify_money(fund, movement=moved(dollars), certified_by=fund.certifier, stamp=stamp)


def purpose_with(fund: Fund, dollars: int, stamp: Stamp, *, name: str = "Walks") -> Purpose:
    """A purpose that was given so much of a fund."""
    draft = PurposeDraft("other", name)
    line = allocate_money(fund, movement=moved(dollars), purpose=draft, stamp=stamp)
    assert line.purpose is not None
    return line.purpose


def fund_in_use(who: Cast, **changed: Any) -> tuple[Fund, Purpose]:
    """$50,000 certified, $20,000 of it allocated, $5,000 committed, $1,000 spent."""
    fund = make_fund(who, **changed)
    certified(fund, 50_000, who.stamp)
    purpose = purpose_with(fund, 20_000, who.stamp)
    commit_money(fund, movement=moved(5_000), purpose=purpose, stamp=who.stamp)
    spend_money(fund, movement=moved(1_000), purpose=purpose, stamp=who.stamp)
    fund.refresh_from_db()
    purpose.refresh_from_db()
    return fund, purpose


def money_at_work(who: Cast) -> Fund:
    """A fund in use with its plan, a proposed one beside it, and a draft of the submission."""
    fund, _ = fund_in_use(who)
    months = dict.fromkeys(months_of(fund.starts_on, fund.ends_on), 8_000_00)
    plan_spending(fund, months=months, stamp=who.stamp)
    make_fund(who, code="FY27-GRANT", proposed=True, scenario="If the grant comes")
    draft_submission(None, year=2027, scenario="If the grant comes", stamp=who.stamp)
    return fund


def refused(call: Any) -> str:
    """The code of a refusal, or nothing where none came."""
    from wardroom.kernel.errors import Refused

    try:
        call()
    except Refused as no:
        return no.code
    return ""
