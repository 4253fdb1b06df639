"""Money: no sequence of lines overdraws a fund or loses a cent; amounts are read exactly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule

from wardroom.kernel.errors import Refused
from wardroom.office.rules import money
from wardroom.office.rules.amounts import MOST_CENTS, cents_in, plain, shown
from wardroom.office.rules.funds import check_not_political
from wardroom.office.rules.money import Balance, Sum, balances, check_line, check_open
from wardroom.office.rules.spending import (
    against_plan,
    check_plan,
    check_spending,
    days_ahead,
    first_day,
    fiscal_year_of,
    last_day,
    months_of,
    most_over,
)

CENTS = st.integers(1, 5_000)
PURPOSES = st.sampled_from(["1", "2", "3"])
USED = st.sampled_from([k for k in money.KINDS if k != money.CERTIFY])


def refusal(call: Callable[[], object]) -> str:
    """The code of a refusal, or nothing where none came."""
    try:
        call()
    except Refused as no:
        return no.code
    return ""


class Fund(RuleBasedStateMachine):
    """A fund as an adversary uses it: any line, any amount, any taking back, in any order."""

    lines: Bundle[int] = Bundle("lines")

    @initialize(amount=st.integers(1, 20_000))
    def begin(self, amount: int) -> None:
        self.amount = amount
        self.kept: list[Sum] = []
        self.left: dict[int, int] = {}
        self.in_hand, self.paid = 0, 0

    def write(self, line: Sum) -> int:
        before = balances(self.kept)
        if refusal(lambda: check_line(before, line, amount=self.amount)):
            return -1
        self.kept.append(line)
        self.left[len(self.kept) - 1] = line.cents
        self.follow(line)
        return len(self.kept) - 1

    def follow(self, line: Sum) -> None:
        """A second book, kept as a cashier would: what came in and what went out."""
        self.in_hand += line.cents if line.kind == money.CERTIFY else 0
        if line.kind == money.SPEND:
            self.in_hand -= line.cents
            self.paid += line.cents

    @rule(target=lines, cents=CENTS)
    def certify(self, cents: int) -> int:
        return self.write(Sum(money.CERTIFY, "", cents))

    @rule(target=lines, kind=USED, purpose=PURPOSES, cents=CENTS)
    def use(self, kind: str, purpose: str, cents: int) -> int:
        return self.write(Sum(kind, purpose, cents))

    @rule(target=lines, kind=USED, purpose=PURPOSES)
    def use_all(self, kind: str, purpose: str) -> int:
        """As much as the balance says is there, which must always be taken."""
        held = balances(self.kept)
        own = held.of(purpose)
        there = {
            money.ALLOCATE: held.fund.to_allocate,
            money.COMMIT: own.to_commit,
            money.RETURN: own.to_commit,
            money.SPEND: own.to_spend,
            money.RELEASE: own.to_spend,
        }[kind]
        if not there:
            return -1
        number = self.write(Sum(kind, purpose, there))
        assert number >= 0
        return number

    @rule(number=lines, cents=CENTS)
    def take_back(self, number: int, cents: int) -> None:
        if number < 0:
            return
        line = self.kept[number]
        wanted = Sum(line.kind, line.purpose, cents)
        before = balances(self.kept)
        left = self.left[number]
        if refusal(lambda: money.check_taking_back(before, wanted, left=left, amount=self.amount)):
            return
        self.left[number] -= cents
        back = Sum(line.kind, line.purpose, -cents)
        self.kept.append(back)
        self.follow(back)

    @rule(number=consumes(lines))
    def take_all_back_or_nothing(self, number: int) -> None:
        if number >= 0 and self.left[number]:
            self.take_back(number, self.left[number])

    @invariant()
    def nothing_is_overdrawn(self) -> None:
        held = balances(self.kept)
        assert held.is_sound
        assert held.fund.certified <= self.amount
        assert all(left >= 0 for left in self.left.values())

    @invariant()
    def no_cent_is_lost(self) -> None:
        held = balances(self.kept)
        fund = held.fund
        assert fund.certified == self.in_hand + self.paid
        assert fund.spent == self.paid
        parts = fund.to_allocate + sum(
            one.to_commit + one.to_spend + one.spent for one in held.purposes.values()
        )
        assert parts == fund.certified
        assert fund.left == fund.to_allocate + sum(p.to_commit for p in held.purposes.values())


TestFund = Fund.TestCase


@given(st.lists(st.tuples(USED, PURPOSES, st.integers(-5_000, 5_000))))
def test_lines_may_be_added_up_in_any_parts(given_lines: list[tuple[str, str, int]]) -> None:
    lines = [Sum(*one) for one in given_lines]
    sums: dict[tuple[str, str], int] = {}
    for line in lines:
        sums[line.kind, line.purpose] = sums.get((line.kind, line.purpose), 0) + line.cents
    together = [Sum(kind, purpose, cents) for (kind, purpose), cents in sums.items()]
    assert balances(lines) == balances(together) == balances(reversed(lines))


@pytest.mark.parametrize(
    ("lines", "line", "code"),
    [
        ([], Sum("allocate", "1", 1), "not_certified"),
        ([], Sum("commit", "1", 1), "over_allocated"),
        ([], Sum("certify", "", 1_001), "over_amount"),
        ([Sum("certify", "", 500)], Sum("allocate", "1", 501), "over_certified"),
        ([Sum("certify", "", 500)], Sum("commit", "1", 1), "over_allocated"),
        ([Sum("certify", "", 500)], Sum("spend", "1", 1), "over_committed"),
        ([Sum("certify", "", 500)], Sum("release", "1", 1), "over_released"),
        ([Sum("certify", "", 500)], Sum("return", "1", 1), "over_returned"),
        ([Sum("certify", "", 500)], Sum("allocate", "1", 500), ""),
    ],
)
def test_each_step_stays_within_the_one_before(lines: list[Sum], line: Sum, code: str) -> None:
    assert refusal(lambda: check_line(balances(lines), line, amount=1_000)) == code


def test_money_of_one_purpose_pays_for_no_other() -> None:
    lines = [
        Sum("certify", "", 900),
        Sum("allocate", "1", 500),
        Sum("allocate", "2", 400),
        Sum("commit", "2", 400),
    ]
    held = balances(lines)
    assert refusal(lambda: check_line(held, Sum("commit", "1", 501), amount=900))
    assert refusal(lambda: check_line(held, Sum("spend", "1", 1), amount=900))
    assert held.fund == Balance(900, 900, 400, 0)


def test_refusal_names_the_amounts_and_the_law() -> None:
    held = balances([Sum("certify", "", 123_456)])
    with pytest.raises(Refused) as no:
        check_line(held, Sum("allocate", "1", 123_457), amount=123_456)
    assert "$1,234.56 is left to allocate, not $1,234.57" in no.value.sentence
    assert "§ 47-355.02 (1)" in no.value.sentence


DAYS = st.integers(1, 6).map(lambda n: date(2026, 11, n))
DATED = st.lists(st.tuples(st.sampled_from([*money.KINDS]), PURPOSES, CENTS, DAYS), max_size=30)


@given(DATED, st.randoms(use_true_random=False))
def test_nothing_is_used_on_a_day_before_it_was_there(
    asked: list[tuple[str, str, int, date]], chance: Random
) -> None:
    """Written in any order and with any day, the lines are sound at the end of every day."""
    kept: list[tuple[date, Sum]] = []
    for kind, purpose, cents, day in asked:
        on, line = day, Sum(kind, "" if kind == money.CERTIFY else purpose, cents)
        if kept and chance.random() < 0.3:
            on, held = chance.choice(kept)
            line = Sum(held.kind, held.purpose, -abs(held.cents))
        if not refusal(partial(check_dated, kept, line, on)):
            kept.append((on, line))
        for last in {at for at, _ in kept}:
            assert balances(one for at, one in kept if at <= last).is_sound


def check_dated(kept: list[tuple[date, Sum]], line: Sum, on: date) -> None:
    """All that is looked at before a line is written on a day, or one is taken back."""
    before = balances(one for _, one in kept)
    by_day: dict[date, list[Sum]] = {}
    for at, one in kept:
        by_day.setdefault(at, []).append(one)
    if line.cents > 0:
        check_line(before, line, amount=20_000)
    else:
        back = Sum(line.kind, line.purpose, -line.cents)
        money.check_taking_back(before, back, left=5_000, amount=20_000)
    money.check_days(by_day, line, on=on)


@pytest.mark.parametrize(
    ("on", "code"),
    [(1, "not_there_yet"), (3, "used_later"), (4, "not_there_yet"), (5, ""), (6, "")],
)
def test_money_is_used_neither_before_it_was_there_nor_twice(on: int, code: str) -> None:
    lines = {
        date(2026, 11, 2): [Sum("certify", "", 100)],
        date(2026, 11, 4): [Sum("allocate", "1", 100)],
        date(2026, 11, 5): [Sum("return", "1", 100)],
    }
    wanted = Sum("allocate", "2", 100)
    assert refusal(lambda: money.check_days(lines, wanted, on=date(2026, 11, on))) == code


SPAN = {"starts_on": date(2026, 10, 1), "ends_on": date(2027, 9, 30)}


@pytest.mark.parametrize(
    ("kind", "standing", "on", "today", "code"),
    [
        ("certify", "proposed", date(2026, 11, 1), date(2026, 11, 18), "fund_proposed"),
        ("certify", "dropped", date(2026, 11, 1), date(2026, 11, 18), "fund_dropped"),
        ("commit", "existing", date(2026, 11, 19), date(2026, 11, 18), "day_to_come"),
        ("spend", "existing", date(2026, 9, 30), date(2026, 11, 18), "before_fund"),
        ("commit", "existing", date(2027, 10, 1), date(2027, 10, 5), "fund_ended"),
        ("commit", "existing", date(2027, 9, 30), date(2027, 10, 5), ""),
        ("spend", "existing", date(2027, 10, 5), date(2027, 10, 5), ""),
        ("release", "existing", date(2027, 10, 5), date(2027, 10, 5), ""),
    ],
)
def test_when_a_fund_takes_a_line(
    kind: str, standing: str, on: date, today: date, code: str
) -> None:
    found = refusal(lambda: check_open(kind, standing=standing, on=on, today=today, **SPAN))
    assert found == code


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("$1,234.56", 123_456),
        ("1234.56", 123_456),
        (" 1,234 ", 123_400),
        ("$ 7", 700),
        ("0.01", 1),
        ("10,000,000,000.00", MOST_CENTS),
    ],
)
def test_amounts_are_read_to_the_cent(typed: str, cents: int) -> None:
    assert cents_in(typed) == cents


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "amount_unclear"),
        ("about 50", "amount_unclear"),
        ("1.234,56", "amount_unclear"),
        ("12,34", "amount_unclear"),
        ("1234.5", "amount_unclear"),
        ("1234.567", "amount_unclear"),
        ("1e9", "amount_unclear"),
        ("=1+1", "amount_unclear"),
        ("\u0661\u0662", "amount_unclear"),
        ("9" * 50, "amount_unclear"),
        ("-5", "amount_negative"),
        ("(5.00)", "amount_negative"),
        ("0", "amount_missing"),
        ("0.00", "amount_missing"),
        ("10,000,000,000.01", "amount_too_large"),
    ],
)
def test_what_is_no_amount_is_refused(typed: str, code: str) -> None:
    assert refusal(lambda: cents_in(typed)) == code


@given(st.integers(1, MOST_CENTS))
def test_what_is_shown_reads_back_the_same(cents: int) -> None:
    assert cents_in(shown(cents)) == cents
    assert cents_in(plain(cents)) == cents
    assert Decimal(plain(cents)) * 100 == cents
    assert shown(-cents) == f"-{shown(cents)}"


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2026, 9, 30), 2026), (date(2026, 10, 1), 2027), (date(2027, 1, 1), 2027)],
)
def test_fiscal_year_begins_on_october_1(day: date, year: int) -> None:
    assert fiscal_year_of(day) == year
    assert first_day(year) <= day <= last_day(year)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 1_500))
def test_months_of_a_fund_follow_each_other(starts_on: date, days: int) -> None:
    months = months_of(starts_on, starts_on + timedelta(days=days))
    assert months[0] == f"{starts_on:%Y-%m}"
    assert list(months) == sorted(set(months))
    assert months[-1] == f"{starts_on + timedelta(days=days):%Y-%m}"


def test_plan_holds_no_more_than_the_fund() -> None:
    runs = ("2026-10", "2026-11")
    assert check_plan({"2026-11": 5}, runs=runs, amount=5) == {"2026-10": 0, "2026-11": 5}
    assert refusal(lambda: check_plan({"2026-11": 6}, runs=runs, amount=5)) == "plan_over_amount"
    assert refusal(lambda: check_plan({"2026-12": 1}, runs=runs, amount=5)) == "month_unknown"


def test_plan_against_actual_adds_up_by_month() -> None:
    rows = against_plan({"2026-10": 100, "2026-11": 100}, {"2026-10": 80, "2026-12": 50})
    assert [(r.month, r.planned_to_date, r.spent_to_date, r.over) for r in rows] == [
        ("2026-10", 100, 80, -20),
        ("2026-11", 200, 80, -120),
        ("2026-12", 200, 130, -70),
    ]


@pytest.mark.parametrize(
    ("budget", "most"),
    [(100_000, 5_000), (2_000_000_000, 100_000_000), (9_000_000_000, 100_000_000), (19, 0)],
)
def test_most_over_is_5_percent_or_a_million(budget: int, most: int) -> None:
    assert most_over(budget) == most


@pytest.mark.parametrize(
    ("month", "cents", "code"),
    [
        ("2026-11", 15_000, ""),
        ("2026-11", 15_001, "over_plan"),
        ("2026-10", 15_000, "over_plan"),
        ("2026-10", 10_000, ""),
    ],
)
def test_spending_stays_close_to_its_plan_at_the_end_of_every_month(
    month: str, cents: int, code: str
) -> None:
    planned = {"2026-10": 5_000, "2026-11": 5_000, "2026-12": 90_000}
    found = refusal(
        lambda: check_spending(
            planned, {}, month=month, today=date(2026, 11, 18), cents=cents, budget=100_000
        )
    )
    assert found == code


def test_what_was_late_in_one_month_is_no_overrun_in_the_next() -> None:
    planned = {"2026-10": 5_000, "2026-11": 5_000}
    check_spending(
        planned, {}, month="2026-11", today=date(2026, 11, 30), cents=10_000, budget=10_000
    )


@pytest.mark.parametrize(
    ("days", "notice"), [(-1, None), (0, 30), (30, 30), (31, 60), (60, 60), (61, None)]
)
def test_end_is_told_60_and_30_days_ahead(days: int, notice: int | None) -> None:
    today = date(2026, 11, 18)
    assert days_ahead(today + timedelta(days=days), today) == notice


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ward 5 constituent services fund", "political_money"),
        ("Campaign contributions of the Mayor", "political_money"),
        ("Re-election", "political_money"),
        ("Clean-up campaign in Ward 7", ""),
        ("Community outreach and constituent services", ""),
    ],
)
def test_political_money_is_refused(text: str, code: str) -> None:
    assert refusal(lambda: check_not_political(text, field="name")) == code
