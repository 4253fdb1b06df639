"""Money from certified to spent: no line goes over another, and each can be taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.cast import Cast
from tests.office.funds import DAY, certified, fund_in_use, make_fund, moved, purpose_with, refused
from wardroom.access.gate import guard_pass
from wardroom.kernel.errors import Refused
from wardroom.office import actions
from wardroom.office.models import Fund, FundLine
from wardroom.office.queries.balances import balances_of
from wardroom.office.rules.money import Balance

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
