"""Rows inside a scope: whole, in parts that share none, and a page of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.conftest import NOON
from tests.ground import DUE, Ground, open_at
from wardroom.access.actor import NO_ROWS, Scope
from wardroom.access.gate import guard_pass
from wardroom.access.models import FEW, holds_any
from wardroom.directory.models import Party
from wardroom.matters.actions import add_task
from wardroom.matters.models import Ask, Waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(
    ground: Ground, agencies: Mapping[str, Party], liaison5: Cast, liaison7: Cast, director: Cast
) -> list[Waiting]:
    """What waits in two wards and in none, for three people."""
    for who, ward in ((liaison5, "5"), (liaison7, "7"), (director, "5")):
        matter = open_at(ground, who, ward)
        for n in range(3):
            day = DUE - timedelta(days=n)
            add_task(matter, party=who.party, wording=f"{n}", due_on=day, stamp=who.stamp)
        add_task(None, party=who.party, wording="Alone", due_on=DUE, stamp=who.stamp)
    return list(Waiting.objects.order_by("due_on", "pk"))


def test_parts_are_the_rows_inside_and_share_none(waiting: list[Waiting], liaison7: Cast) -> None:
    scope = Scope(
        any_of=(
            ("ward_code", frozenset({"5", "7"})),
            ("party__user_id", frozenset({liaison7.user.pk})),
        ),
        none_of=(("matter_id", frozenset({waiting[0].matter_id})),),
    )
    parts = Waiting.objects.parts_within(scope)
    assert len(parts) == 3
    found = [row.pk for part in parts for row in part]
    assert len(found) == len(set(found))
    assert set(found) == {row.pk for row in Waiting.objects.within(scope)}
    assert any(row.ward_code == "" for row in parts[2])
    assert 0 < len(found) < len(waiting)


def test_everything_is_one_part_and_nothing_is_none(waiting: list[Waiting]) -> None:
    assert len(Waiting.objects.parts_within(Scope(everything=True))) == 1
    assert Waiting.objects.parts_within(NO_ROWS) == ()
    assert list(Waiting.objects.page_of((), ("pk",), start=0, size=5)) == []


@pytest.mark.parametrize("order", [("due_on", "id"), ("-due_on", "-id"), ("title", "id")])
def test_page_of_parts_is_the_page_of_the_whole(
    waiting: list[Waiting], liaison5: Cast, order: tuple[str, ...]
) -> None:
    scope = Scope(
        any_of=(
            ("ward_code", frozenset({"7"})),
            ("party__user_id", frozenset({liaison5.user.pk})),
        )
    )
    whole = list(Waiting.objects.within(scope).order_by(*order))
    parts = Waiting.objects.parts_within(scope)
    for start in range(0, len(whole) + 2, 3):
        page = Waiting.objects.page_of(parts, order, start=start, size=3)
        assert list(page) == whole[start : start + 3]


def test_many_values_mean_what_a_few_mean(waiting: list[Waiting]) -> None:
    some = [row.pk for row in waiting[:3]]
    many = [*some, *range(10**6, 10**6 + FEW)]
    texts = ["5", *(f"none{n}" for n in range(FEW))]
    for pks in (some, many):
        assert set(Waiting.objects.filter(holds_any("pk", pks))) == set(waiting[:3])
        assert set(Waiting.objects.exclude(holds_any("pk", pks))) == set(waiting[3:])
    found = Waiting.objects.filter(holds_any("ward_code", texts))
    assert set(found) == {row for row in waiting if row.ward_code == "5"}
    matters = [row.matter_id for row in waiting if row.matter_id] + list(range(10**6, 10**6 + FEW))
    without = Waiting.objects.exclude(holds_any("matter_id", matters))
    assert set(without) == {row for row in waiting if row.matter_id is None}


def test_ask_without_a_matter_is_not_lost_where_others_are_closed(waiting: list[Waiting]) -> None:
    with guard_pass("a test"):
        alone = Ask.objects.filter(matter=None)
        others = frozenset(Ask.objects.exclude(matter=None).values_list("matter_id", flat=True))
        scope = Scope(everything=True).without(("matter_id", others))
        assert others
        assert set(Ask.objects.within(scope)) == set(alone) != set()
    assert NOON.date() < DUE
