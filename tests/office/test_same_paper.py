"""The same paper twice: an invoice typed again is stopped, until somebody says it is another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.cast import Cast
from tests.office.funds import fund_in_use, moved, refused
from wardroom.kernel.errors import Refused
from wardroom.office.actions import Movement, spend_money, take_line_back
from wardroom.office.models import Fund, FundLine, Purpose

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def in_use(director: Cast) -> tuple[Fund, Purpose]:
    return fund_in_use(director)


def invoice(dollars: int = 200, *, reference: str = "INV-7", again: bool = False) -> Movement:
    return replace(moved(dollars), reference=reference, again=again)


def test_the_same_sum_by_the_same_paper_is_stopped(
    in_use: tuple[Fund, Purpose], director: Cast
) -> None:
    fund, purpose = in_use
    first = spend_money(fund, movement=invoice(), purpose=purpose, stamp=director.stamp)
    with pytest.raises(Refused) as no:
        spend_money(
            fund, movement=invoice(reference="inv-7"), purpose=purpose, stamp=director.stamp
        )
    assert (no.value.code, no.value.field) == ("written_already", "again")
    assert f"Line {first.pk} is the same already: INV-7, $200.00" in no.value.sentence
    assert fund.lines.filter(kind="spend", reference__iexact="INV-7").count() == 1


def test_another_sum_another_paper_or_a_word_goes_through(
    in_use: tuple[Fund, Purpose], director: Cast
) -> None:
    fund, purpose = in_use
    others = (invoice(), invoice(201), invoice(reference="INV-8"), invoice(again=True))
    for movement in others:
        spend_money(fund, movement=movement, purpose=purpose, stamp=director.stamp)
    assert fund.lines.filter(kind="spend", reference__startswith="INV").count() == 4


def test_what_was_taken_back_can_be_written_again(
    in_use: tuple[Fund, Purpose], director: Cast
) -> None:
    fund, purpose = in_use
    line = spend_money(fund, movement=invoice(), purpose=purpose, stamp=director.stamp)
    take_line_back(fund, line=line, cents=50_00, reason="Wrong", stamp=director.stamp)

    def again() -> FundLine:
        return spend_money(fund, movement=invoice(), purpose=purpose, stamp=director.stamp)

    assert refused(again) == "written_already"
    take_line_back(fund, line=line, cents=150_00, reason="Wrong", stamp=director.stamp)
    assert again().payee == "The hall"
