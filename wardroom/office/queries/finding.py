"""What of the office itself is found by words: funds, budget lines, positions, trainings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from wardroom.access.actor import Actor
from wardroom.access.models import with_words
from wardroom.office import policy
from wardroom.office.models import Fund, Position, Purpose, Training
from wardroom.office.rules import money
from wardroom.office.rules.structure import EXISTING, PROPOSED

MOST = 5


@dataclass(frozen=True)
class OfficeHit:
    """One thing of the office: what it is, the number of its page, and its name."""

    noun: str
    id: int
    title: str
    about: str = ""


def find_office(actor: Actor, words: Sequence[str]) -> tuple[OfficeHit, ...]:
    """The funds, positions and trainings in whose names all these words stand, a few of each.

    Each is read by whoever reads its page: funds by those who read the money.
    """
    if not words:
        return ()
    return (*_money(actor, words), *_positions(actor, words), *_trainings(actor, words))


def _money(actor: Actor, words: Sequence[str]) -> list[OfficeHit]:
    if not policy.may_read_money(actor, None):
        return []
    funds = Fund.objects.within(policy.money_reach(actor)).exclude(standing=money.DROPPED)
    named = with_words(funds, words, "code", "name", "scenario").order_by("-ends_on", "pk")
    paid = with_words(Purpose.objects.filter(fund__in=funds), words, "name").order_by("-pk")
    return [
        *(OfficeHit("fund", one.pk, f"{one.code} {one.name}") for one in named[:MOST]),
        *(
            OfficeHit("fund", one.fund_id, one.name, f"Paid by {one.fund.code}")
            for one in paid.select_related("fund")[:MOST]
        ),
    ]


def _positions(actor: Actor, words: Sequence[str]) -> list[OfficeHit]:
    if not policy.may_see_structure(actor):
        return []
    rows: QuerySet[Any] = Position.objects.filter(status__in=(EXISTING, PROPOSED))
    rows = with_words(rows, words, "title", "grade").order_by("title", "ward_code", "pk")
    return [
        OfficeHit(
            "position",
            row.pk,
            f"{row.title}, Ward {row.ward_code}" if row.ward_code else row.title,
            row.grade,
        )
        for row in rows[:MOST]
    ]


def _trainings(actor: Actor, words: Sequence[str]) -> list[OfficeHit]:
    rows = Training.objects.within(policy.reach_of_own_records(actor)).exclude(title="")
    rows = with_words(rows, words, "title", "provider").order_by("-held_on", "pk")
    return [OfficeHit("training", row.pk, row.title, row.provider) for row in rows[:MOST]]
