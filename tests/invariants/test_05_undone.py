"""Invariant 5: what joins, splits, imports or sends in bulk can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from tests.casework.intake import later, take
from tests.cast import Cast
from tests.ground import AskMaker, Ground
from wardroom.casework.actions import join_issues, joining, part_issues, split_complaint
from wardroom.casework.models import Complaint
from wardroom.ledger.models import Entry
from wardroom.matters.actions import accept_ask, merge_matter, undo_merge
from wardroom.matters.models import Ask, Matter, Waiting

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("office")]


@dataclass(frozen=True)
class Two:
    """Two issues of one place, each with its people and an ask under way."""

    one: Matter
    two: Matter
    who: Cast


@pytest.fixture
def pair(ground: Ground, liaison5: Cast, partner_dpw: Cast, ask_in: AskMaker) -> Two:
    first = take(liaison5, ground).matter
    take(liaison5, ground, onto=first, reporter_typed="A second neighbour")
    second = take(liaison5, ground, title="The same rats", topic_code="trash").matter
    ask_in(first, liaison5, "DPW")
    ask = ask_in(second, liaison5, "DPW")
    accept_ask(ask, promised_on=ask.due_on, stamp=partner_dpw.stamp)
    return Two(first, second, liaison5)


def join_and_part(pair: Two) -> None:
    joined = join_issues(pair.two, into=pair.one, stamp=pair.who.stamp)
    part_issues(joined, reason="Another house", stamp=pair.who.stamp)


def merge_and_undo(pair: Two) -> None:
    merged = merge_matter(pair.two, into=pair.one, stamp=pair.who.stamp)
    asks = tuple(Entry.objects.get(kind="MatterMerged").body["moved_asks"])
    undo_merge(merged, reason="Another house", asks=asks, stamp=pair.who.stamp)


def split_and_join_again(pair: Two) -> None:
    last = Complaint.objects.filter(matter=pair.one).order_by("-pk")[0]
    made = split_complaint(
        pair.one, complaint_id=last.pk, title="Its own trouble", stamp=pair.who.stamp
    )
    assert Complaint.objects.get(pk=last.pk).matter == made
    join_issues(made, into=pair.one, stamp=pair.who.stamp)


# Bulk changes and the undoing of an import join this table when the house can do them: a way
# that does something to `pair` and takes it back.
WAYS: Mapping[str, Callable[[Two], None]] = {
    "issues that were joined": join_and_part,
    "matters that were merged": merge_and_undo,
    "a complaint that was split off": split_and_join_again,
}
# Undoing is a change as well: it counts, has a next date, and is when a matter was open again.
OF_THE_CHANGE = {"version", "next_on", "reopened_at"}


def standing(pair: Two) -> dict[str, Any]:
    """Everything that is kept of the two: matters, asks, complaints, and what waits for whom."""
    both = [pair.one.pk, pair.two.pk]
    matters = Matter.objects.filter(pk__in=both).order_by("pk").values()
    return {
        "matters": [{k: v for k, v in m.items() if k not in OF_THE_CHANGE} for m in matters],
        "asks": list(Ask.objects.filter(matter__in=both).order_by("pk").values()),
        "complaints": list(Complaint.objects.filter(matter__in=both).order_by("pk").values()),
        "waiting": sorted(
            Waiting.objects.filter(matter__in=both).values_list(
                "noun", "key", "party", "reason", "due_on", "matter"
            )
        ),
    }


@pytest.mark.parametrize("way", WAYS)
def test_all_is_as_it_was(way: str, pair: Two) -> None:
    before = standing(pair)
    lines = Entry.objects.count()
    WAYS[way](pair)
    assert standing(pair) == before
    assert Entry.objects.count() > lines + 1


def test_an_undoing_that_forgets_the_asks_would_be_seen(
    pair: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = standing(pair)
    monkeypatch.setattr(joining, "_asks_moved", lambda _: ())
    join_and_part(pair)
    assert standing(pair) != before


def test_it_can_be_taken_back_after_a_year_with_what_happened_since(pair: Two) -> None:
    joined = join_issues(pair.two, into=pair.one, stamp=pair.who.stamp)
    parted = part_issues(joined, reason="Another house", stamp=later(pair.who, 365))
    assert (parted.state, parted.asks.count(), parted.complaints.count()) == ("open", 1, 1)
